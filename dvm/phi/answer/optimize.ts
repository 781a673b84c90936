/**
 * The least value of an objective over the configurations of a problem, and the first configuration in canonical order that has it.
 *
 * The first unknown is the objective ({@link Objective}). Its bound by linear programming is tried first; then steps from the best value
 * found become larger while they succeed, and halve what is open when they do not.
 *
 * @module
 */
import { add, floorDiv, type Int, max, mul, sub } from "../number/integer.ts";
import { BudgetExhausted, type WorkBudget, type WorkShare } from "../number/work_budget.ts";
import type { Configuration, Problem } from "../problem/problem.ts";
import { OBJECTIVE_UNKNOWN } from "../problem/objective.ts";
import type { Search } from "../solver/search.ts";
import { canonicalConfiguration } from "./canonical.ts";

/** The best configuration so far, and what is known about better ones. */
export interface Optimum {
  /** A configuration; the first value is the objective. */
  readonly configuration: Configuration;
  /** No configuration has a lower value of the objective. */
  readonly bound: Int;
}

/** Steps of the first attempt at a better value. */
const SLICE = 1_000_000;

/**
 * Improves a configuration until its objective is the bound; yields after each attempt. The last one has the least value, unless the
 * share is exhausted. An attempt that exhausts its `slice` of the share is made again with twice as many steps.
 */
export function* improve(
  search: Search,
  found: Configuration,
  work: WorkBudget,
  share: WorkShare,
  slice = SLICE,
): Generator<Optimum> {
  const range = attempt(work, share, share.left, () => search.rangeOf(0, []));
  let best = found, bound = range?.lo ?? OBJECTIVE_UNKNOWN.lo;
  yield { configuration: best, bound };
  let step = sub(valueOf(best), bound);
  for (let most = slice; bound < valueOf(best) && share.left > 0;) {
    const value = max(bound, sub(valueOf(best), max(step, 1)));
    const better = attempt(
      work,
      share,
      most,
      () => search.find([{ unknown: 0, side: "hi", value }]),
    );
    if (better === undefined) most *= 2;
    else if (better.kind === "none") {
      bound = add(value, 1);
      step = floorDiv(add(sub(valueOf(best), bound), 1), 2);
    } else {
      best = better.configuration;
      step = mul(max(step, 1), 2);
    }
    yield { configuration: best, bound };
  }
}

/** Executes a part with at most `most` steps of a share; `undefined` if they are exhausted. */
function attempt<Result>(
  work: WorkBudget,
  share: WorkShare,
  most: number,
  part: () => Result,
): Result | undefined {
  const slice = { left: Math.min(most, share.left) }, granted = slice.left;
  try {
    return work.within(slice, part);
  } catch (thrown) {
    if (thrown instanceof BudgetExhausted) return undefined;
    throw thrown;
  } finally {
    share.left -= granted - slice.left;
  }
}

/** The first configuration in canonical order among those with the same value of the objective; `undefined` beyond the budget. */
export function firstWithValue(
  problem: Problem,
  search: Search,
  model: Configuration,
  work: WorkBudget,
  share: WorkShare,
): Configuration | undefined {
  const fixed = [valueOf(model)];
  return attempt(
    work,
    share,
    share.left,
    () => canonicalConfiguration(problem, search, model, { fixed }),
  );
}

function valueOf(configuration: Configuration): Int {
  return configuration[0] ?? 0;
}
