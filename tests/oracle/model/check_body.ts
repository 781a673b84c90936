/**
 * Static rules of one body: names, control, effects, returns (TYP-11 to TYP-14, K-10 to K-14, Q-09, Q-10, PHI-01, X-22;
 * semantics.md, second round, "Names and types").
 *
 * @module
 */
import type { Binding, Names } from "./bindings.ts";
import type { Expression } from "./expression.ts";
import type { Lookup } from "./lookup.ts";
import type { Meaning } from "./meaning.ts";
import {
  allStatements,
  blocksIn,
  expressionsOf,
  type ModelProc,
  nameBoundBy,
  type Statement,
  type StatementOf,
} from "./program.ts";
import { typeNamed } from "./types.ts";
import { IDENTIFIER, type Violation } from "./violation.ts";

/** Every violation in the body of a process, of calls and linearity apart. */
export function bodyViolations(lookup: Lookup, proc: ModelProc, meaning: Meaning): Violation[] {
  const body = new Body(lookup, proc, meaning.names);
  const places = [...meaning.names.repeated, ...meaning.types.faults, ...body.faults()];
  const isLoose = lookup.rules.breaks("a name is bound again");
  return places.filter((at) => !isLoose || !meaning.names.repeated.includes(at))
    .map((at) => ({ at, kind: "DirValidate" }));
}

const K_ONLY = ["If", "While", "For", "Break", "Continue", "Assign"];

class Body {
  readonly #lookup: Lookup;
  readonly #proc: ModelProc;
  readonly #names: Names;
  readonly #faults: number[] = [];

  constructor(lookup: Lookup, proc: ModelProc, names: Names) {
    this.#lookup = lookup;
    this.#proc = proc;
    this.#names = names;
  }

  faults(): readonly number[] {
    const { body, ret, at, home } = this.#proc;
    const { program, rules } = this.#lookup;
    this.#block(body, false);
    for (const statement of allStatements(body)) {
      for (const expr of expressionsOf(statement)) this.#mentions(expr, statement.at);
    }
    const type = ret === undefined ? undefined : typeNamed(program, home, ret, rules);
    const isTyped = type !== undefined && type.kind !== "unit";
    const isMissing = isTyped && !this.#completes(body);
    if (isMissing && !rules.breaks("missing return accepted")) this.#faults.push(at);
    return this.#faults;
  }

  /** Every name that is read means a binding; no process is a value. */
  #mentions(expr: Expression, at: number): void {
    const { rules } = this.#lookup;
    for (const mention of this.#names.mentionsIn(expr)) {
      if (this.#names.meaning(mention) !== undefined) continue;
      if (rules.breaks("unknown names are zero")) continue;
      if (rules.breaks("an unknown name is a false predicate")) continue;
      const isProc = this.#lookup.callee(this.#proc, mention.name) !== undefined;
      if (isProc && rules.breaks("processes are values")) continue;
      this.#faults.push(at);
    }
  }

  #block(block: readonly Statement[], isInLoop: boolean): void {
    const { rules } = this.#lookup;
    let isUnreachable = false;
    for (const statement of block) {
      if (isUnreachable && statement.kind !== "Constrain") {
        if (!rules.breaks("statements after return run")) this.#faults.push(statement.at);
      }
      if (this.#ends(statement)) isUnreachable = true;
      this.#statement(statement, isInLoop);
      const name = statement.kind === "For" ? statement.name : nameBoundBy(statement);
      if (name !== undefined && !IDENTIFIER.test(name)) this.#faults.push(statement.at);
      const isLoop = statement.kind === "While" || statement.kind === "For";
      for (const inner of blocksIn(statement)) this.#block(inner, isInLoop || isLoop);
    }
  }

  /** Whether what follows is unreachable: a return, or an If both of whose branches return. */
  #ends(statement: Statement): boolean {
    const { rules } = this.#lookup;
    if (statement.kind === "While") {
      return rules.breaks("what follows an endless loop is unreachable") &&
        this.#completesAt(statement);
    }
    if (statement.kind === "Break" || statement.kind === "Continue") {
      return rules.breaks("what follows a break is unreachable");
    }
    return returns(statement);
  }

  #statement(statement: Statement, isInLoop: boolean): void {
    const { kind, at } = statement;
    if (this.#proc.regime !== "K" && K_ONLY.includes(kind)) this.#faults.push(at);
    switch (statement.kind) {
      case "Break":
      case "Continue":
        if (!isInLoop) this.#faults.push(at);
        return;
      case "Assign": {
        const { locals } = this.#proc;
        const target = this.#names.target(statement);
        const isFixed = locals.length > 0 &&
          !locals.some(({ name, mutable }) => name === statement.name && mutable);
        if (target?.origin !== "let" || isFixed) this.#faults.push(at);
        return;
      }
      case "Effect":
        return this.#effect(statement);
      default:
        return;
    }
  }

  #effect({ effect, expr, at }: StatementOf<"Effect">): void {
    const { rules } = this.#lookup;
    const { regime } = this.#proc;
    if (effect === "expr") return;
    if (regime === "Q" && !rules.breaks("Q has effects")) {
      if (effect !== "observe" || expr.kind !== "name") this.#faults.push(at);
    }
    if (regime === "Φ" && !rules.breaks("Φ has effects")) {
      const payload: Binding | undefined = expr.kind === "name"
        ? this.#names.meaning(expr)
        : undefined;
      const isWitness = payload?.origin === "witness" ||
        (payload !== undefined && rules.breaks("any witness justifies effects"));
      if (!isWitness) this.#faults.push(at);
    }
  }

  /** Whether every way through a block ends in a return, or never ends (TYP-11). */
  #completes(block: readonly Statement[]): boolean {
    return block.some((statement) => this.#completesAt(statement));
  }

  #completesAt(statement: Statement): boolean {
    switch (statement.kind) {
      case "Return":
        return true;
      case "If":
        return statement.otherwise !== undefined && this.#completes(statement.then) &&
          this.#completes(statement.otherwise);
      case "While":
        return isEndless(statement) &&
          !this.#lookup.rules.breaks("an endless loop needs a return after it");
      default:
        return false;
    }
  }
}

/** Whether a statement is a return, or an If both of whose branches return. */
export function returns(statement: Statement): boolean {
  if (statement.kind === "Return") return true;
  return statement.kind === "If" && statement.otherwise !== undefined &&
    statement.then.some(returns) && statement.otherwise.some(returns);
}

/** Whether a statement is `While true` without a break: it never completes (TYP-11). */
function isEndless(statement: StatementOf<"While">): boolean {
  return goesOnForever(statement) && !breaksOut(statement.body);
}

/** Whether a loop is never left at its condition: `While true`. */
export function goesOnForever(statement: StatementOf<"While" | "For">): boolean {
  return statement.kind === "While" && statement.expr.kind === "bool" && statement.expr.value;
}

/** Whether a loop's body holds a break of that loop. */
function breaksOut(block: readonly Statement[]): boolean {
  return block.some((statement) =>
    statement.kind === "Break" ||
    (statement.kind === "If" && blocksIn(statement).some(breaksOut))
  );
}
