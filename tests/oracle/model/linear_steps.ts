/**
 * How a statement uses linear names, along each way of evaluating it: one way for every choice of `match` arms.
 *
 * @module
 */
import type { Binding, Names } from "./bindings.ts";
import { type Expression, type Match, partsOf } from "./expression.ts";
import { nameBoundBy, type Statement } from "./program.ts";
import type { Rules } from "./rules.ts";

/** One thing that happens to a name on a path. */
export type LinearStep =
  | {
    readonly kind: "mention";
    readonly binding: Binding;
    readonly how: "use" | "field" | "measure" | "borrow";
    readonly at: number;
  }
  | { readonly kind: "bind" | "assign" | "end"; readonly binding: Binding }
  | { readonly kind: "exit"; readonly block: readonly Statement[] };

type How = Extract<LinearStep, { kind: "mention" }>["how"];
type Way = readonly LinearStep[];

/** The ways to evaluate a statement's own expressions and to bind its name. */
export function waysOf(statement: Statement, names: Names, rules: Rules): readonly Way[] {
  const walk = new Walk(statement.at, names, rules);
  const ways = waysToEvaluate(statement, walk, rules);
  const after = stepAfter(statement, names);
  return after === undefined ? ways : ways.map((way) => [...way, after]);
}

function waysToEvaluate(statement: Statement, walk: Walk, rules: Rules): readonly Way[] {
  switch (statement.kind) {
    case "Constrain": // mentions in it are no uses
      return rules.breaks("a constraint is a use") ? walk.ways(statement.expr, "use") : [[]];
    case "If":
    case "While":
    case "Assign":
      return walk.ways(statement.expr, "use");
    case "For":
      return walk.inTurn([statement.start, statement.end], "use");
    case "Let":
    case "Call": {
      const isMove = statement.expr.kind === "name" && rules.breaks("a move keeps the old name");
      return isMove ? [[]] : walk.ways(statement.expr, "use");
    }
    case "Return":
      return statement.expr === undefined ? [[]] : walk.ways(statement.expr, "use");
    case "Effect":
      return walk.ways(statement.expr, statement.effect === "observe" ? "measure" : "use");
    default: // a proof's source is no use either
      return [[]];
  }
}

/** What a let or call binds is linear, unless it is the outcome of an operation that yields nothing. */
function stepAfter(statement: Statement, names: Names): LinearStep | undefined {
  if (statement.kind === "Assign") {
    const binding = names.target(statement);
    return binding && { kind: "assign", binding };
  }
  if (statement.kind !== "Let" && statement.kind !== "Call") return undefined;
  const operation = names.operationOf(statement.expr);
  const yieldsNothing = operation === "q_use" || operation === "q_consume";
  const binding = names.boundBy(statement);
  const isBound = binding !== undefined && nameBoundBy(statement) !== undefined && !yieldsNothing;
  return isBound ? { kind: "bind", binding } : undefined;
}

class Walk {
  readonly #at: number;
  readonly #names: Names;
  readonly #rules: Rules;

  constructor(at: number, names: Names, rules: Rules) {
    this.#at = at;
    this.#names = names;
    this.#rules = rules;
  }

  /** The ways to evaluate an expression. */
  ways(expr: Expression, how: How): readonly Way[] {
    if (expr.kind === "name") {
      const binding = this.#names.meaning(expr);
      return binding === undefined ? [[]] : [[{ kind: "mention", binding, how, at: this.#at }]];
    }
    if (expr.kind === "field") {
      return this.ways(expr.base, expr.base.kind === "name" ? "field" : how);
    }
    if (expr.kind === "call") {
      const operation = this.#names.operationOf(expr);
      const isFree = operation === "q_alloc" || this.#rules.breaks("an argument is not spent");
      return isFree ? [[]] : this.inTurn(expr.args, operation === "q_use" ? "borrow" : "use");
    }
    if (expr.kind === "match") return this.#arms(expr);
    return this.inTurn(partsOf(expr), "use");
  }

  /** The ways to evaluate several expressions, one after another. */
  inTurn(exprs: readonly Expression[], how: How): readonly Way[] {
    return exprs.reduce<readonly Way[]>(
      (ways, expr) => product(ways, this.ways(expr, how)),
      [[]],
    );
  }

  #arms({ of, arms }: Match): readonly Way[] {
    const values = arms.map((arm) => {
      const binding = this.#names.boundBy(arm);
      const ways = this.ways(arm.value, "use");
      if (binding === undefined) return ways;
      return ways.map((way): Way => [{ kind: "bind", binding }, ...way, { kind: "end", binding }]);
    });
    const matched = this.ways(of, "use");
    if (this.#rules.breaks("a use in one match arm is enough")) {
      return product(matched, values.reduce((a, b) => ((a[0]?.length ?? 0) > 0 ? a : b), [[]]));
    }
    if (this.#rules.breaks("a use in each match arm is a reuse")) {
      return values.reduce(product, matched);
    }
    return product(matched, values.flat());
  }
}

function product(first: readonly Way[], second: readonly Way[]): readonly Way[] {
  return first.flatMap((way) => second.map((next) => [...way, ...next]));
}
