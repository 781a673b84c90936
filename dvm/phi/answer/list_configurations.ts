/**
 * The first configurations of a Φ process, in canonical order.
 *
 * @module
 */
import type { NamedValue } from "../../value/value.ts";
import { BudgetExhausted, WorkBudget, type WorkObserver } from "../number/work_budget.ts";
import { type Configuration, configurationValues, isConstantFalse } from "../problem/problem.ts";
import { translate } from "../problem/translate.ts";
import { Search } from "../solver/search.ts";
import { firstOfLater, laterConfiguration } from "./canonical.ts";
import type { PhiQuestion } from "./question.ts";

/** The first configurations in canonical order. */
export interface PhiListing {
  /** The value of every parameter, in declaration order, given arguments included. */
  readonly configurations: readonly (readonly NamedValue[])[];
  readonly end: ListingEnd;
}

/**
 * Why a listing ends. `all`: there are no more. `more`: at least one more exists. `unordered`: at least one more exists, but the
 * budget for the canonical order was exhausted before it was known which one is next. `undecided`: the budget for the verdict was
 * exhausted before it was known whether there are more.
 */
export type ListingEnd = "all" | "more" | "unordered" | "undecided";

/** Lists up to `count` configurations, each once. The budgets are in solver steps, for the whole listing. */
export function listPhi(
  { program, proc, given }: PhiQuestion,
  { count, maxWork, maxConfigurationWork = maxWork, observe }: {
    readonly count: number;
    /** For whether there are more. */
    readonly maxWork: number;
    /** For which one is next; as many as `maxWork` if left out. */
    readonly maxConfigurationWork?: number;
    /** Observes the work; what it throws ends the listing. */
    readonly observe?: WorkObserver;
  },
): PhiListing {
  const work = new WorkBudget(maxWork, observe);
  const ordering = { left: maxConfigurationWork };
  const configurations: (readonly NamedValue[])[] = [];
  let isKnownToExist = false;
  try {
    const problem = translate(program, proc, given, { work });
    if (problem.conjuncts.some(isConstantFalse)) return { configurations, end: "all" };
    const search = new Search(problem, problem.conjuncts, work);
    let current: Configuration | undefined;
    for (;;) {
      isKnownToExist = false;
      const later = laterConfiguration(problem, search, current);
      if (later === undefined) return { configurations, end: "all" };
      if (configurations.length === count) return { configurations, end: "more" };
      isKnownToExist = true;
      current = work.within(ordering, () => firstOfLater(problem, search, later));
      configurations.push(configurationValues(problem, current));
    }
  } catch (thrown) {
    if (!(thrown instanceof BudgetExhausted)) throw thrown;
    return { configurations, end: isKnownToExist ? "unordered" : "undecided" };
  }
}
