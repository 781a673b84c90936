/**
 * The program model: artifacts, decoded, linked and resolved. DIR v0.1 and v0.2 have the same model, and the JSON is not needed any
 * more. Fields that are not `readonly` are filled while the program is loaded; after that nothing changes a program.
 *
 * @module
 */
import type { Expr } from "../expr/ast.ts";
import type { Value } from "../value/value.ts";
import type { Place } from "./place.ts";
import type { Shape, Type } from "./type.ts";

/** One artifact, as `load` takes it. */
export interface ArtifactSource {
  /** A name for messages, usually the name of the file. */
  readonly name: string;
  /** The whole text. */
  readonly text: string;
}

/** The versions of DIR. The version of an artifact is that of the newest feature it uses. */
export type DirVersion = "0.1" | "0.2";

/** The three regimes. */
export type Regime = "K" | "Q" | "Φ";

/** A loaded program: one or several artifacts, linked. */
export interface Program {
  /** The artifacts, in the order in which they were given. */
  readonly artifacts: readonly ArtifactSource[];
  /** The newest version of the artifacts; operations of draft v0.2 make it 0.2. Filled by `link.ts`. */
  version: DirVersion;
  /** The version that each artifact states, if it states one. */
  readonly statedVersions: readonly (DirVersion | undefined)[];
  /** Every forge, in document order. */
  readonly forges: readonly Forge[];
  /** Every process of every forge, in document order; `proc.id` is the index here. */
  readonly procs: readonly Proc[];
  /** The declared types by name. */
  readonly types: DeclaredTypes;
}

/**
 * The types that the artifacts of a program declare.
 *
 * @internal
 */
export interface DeclaredTypes {
  /** Every shape: those of the forges first, then those declared beside the forges. */
  readonly shapes: readonly Shape[];
  readonly aliases: readonly Alias[];
  /** What a type name denotes; `undefined` where it denotes nothing, or several declarations with none nearer. */
  find(name: string, from: TypeNameSite): Shape | Alias | undefined;
}

/** The location of a type name, which decides what it denotes. */
export interface TypeNameSite {
  /** Index into `Program.artifacts`. */
  readonly artifact: number;
  /** `undefined` for types declared beside the forges. */
  readonly forge: Forge | undefined;
}

/**
 * A namespace of shapes, processes and binds.
 *
 * @internal
 */
export interface Forge {
  readonly name: string;
  readonly place: Place;
  readonly shapes: readonly Shape[];
  readonly procs: readonly Proc[];
  readonly binds: readonly Bind[];
}

/** Another name for a type, declared beside the forges (DIR v0.2). */
export interface Alias {
  readonly name: string;
  readonly place: Place;
  readonly target: string;
}

/** A parameter of a process. */
export interface Param {
  readonly name: string;
  readonly typeText: string;
  readonly place: Place;
  type: Type;
}

/** A local declared in a process's `locals` (DIR v0.2). */
export interface Local {
  readonly name: string;
  readonly typeText: string;
  readonly mutable: boolean;
  readonly place: Place;
  type: Type;
}

/** A declared resource: `uses Console(device="stdout")`. */
export interface Use {
  readonly resource: string;
  readonly args: readonly { readonly name: string; readonly value: Value }[];
  readonly place: Place;
}

/**
 * A process.
 *
 * @internal
 */
export interface Proc {
  /** Index into `Program.procs`. */
  readonly id: number;
  readonly regime: Regime;
  readonly name: string;
  readonly forge: Forge;
  readonly place: Place;
  /** How events name it (`reference.ts`). Filled by `link.ts`. */
  reference: string;
  readonly params: readonly Param[];
  readonly uses: readonly Use[];
  /** The declared return type as written; `undefined` when `ret` is null. */
  readonly retText: string | undefined;
  ret: Type | undefined;
  readonly qualifiers: readonly string[];
  /** Whether every name of the process is linear: all of Q, and what carries the qualifier. */
  readonly isLinear: boolean;
  readonly locals: readonly Local[];
  readonly localsByName: ReadonlyMap<string, Local>;
  readonly body: Block;
  /** Name of each cell of a frame of this process: parameters first, then every binding. Filled by `scope.ts`. */
  slotNames: readonly string[];
  /** Statements that bind a name again in one scope. Filled by `scope.ts`, reported by the checks. */
  rebindings: readonly Rebinding[];
  /** Every constraint, those of inner blocks included, in document order. Filled by `scope.ts`. */
  constraints: readonly ConstrainStmt[];
  /** The constraints that read each cell, in document order; a cell that none reads is absent. Filled by `scope.ts`. */
  mentions: ReadonlyMap<number, readonly ConstrainStmt[]>;
  /** The cells that some assignment of the process changes, executed or not. Filled by `scope.ts`. */
  assigned: ReadonlySet<number>;
  /** Every path that the body calls. Filled by `scope.ts`. */
  calledPaths: ReadonlySet<string>;
  /** Whether a name of the body may be unbound. Filled by `scope.ts`. */
  mayHaveUnboundNames: boolean;
  /** The callee of each path that the body calls. Filled by `link.ts`; a path that did not resolve is absent. */
  callees: ReadonlyMap<string, Callee>;
}

/** A second binding of a name in one scope, and the cell of the first. */
export interface Rebinding {
  readonly stmt: Stmt;
  readonly earlier: number;
}

/** A callee: a process, an intrinsic or an operation. */
export type Callee =
  /** A process that is called or, where its path is that of a `spawn`, started as a thread. */
  | { readonly kind: "proc"; readonly proc: Proc }
  /** One of the Q intrinsics `q_alloc`, `q_move`, `q_use`, `q_consume` (semantics X-52). */
  | { readonly kind: "intrinsic"; readonly name: QIntrinsic }
  /** An operation of draft v0.2; only where no process of the program has its name. */
  | { readonly kind: "operation"; readonly name: Operation };

/** The Q intrinsics. */
export const Q_INTRINSICS = ["q_alloc", "q_move", "q_use", "q_consume"] as const;
/** One Q intrinsic. */
export type QIntrinsic = (typeof Q_INTRINSICS)[number];

/** The operations on memory (draft v0.2). */
export const MEMORY_OPERATIONS = ["alloc", "free", "load", "store"] as const;
/** One operation on memory. */
export type MemoryOperation = (typeof MEMORY_OPERATIONS)[number];

/** The operations of draft v0.2 that are executed. `spawn` is a call of the process that it starts. */
export const OPERATIONS = [
  ...MEMORY_OPERATIONS,
  "join",
  "mutex_new",
  "mutex_lock",
  "mutex_unlock",
  "open",
  "read",
  "write",
  "close",
  "io_read",
  "io_write",
  "mmio_read",
  "mmio_write",
] as const;
/** One operation of draft v0.2. */
export type Operation = (typeof OPERATIONS)[number];
/** The operations that are effects. */
export type EffectOperation = Extract<Operation, "write" | "io_write" | "mmio_write">;

/** A sequence of statements: a body, or a branch of one. */
export type Block = readonly Stmt[];

/** An expression of a statement: its text in the artifact, and its tree. */
export interface ExprText {
  readonly text: string;
  readonly expr: Expr;
  /** Offset of the opening quote of the JSON string in the artifact's text. */
  readonly offset: number;
}

/** The fields of every statement. */
export interface StmtBase {
  /** Path within the process: `body[5]`, `body[3].then_body[0]`. */
  readonly path: string;
  /** Index of the top-level statement of the body that this one is, or is nested in. */
  readonly index: number;
  /** Offset of the statement's JSON value in the artifact's text. */
  readonly offset: number;
  /** The place that events have: the process's reference, a point, and `path`. Filled by `link.ts`. */
  at: string;
}

/** `let name = expr`. */
export interface LetStmt extends StmtBase {
  readonly kind: "Let";
  readonly name: string;
  readonly expr: ExprText;
  slot: number;
}
/** `name = expr`. */
export interface AssignStmt extends StmtBase {
  readonly kind: "Assign";
  readonly name: string;
  readonly expr: ExprText;
  slot: number;
}
/** `constrain predicate`. */
export interface ConstrainStmt extends StmtBase {
  readonly kind: "Constrain";
  readonly predicate: ExprText;
  /** The cells that the predicate reads, ascending. Filled by `scope.ts`. */
  slots: readonly number[];
}
/** `prove name from from`. */
export interface ProveStmt extends StmtBase {
  readonly kind: "Prove";
  readonly name: string;
  readonly from: ExprText;
  slot: number;
  /** The cells whose names mean other, inner bindings at this statement. Filled by `scope.ts`. */
  hidden: readonly number[];
}
/** The kinds of effects, in the order in which a header lists them (EFF-01). */
export const EFFECT_KINDS = ["emit", "observe", "seal"] as const;
/** One of the kinds of effects. */
export type EffectKind = (typeof EFFECT_KINDS)[number];
/** An effect. The kind `expr` is an expression statement: it has no effect of its own and no record (DIR-24). */
export interface EffectStmt extends StmtBase {
  readonly kind: "Effect";
  readonly effect: EffectKind | "expr";
  readonly payload: ExprText;
}
/** `return expr`. */
export interface ReturnStmt extends StmtBase {
  readonly kind: "Return";
  readonly expr: ExprText | undefined;
}
/** A branch. */
export interface IfStmt extends StmtBase {
  readonly kind: "If";
  readonly condition: ExprText;
  readonly thenBody: Block;
  readonly elseBody: Block | undefined;
}
/** A loop with a condition. */
export interface WhileStmt extends StmtBase {
  readonly kind: "While";
  readonly condition: ExprText;
  readonly body: Block;
}
/** A loop over the integers from `start` up to but excluding `end`; both are evaluated once (K-13). */
export interface ForStmt extends StmtBase {
  readonly kind: "For";
  readonly name: string;
  readonly start: ExprText;
  readonly end: ExprText;
  readonly body: Block;
  slot: number;
}
/** Leaves the innermost loop. */
export interface BreakStmt extends StmtBase {
  readonly kind: "Break";
}
/** Continues with the next iteration of the innermost loop. */
export interface ContinueStmt extends StmtBase {
  readonly kind: "Continue";
}
/**
 * `result = target(args)`. `call` is the same call as one expression (text `target(a, b)`, spans in that text), so that calls have
 * one form everywhere. `slot` is -1 without a result. The memory statements `Alloc`, `Dealloc`, `Load` and `Store` are calls of the
 * operation of the same meaning (MEM-08), whatever processes there are.
 */
export interface CallStmt extends StmtBase {
  readonly kind: "Call";
  readonly target: string;
  readonly args: readonly ExprText[];
  readonly call: ExprText;
  readonly result: string | undefined;
  slot: number;
}
/** `result = target[index]`; `access` is the same as one expression. */
export interface IndexStmt extends StmtBase {
  readonly kind: "Index";
  readonly access: ExprText;
  readonly result: string;
  slot: number;
}
/** `result = target.field`; `access` is the same as one expression. */
export interface FieldStmt extends StmtBase {
  readonly kind: "Field";
  readonly access: ExprText;
  readonly result: string;
  slot: number;
}

/** Any statement. */
export type Stmt =
  | LetStmt
  | AssignStmt
  | ConstrainStmt
  | ProveStmt
  | EffectStmt
  | ReturnStmt
  | IfStmt
  | WhileStmt
  | ForStmt
  | BreakStmt
  | ContinueStmt
  | CallStmt
  | IndexStmt
  | FieldStmt;

/** A declared connection between two processes, with the contract that governs calls between them. */
export interface Bind {
  readonly source: string;
  readonly target: string;
  readonly place: Place;
  readonly clauses: readonly Clause[];
  /** The ends, resolved while linking; `undefined` for an end that did not resolve, which the static checks report. */
  sourceProc: Proc | undefined;
  targetProc: Proc | undefined;
  /** The ends as events name them: as written, or as full paths where other binds of the program are written alike. */
  named: { readonly source: string; readonly target: string };
}

/** A comparison of a contract clause. */
export type ClauseOperator = "==" | "<" | "<=" | ">" | ">=";
/** The comparisons of contract clauses. */
export const CLAUSE_OPERATORS: readonly ClauseOperator[] = ["==", "<", "<=", ">", ">="];

/** A contract clause: `latency_us < 5000`. */
export interface Clause {
  readonly key: string;
  readonly op: ClauseOperator;
  readonly value: string;
  readonly place: Place;
}
