/**
 * What is sealed does not change any more (EFF-16): on no path does an assignment follow a seal of the same name.
 *
 * @module
 */
import type { Binding, Names } from "./bindings.ts";
import type { Expression } from "./expression.ts";
import { pathsThrough } from "./paths.ts";
import { allStatements, type ModelProc, type Statement } from "./program.ts";
import type { Violation } from "./violation.ts";

type Step =
  | { readonly kind: "seal" | "bind"; readonly binding: Binding }
  | { readonly kind: "assign"; readonly binding: Binding; readonly at: number };

/** Every assignment to what may be sealed. */
export function sealedViolations(proc: ModelProc, names: Names): readonly Violation[] {
  const all = allStatements(proc.body);
  const isConcerned = all.some(({ kind }) => kind === "Assign") &&
    all.some((statement) => statement.kind === "Effect" && statement.effect === "seal");
  if (!isConcerned) return [];
  const places = new Set<number>();
  const stepper = {
    itself: (statement: Statement) => [stepsOf(statement, names)],
    round: (): readonly Step[] => [],
    exit: (): readonly Step[] => [],
  };
  for (const { steps } of pathsThrough(proc.body, stepper)) {
    const sealed = new Set<Binding>();
    for (const step of steps) {
      if (step.kind === "seal") sealed.add(step.binding);
      if (step.kind === "bind") sealed.delete(step.binding); // another round of a loop
      if (step.kind === "assign" && sealed.has(step.binding)) places.add(step.at);
    }
  }
  return [...places].map((at) => ({ at, kind: "DirValidate" }));
}

function stepsOf(statement: Statement, names: Names): readonly Step[] {
  if (statement.kind === "Assign") {
    const binding = names.target(statement);
    return binding === undefined ? [] : [{ kind: "assign", binding, at: statement.at }];
  }
  if (statement.kind === "Effect" && statement.effect === "seal") {
    const binding = bindingBehind(statement.expr, names);
    return binding === undefined ? [] : [{ kind: "seal", binding }];
  }
  const bound = names.boundBy(statement);
  return bound === undefined ? [] : [{ kind: "bind", binding: bound }];
}

/** The name whose value, or part of it, an expression is. */
function bindingBehind(expr: Expression, names: Names): Binding | undefined {
  if (expr.kind === "name") return names.meaning(expr);
  return expr.kind === "field" || expr.kind === "index"
    ? bindingBehind(expr.base, names)
    : undefined;
}
