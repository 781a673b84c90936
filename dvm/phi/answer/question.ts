/**
 * The question that a resolution answers, and its problem.
 *
 * @module
 */
import type { Proc, Program } from "../../dir/model.ts";
import type { Value } from "../../value/value.ts";
import { BudgetExhausted, WorkBudget } from "../number/work_budget.ts";
import type { Problem } from "../problem/problem.ts";
import { translate } from "../problem/translate.ts";

/** A process, and the values of some of its parameters: do values of the others exist that satisfy every statement? */
export interface PhiQuestion {
  readonly program: Program;
  readonly proc: Proc;
  /** Values by parameter. The types of all other parameters must be decidable: booleans, integers, and shapes of them. */
  readonly given: ReadonlyMap<string, Value>;
}

/** The problem of a question; `undefined` if its translation exceeds the budget of `maxWork` solver steps. */
export function problemOf(
  { program, proc, given }: PhiQuestion,
  maxWork: number,
): Problem | undefined {
  try {
    return translate(program, proc, given, { work: new WorkBudget(maxWork) });
  } catch (thrown) {
    if (thrown instanceof BudgetExhausted) return undefined;
    throw thrown;
  }
}
