/**
 * Linearity: on every path through a linear process, `match` arms included, every name is used exactly once (Q-01 to Q-08,
 * semantics.md, second round, "Linearity"). Every path is written out and walked by itself.
 *
 * @module
 */
import type { Binding, Names } from "./bindings.ts";
import { type LinearStep, waysOf } from "./linear_steps.ts";
import { type Path, pathsThrough } from "./paths.ts";
import {
  allStatements,
  blocksIn,
  expressionsOf,
  type ModelProc,
  type Statement,
} from "./program.ts";
import { type Expression, holdsMatch, partsOf } from "./expression.ts";
import type { Rules } from "./rules.ts";
import type { Violation } from "./violation.ts";

/** Whether every name of a process is linear. */
export function isLinear(proc: ModelProc, rules: Rules): boolean {
  if (rules.breaks("linear ignored outside Q")) return proc.regime === "Q";
  return proc.regime === "Q" || proc.qualifiers.includes("linear");
}

/** Whether a process has more than one path: where exactly linearity breaks is then a matter of presentation. */
export function isBranching(proc: ModelProc): boolean {
  return allStatements(proc.body).some((statement) =>
    blocksIn(statement).length > 0 || expressionsOf(statement).some(holdsMatch)
  );
}

/** Every violation of a linear process. */
export function linearViolations(
  proc: ModelProc,
  names: Names,
  rules: Rules,
): readonly Violation[] {
  const places = new Set<number>();
  const stepper = {
    itself: (statement: Statement) => waysOf(statement, names, rules),
    round: (): LinearStep[] => [],
    exit: (block: readonly Statement[]): LinearStep[] => [{ kind: "exit", block }],
  };
  for (const path of pathsThrough(proc.body, stepper)) {
    for (const at of faultsOn(path, names, rules)) places.add(at);
  }
  for (const statement of allStatements(proc.body)) {
    if (statement.kind === "Constrain") continue;
    const compares = expressionsOf(statement).some((expr) => comparesWhole(expr, names));
    if (compares) places.add(statement.at);
  }
  return [...places].map((at) => ({ at, kind: "Inadmissible" }));
}

/** What has become of a name on a path. */
type Fate = "live" | "used" | "measured";

function faultsOn(
  path: Path<LinearStep>,
  names: Names,
  rules: Rules,
): readonly number[] {
  const faults: number[] = [];
  const fates = new Map<Binding, Fate>();
  for (const binding of names.params) fates.set(binding, "live");
  const leave = (binding: Binding) => {
    const isLeft = fates.get(binding) === "live" && !rules.breaks("linear leftover accepted");
    if (isLeft) faults.push(binding.at);
    fates.delete(binding);
  };
  for (const step of path.steps) {
    switch (step.kind) {
      case "bind":
        fates.set(step.binding, "live");
        break;
      case "assign":
        if (!fates.has(step.binding)) break;
        leave(step.binding); // what it held is gone
        fates.set(step.binding, "live");
        break;
      case "exit":
        for (const binding of [...fates.keys()]) if (binding.block === step.block) leave(binding);
        break;
      case "end":
        leave(step.binding);
        break;
      case "mention":
        if (!mention(step, fates, rules)) faults.push(step.at);
        break;
    }
  }
  // Nothing is left over on a path that never ends, nor on a break outside a loop, which is a fault of its own.
  const isAtEnd = path.leaves === undefined || path.leaves === "process";
  if (isAtEnd) { for (const binding of [...fates.keys()]) leave(binding); }
  return faults;
}

/** Follows one mention; whether it is allowed. */
function mention(
  { binding, how }: Extract<LinearStep, { kind: "mention" }>,
  fates: Map<Binding, Fate>,
  rules: Rules,
): boolean {
  switch (fates.get(binding)) {
    case "live":
      if (how === "borrow") return true;
      if (how === "field" && rules.breaks("a field access is no use")) return true;
      if (how === "measure" && rules.breaks("observe does not consume")) return true;
      fates.set(binding, how === "measure" ? "measured" : "used");
      return true;
    case "used":
      return rules.breaks("linear reuse accepted");
    case "measured":
      return how === "field" || rules.breaks("measured value reusable");
    case undefined:
      return true;
  }
}

/** Whether equality is applied to a linear name as a whole. */
function comparesWhole(expr: Expression, names: Names): boolean {
  if (expr.kind === "binary" && (expr.op === "Eq" || expr.op === "Ne")) {
    const isWhole = (side: Expression) =>
      side.kind === "name" && isLinearOrigin(names.meaning(side));
    if (isWhole(expr.left) || isWhole(expr.right)) return true;
  }
  return partsOf(expr).some((part) => comparesWhole(part, names));
}

function isLinearOrigin(binding: Binding | undefined): boolean {
  return binding?.origin === "parameter" || binding?.origin === "let";
}
