/**
 * Linearity in the model: on every path through a linear process, every name is used exactly once (Q-01 to
 * to X-10).
 *
 * @module
 */
import { type Expression, partsOf } from "./expression.ts";
import { pathsThrough } from "./paths.ts";
import type { ModelProc, Statement } from "./program.ts";
import type { Rules } from "./rules.ts";

/** What has become of a name. */
type Fate = "live" | "used" | "measured";

/** One mention of a name, and how it uses it. */
interface Mention {
  readonly name: string;
  readonly how: "use" | "field" | "measure" | "borrow";
}

/** Whether every name of a process is linear. */
export function isLinear(proc: ModelProc, rules: Rules): boolean {
  if (rules.breaks("linear ignored outside Q")) return proc.regime === "Q";
  return proc.regime === "Q" || proc.qualifiers.includes("linear");
}

/** The offsets at which a linear process breaks linearity. */
export function linearFaults(proc: ModelProc, rules: Rules): readonly number[] {
  const faults: number[] = [];
  const fates = new Map<string, Fate>();
  const boundAt = new Map<string, number>();
  const faulty = new Set<string>();
  const fault = (name: string, at: number) => {
    if (!faulty.has(name)) faults.push(at);
    faulty.add(name);
  };

  const bind = (name: string, at: number) => {
    fates.set(name, "live");
    boundAt.set(name, at);
    faulty.delete(name);
  };
  const leave = (name: string) => {
    const isLeft = fates.get(name) === "live" && !rules.breaks("linear leftover accepted");
    if (isLeft) fault(name, boundAt.get(name) ?? proc.at);
    fates.delete(name);
  };
  const mention = ({ name, how }: Mention, at: number) => {
    switch (fates.get(name)) {
      case "live":
        if (how === "field" && rules.breaks("a field access is no use")) return;
        if (how === "measure" && rules.breaks("observe does not consume")) return;
        if (how !== "borrow") fates.set(name, how === "measure" ? "measured" : "used");
        return;
      case "used":
        if (!rules.breaks("linear reuse accepted")) fault(name, at);
        return;
      case "measured":
        if (how !== "field" && !rules.breaks("measured value reusable")) fault(name, at);
        return;
      case undefined:
        return;
    }
  };

  for (const path of pathsThrough(proc.body, boundLinearName)) {
    fates.clear();
    faulty.clear();
    for (const { name, at } of proc.params) bind(name, at);
    for (const step of path.steps) {
      if (step.kind === "exit") {
        for (const name of step.names) leave(name);
        continue;
      }
      for (const each of mentionsOf(step.statement, rules)) mention(each, step.statement.at);
      if (step.statement.kind === "Assign" && fates.has(step.statement.name)) {
        leave(step.statement.name); // what it held is gone
        fates.set(step.statement.name, "live");
      }
      const bound = boundLinearName(step.statement);
      if (bound === undefined) continue;
      bind(bound, step.statement.at);
    }
    // A break outside a loop is a fault of its own; nothing can be said of what it leaves.
    if (path.leaves !== "loop") { for (const name of [...fates.keys()]) leave(name); }
  }
  return faults;
}

function boundLinearName(statement: Statement): string | undefined {
  const expr = statement.kind === "Let" || statement.kind === "Call" ? statement.expr : undefined;
  if (expr?.kind === "call" && (expr.callee === "q_use" || expr.callee === "q_consume")) {
    return undefined;
  }
  if (statement.kind === "Let") return statement.name;
  return statement.kind === "Call" ? statement.result : undefined;
}

function mentionsOf(statement: Statement, rules: Rules): Mention[] {
  switch (statement.kind) {
    case "Constrain":
      return rules.breaks("a constraint is a use") ? mentionsIn(statement.expr, "use", rules) : [];
    case "If":
    case "While":
    case "Assign":
      return mentionsIn(statement.expr, "use", rules);
    case "For":
      return [statement.start, statement.end].flatMap((bound) => mentionsIn(bound, "use", rules));
    case "Let":
    case "Call":
      return rules.breaks("a move keeps the old name") && statement.expr.kind === "name"
        ? []
        : mentionsIn(statement.expr, "use", rules);
    case "Return":
      return statement.expr === undefined ? [] : mentionsIn(statement.expr, "use", rules);
    case "Effect":
      return mentionsIn(statement.expr, statement.effect === "observe" ? "measure" : "use", rules);
    default:
      return [];
  }
}

function mentionsIn(expr: Expression, how: Mention["how"], rules: Rules): Mention[] {
  switch (expr.kind) {
    case "name":
      return [{ name: expr.name, how }];
    case "field":
      return mentionsIn(expr.base, expr.base.kind === "name" ? "field" : how, rules);
    case "call":
      if (expr.callee === "q_alloc") return [];
      if (rules.breaks("an argument is not spent")) return [];
      return expr.args.flatMap((arg) =>
        mentionsIn(arg, expr.callee === "q_use" ? "borrow" : "use", rules)
      );
    default:
      return partsOf(expr).flatMap((part) => mentionsIn(part, "use", rules));
  }
}
