/**
 * A program as the model holds it (docs/dir.md, "Records"): plain records, read from one artifact or from several that are
 * linked. Every record and statement has the place at which it stands, so that violations sort in document order.
 *
 * @module
 */
import type { Expression } from "./expression.ts";

/** A program: everything that its artifacts declare, in the order in which they are linked. */
export interface ModelProgram {
  /** The version that each artifact states, or needs by its form. */
  readonly stated: readonly ("0.1" | "0.2" | undefined)[];
  /** The version of the newest artifact. */
  readonly version: "0.1" | "0.2";
  /** Whether it is linked from several artifacts. */
  readonly isLinked: boolean;
  readonly forges: readonly ModelForge[];
  readonly types: readonly ModelTypeDeclaration[];
}

/** Where a name is looked up first: a forge of an artifact, or the artifact's own `types`. */
export interface Home {
  readonly artifact: number;
  /** The name of the forge; `undefined` beside the forges. */
  readonly forge: string | undefined;
}

export interface ModelForge {
  readonly home: Home;
  readonly name: string;
  readonly at: number;
  readonly shapes: readonly ModelShape[];
  readonly procs: readonly ModelProc[];
  readonly binds: readonly ModelBind[];
}

/** A shape of a forge, or a struct declared beside the forges. */
export interface ModelShape {
  readonly home: Home;
  readonly name: string;
  readonly at: number;
  readonly fields: readonly TypedName[];
}

/** A member of `types`: a struct or an alias. */
export type ModelTypeDeclaration =
  | { readonly kind: "struct"; readonly shape: ModelShape }
  | {
    readonly kind: "alias";
    readonly home: Home;
    readonly name: string;
    readonly at: number;
    readonly target: string;
  };

/** A field or parameter. */
export interface TypedName {
  readonly name: string;
  readonly ty: string;
  readonly at: number;
}

export interface ModelLocal extends TypedName {
  readonly mutable: boolean;
}

export interface ModelUse {
  readonly resource: string;
  readonly at: number;
  readonly args: readonly { readonly name: string; readonly value: ResourceLiteral }[];
}

/** A literal of a resource's argument. */
export type ResourceLiteral = bigint | boolean | string | number;

export interface ModelBind {
  readonly source: string;
  readonly target: string;
  readonly at: number;
  readonly clauses: readonly ModelClause[];
}

export interface ModelClause {
  readonly key: string;
  readonly op: string;
  readonly value: string;
  readonly at: number;
}

export interface ModelProc {
  readonly home: Home;
  readonly forge: string;
  readonly regime: "K" | "Q" | "Φ";
  readonly name: string;
  readonly at: number;
  readonly params: readonly TypedName[];
  readonly uses: readonly ModelUse[];
  readonly ret: string | undefined;
  readonly qualifiers: readonly string[];
  readonly locals: readonly ModelLocal[];
  readonly body: readonly Statement[];
}

/** A statement. `Index` and `Field` are read as the `Let` that they mean. */
export type Statement =
  & { readonly at: number }
  & (
    | { readonly kind: "Let"; readonly name: string; readonly expr: Expression }
    | { readonly kind: "Assign"; readonly name: string; readonly expr: Expression }
    | { readonly kind: "Constrain"; readonly expr: Expression; readonly text: string }
    | {
      readonly kind: "Prove";
      readonly name: string;
      readonly expr: Expression;
      readonly text: string;
    }
    | { readonly kind: "Effect"; readonly effect: string; readonly expr: Expression }
    | { readonly kind: "Return"; readonly expr: Expression | undefined }
    | {
      readonly kind: "Call";
      readonly expr: Extract<Expression, { kind: "call" }>;
      readonly result: string | undefined;
    }
    | {
      readonly kind: "If";
      readonly expr: Expression;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[] | undefined;
    }
    | { readonly kind: "While"; readonly expr: Expression; readonly body: readonly Statement[] }
    | {
      readonly kind: "For";
      readonly name: string;
      readonly start: Expression;
      readonly end: Expression;
      readonly body: readonly Statement[];
    }
    | { readonly kind: "Break" }
    | { readonly kind: "Continue" }
  );

/** A statement of one kind. */
export type StatementOf<Kind extends Statement["kind"]> = Extract<Statement, { kind: Kind }>;

/** Every process of a program, in document order. */
export function procsOf(program: ModelProgram): readonly ModelProc[] {
  return program.forges.flatMap(({ procs }) => procs);
}

/** The statements of a block and of the blocks in it, in document order. */
export function allStatements(block: readonly Statement[]): Statement[] {
  return block.flatMap((statement) => [statement, ...blocksIn(statement).flatMap(allStatements)]);
}

/** The blocks of one statement. */
export function blocksIn(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case "If":
      return [statement.then, statement.otherwise ?? []];
    case "While":
    case "For":
      return [statement.body];
    default:
      return [];
  }
}

/** The expressions of one statement, in the order in which they are evaluated. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  if (statement.kind === "For") return [statement.start, statement.end];
  return "expr" in statement && statement.expr !== undefined ? [statement.expr] : [];
}

/** The name that a statement binds in the block in which it stands. */
export function nameBoundBy(statement: Statement): string | undefined {
  switch (statement.kind) {
    case "Let":
    case "Prove":
      return statement.name;
    case "Call":
      return statement.result;
    default:
      return undefined;
  }
}
