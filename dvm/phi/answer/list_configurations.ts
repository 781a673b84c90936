/**
 * The first configurations of a Φ process, in canonical order.
 *
 * @module
 */
import type { NamedValue } from "../../value/value.ts";
import { BudgetExhausted, WorkBudget } from "../number/work_budget.ts";
import { configurationValues, isConstantFalse } from "../problem/problem.ts";
import { translate } from "../problem/translate.ts";
import { Search } from "../solver/search.ts";
import { configurations } from "./canonical.ts";
import type { PhiQuestion } from "./question.ts";

/** The first configurations in canonical order. */
export interface PhiListing {
  /** The value of every parameter, in declaration order, given arguments included. */
  readonly configurations: readonly (readonly NamedValue[])[];
  /** `all`: there are no more. `more`: at least one more exists. `undecided`: the budget was exhausted before that was known. */
  readonly end: "all" | "more" | "undecided";
}

/** Lists up to `count` configurations, each once. `maxWork` is the budget in solver steps. */
export function listPhi(
  { program, proc, given }: PhiQuestion,
  { count, maxWork }: { readonly count: number; readonly maxWork: number },
): PhiListing {
  const work = new WorkBudget(maxWork);
  const listed: (readonly NamedValue[])[] = [];
  try {
    const problem = translate(program, proc, given, { work });
    if (problem.conjuncts.some(isConstantFalse)) return { configurations: [], end: "all" };
    const search = new Search(problem, problem.conjuncts, work);
    for (const configuration of configurations(problem, search)) {
      if (listed.length === count) return { configurations: listed, end: "more" };
      listed.push(configurationValues(problem, configuration));
    }
  } catch (thrown) {
    if (!(thrown instanceof BudgetExhausted)) throw thrown;
    return { configurations: listed, end: "undecided" };
  }
  return { configurations: listed, end: "all" };
}
