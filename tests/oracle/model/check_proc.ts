/**
 * The static rules of one process in the model: names, control, types, effects, in one walk.
 *
 * @module
 */
import { callType, expectType, inferType, type Known, type TypeContext } from "./check_types.ts";
import { type Expression, namesIn } from "./expression.ts";
import { blocksIn, IDENTIFIER, type Resolve, resolveIn, type Violation } from "./lookup.ts";
import type { ModelProc, ModelProgram, Statement } from "./program.ts";
import type { Rules } from "./rules.ts";
import { typeNamed } from "./types.ts";

/** A name in scope. */
interface Binding {
  readonly type: Known;
  readonly origin: "parameter" | "let" | "loop" | "witness";
}

/** Names of open blocks, innermost last. */
type Scopes = readonly Map<string, Binding>[];

/** Names that no assignment may change. */
const UNASSIGNABLE: readonly string[] = ["parameter", "loop", "witness"];
const K_ONLY = ["If", "While", "For", "Break", "Continue", "Assign"];
const INT = { kind: "int", bits: 64, signed: true } as const;

/** Walks one process and reports what it breaks. */
export class ProcChecker {
  readonly #program: ModelProgram;
  readonly #proc: ModelProc;
  readonly #rules: Rules;
  readonly #report: (violation: Violation) => void;
  readonly #constraints: {
    readonly statement: Extract<Statement, { kind: "Constrain" }>;
    readonly scopes: Scopes;
  }[] = [];

  constructor(
    program: ModelProgram,
    proc: ModelProc,
    rules: Rules,
    report: (violation: Violation) => void,
  ) {
    this.#program = program;
    this.#proc = proc;
    this.#rules = rules;
    this.#report = report;
  }

  check(): void {
    const { params, ret, body, at } = this.#proc;
    const names = new Map<string, Binding>();
    for (const { name, ty } of params) {
      names.set(name, { type: this.#type(ty), origin: "parameter" });
    }
    this.#block(body, [names], 0);
    this.#checkConstraints();
    const isTyped = ret !== undefined && this.#type(ret) !== undefined &&
      this.#type(ret)?.kind !== "unit";
    const isMissing = isTyped && !alwaysReturns(body);
    if (isMissing && !this.#rules.breaks("missing return accepted")) this.#invalid(at);
  }

  #invalid(at: number): void {
    this.#report({ at, kind: "DirValidate" });
  }

  #type(text: string): Known {
    return typeNamed(this.#program, this.#proc.forge, text);
  }

  /** Checks a block whose own names are the last of `scopes`. */
  #block(block: readonly Statement[], scopes: Scopes, loops: number): void {
    const own = scopes[scopes.length - 1] ?? new Map<string, Binding>();
    let hasLeft = false;
    for (const statement of block) {
      if (hasLeft && statement.kind !== "Constrain") {
        if (!this.#rules.breaks("statements after return run")) this.#invalid(statement.at);
        hasLeft = false;
      }
      if (statement.kind !== "Constrain") this.#statement(statement, scopes, loops);
      const bound = boundName(statement);
      const introduced = statement.kind === "For" ? statement.name : bound?.name;
      if (introduced !== undefined && !IDENTIFIER.test(introduced)) this.#invalid(statement.at);
      if (bound !== undefined) {
        const isAgain = own.has(bound.name);
        if (isAgain && !this.#rules.breaks("a name is bound again")) this.#invalid(statement.at);
        own.set(bound.name, this.#bindingOf(statement, bound.expr, scopes));
      }
      const isFirst = block.find(leaves) === statement;
      if (isFirst) hasLeft = true;
    }
    for (const statement of block) {
      if (statement.kind === "Constrain") this.#constraints.push({ statement, scopes });
    }
  }

  /** Constraints see every name of their blocks and of those around, so they are looked at when all are known. */
  #checkConstraints(): void {
    for (const { statement, scopes } of this.#constraints) {
      this.#mentions(statement.expr, statement.at, scopes);
      const type = inferType(statement.expr, this.#context(statement.at, scopes));
      const isOther = type !== undefined && type.kind !== "bool";
      if (isOther && !this.#rules.breaks("any predicate type")) this.#invalid(statement.at);
    }
  }

  #bindingOf(statement: Statement, expr: Expression | undefined, scopes: Scopes): Binding {
    if (statement.kind === "Prove") {
      return { type: { kind: "witness" }, origin: "witness" };
    }
    const name = boundName(statement)?.name;
    const declared = this.#proc.locals.find((local) => local.name === name);
    const quiet: TypeContext = { ...this.#context(statement.at, scopes), fault: () => {} };
    const inferred = expr === undefined ? undefined : inferType(expr, quiet);
    const type = declared === undefined ? inferred : this.#type(declared.ty);
    return { type, origin: "let" };
  }

  #context(at: number, scopes: Scopes): TypeContext {
    const resolve: Resolve = (path) => resolveIn(this.#program, this.#proc.forge, path);
    return {
      program: this.#program,
      proc: this.#proc,
      rules: this.#rules,
      resolve,
      typeOf: (name) => find(scopes, name)?.type,
      fault: () => this.#invalid(at),
    };
  }

  /** Every name that is read must be bound, and no process is a value. */
  #mentions(expr: Expression, at: number, scopes: Scopes): void {
    for (const name of namesIn(expr)) {
      if (find(scopes, name) !== undefined) continue;
      if (this.#rules.breaks("unknown names are zero")) continue;
      if (this.#rules.breaks("an unknown name is a false predicate")) continue;
      const isProc = resolveIn(this.#program, this.#proc.forge, name).kind === "proc";
      if (isProc && this.#rules.breaks("processes are values")) continue;
      this.#invalid(at);
    }
  }

  #statement(statement: Statement, scopes: Scopes, loops: number): void {
    const { kind, at } = statement;
    const context = this.#context(at, scopes);
    const { regime } = this.#proc;
    if (kind === "Memory") return this.#invalid(at);
    if (regime !== "K" && K_ONLY.includes(kind)) this.#invalid(at);
    switch (statement.kind) {
      case "Let": {
        this.#mentions(statement.expr, at, scopes);
        const declared = this.#proc.locals.find(({ name }) => name === statement.name);
        if (declared === undefined) inferType(statement.expr, context);
        else expectType(statement.expr, this.#type(declared.ty), context);
        return;
      }
      case "Call": {
        this.#mentions(statement.expr, at, scopes);
        callType(statement.expr, context, statement.result !== undefined);
        return;
      }
      case "Prove":
        this.#mentions(statement.expr, at, scopes);
        inferType(statement.expr, context);
        return;
      case "Assign":
        return this.#assign(statement, scopes, context);
      case "Effect":
        return this.#effect(statement, scopes, context);
      case "Return":
        return this.#return(statement, scopes, context);
      case "If":
      case "While":
        return this.#branch(statement, scopes, loops);
      case "For": {
        this.#mentions(statement.start, at, scopes);
        this.#mentions(statement.end, at, scopes);
        expectType(statement.start, INT, context);
        expectType(statement.end, INT, context);
        const loop = new Map<string, Binding>([
          [statement.name, { type: INT, origin: "loop" }],
        ]);
        const inner = [...scopes, loop, new Map<string, Binding>()];
        return this.#block(statement.body, inner, loops + 1);
      }
      case "Break":
      case "Continue":
        if (loops === 0) this.#invalid(at);
        return;
      case "Constrain":
        return;
    }
  }

  #branch(
    statement: Extract<Statement, { kind: "If" | "While" }>,
    scopes: Scopes,
    loops: number,
  ): void {
    this.#mentions(statement.expr, statement.at, scopes);
    const type = inferType(statement.expr, this.#context(statement.at, scopes));
    if (type !== undefined && type.kind !== "bool") this.#invalid(statement.at);
    const isLoop = statement.kind === "While";
    for (const block of blocksIn(statement)) {
      const inner = [...scopes, new Map<string, Binding>()];
      this.#block(block, inner, isLoop ? loops + 1 : loops);
    }
  }

  #assign(
    statement: Extract<Statement, { kind: "Assign" }>,
    scopes: Scopes,
    context: TypeContext,
  ): void {
    const { name, expr, at } = statement;
    this.#mentions(expr, at, scopes);
    const binding = find(scopes, name);
    expectType(expr, binding?.type, context);
    const { locals } = this.#proc;
    const isFixed = locals.length > 0 &&
      !locals.some((local) => local.name === name && local.mutable);
    const isLocal = binding !== undefined && !UNASSIGNABLE.includes(binding.origin);
    if (!isLocal || isFixed) this.#invalid(at);
  }

  #effect(
    statement: Extract<Statement, { kind: "Effect" }>,
    scopes: Scopes,
    context: TypeContext,
  ): void {
    const { effect, expr, at } = statement;
    this.#mentions(expr, at, scopes);
    inferType(expr, context);
    if (effect === "expr") return;
    const { regime } = this.#proc;
    if (regime === "Q" && !this.#rules.breaks("Q has effects")) {
      if (effect !== "observe" || expr.kind !== "name") this.#invalid(at);
    }
    if (regime === "Φ" && !this.#rules.breaks("Φ has effects")) {
      const payload = expr.kind === "name" ? find(scopes, expr.name) : undefined;
      const isWitness = payload?.origin === "witness" ||
        (payload?.type?.kind === "witness" && this.#rules.breaks("any witness justifies effects"));
      if (!isWitness) this.#invalid(at);
    }
  }

  #return(
    statement: Extract<Statement, { kind: "Return" }>,
    scopes: Scopes,
    context: TypeContext,
  ): void {
    const { expr, at } = statement;
    const ret = this.#proc.ret === undefined ? undefined : this.#type(this.#proc.ret);
    if (expr === undefined) {
      if (ret !== undefined && ret.kind !== "unit") this.#invalid(at);
      return;
    }
    this.#mentions(expr, at, scopes);
    if (ret === undefined || this.#rules.breaks("return type unchecked")) inferType(expr, context);
    else expectType(expr, ret, context);
  }
}

function find(scopes: Scopes, name: string): Binding | undefined {
  for (const scope of [...scopes].reverse()) {
    const binding = scope.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}

function boundName(
  statement: Statement,
): { readonly name: string; readonly expr: Expression | undefined } | undefined {
  switch (statement.kind) {
    case "Let":
      return { name: statement.name, expr: statement.expr };
    case "Prove":
      return { name: statement.name, expr: undefined };
    case "Call":
      return statement.result === undefined
        ? undefined
        : { name: statement.result, expr: statement.expr };
    default:
      return undefined;
  }
}

/** Whether control never passes a statement. */
export function leaves(statement: Statement): boolean {
  switch (statement.kind) {
    case "Break":
    case "Continue":
      return true;
    case "If":
      return statement.otherwise !== undefined && statement.then.some(leaves) &&
        statement.otherwise.some(leaves);
    default:
      return returns(statement);
  }
}

/** Whether every way through a block ends in a return, or never ends. */
function alwaysReturns(block: readonly Statement[]): boolean {
  return block.some(returns);
}

function returns(statement: Statement): boolean {
  switch (statement.kind) {
    case "Return":
      return true;
    case "If":
      return statement.otherwise !== undefined && alwaysReturns(statement.then) &&
        alwaysReturns(statement.otherwise);
    case "While":
      return statement.expr.kind === "bool" && statement.expr.value && !breaks(statement.body);
    default:
      return false;
  }
}

/** Whether a loop's body holds a break of that loop. */
function breaks(block: readonly Statement[]): boolean {
  return block.some((statement) =>
    statement.kind === "Break" ||
    (statement.kind === "If" && blocksIn(statement).some(breaks))
  );
}
