/**
 * Resolution of a Φ process: whether a configuration exists, the canonical one if so, else the first minimal conflict with a
 * certificate.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import type { Proc, Program } from "../../dir/model.ts";
import type { Value } from "../../value/value.ts";
import { BudgetExhausted, WorkBudget } from "../number/work_budget.ts";
import {
  configurationValues,
  type Conjunct,
  evaluateTerms,
  isConstantFalse,
  type Problem,
} from "../problem/problem.ts";
import { translate } from "../problem/translate.ts";
import { certificateText, CLOSED, type Refutation } from "../solver/refutation.ts";
import { Search } from "../solver/search.ts";
import { canonicalConfiguration } from "./canonical.ts";
import { firstMinimalConflict } from "./minimal_conflict.ts";
import { neededRanges } from "./needed_ranges.ts";
import type { PhiQuestion } from "./question.ts";
import type { PhiInadmissible, PhiResolution } from "./resolution.ts";

/**
 * Resolves `proc`. The parameters in `given` have these values; the types of all others must be decidable: booleans, integers,
 * and shapes of them. `maxWork` is the budget in solver steps, for the verdict, the canonical configuration and the conflict.
 */
export function resolvePhi(
  program: Program,
  proc: Proc,
  given: ReadonlyMap<string, Value>,
  { maxWork }: { readonly maxWork: number },
): PhiResolution {
  const work = new WorkBudget(maxWork);
  try {
    const problem = translate(program, proc, given, { work });
    return decideProblem({ program, proc, given }, problem, work);
  } catch (thrown) {
    if (thrown instanceof BudgetExhausted) return { verdict: "undecided", work: work.spent };
    throw thrown;
  }
}

function decideProblem(question: PhiQuestion, problem: Problem, work: WorkBudget): PhiResolution {
  const falsehood = problem.conjuncts.findIndex(isConstantFalse);
  if (falsehood >= 0) return explainedConflict(question, problem, { core: [falsehood] }, work);
  const search = new Search(problem, problem.conjuncts, work);
  const found = search.find([]);
  if (found.kind === "none") {
    const refuted = { core: search.core(), search, refutation: found.refutation };
    return explainedConflict(question, problem, refuted, work);
  }
  const configuration = canonicalConfiguration(problem, search, found.configuration);
  const values = evaluateTerms(problem.terms, configuration);
  assert(
    problem.conjuncts.every(({ term }) => values[term.id] === 1),
    "the canonical configuration satisfies every conjunct",
  );
  return {
    verdict: "admissible",
    configuration: configurationValues(problem, configuration),
    work: work.spent,
  };
}

/** A conflict, as indices of conjuncts, and the search that refuted it, if one was needed. */
interface Refuted {
  readonly core: readonly number[];
  readonly search?: Search;
  readonly refutation?: Refutation;
}

function explainedConflict(
  question: PhiQuestion,
  problem: Problem,
  refuted: Refuted,
  work: WorkBudget,
): PhiInadmissible {
  const indices = firstMinimalConflict(problem, refuted.core, work);
  const conflict = indices.flatMap((index) => problem.conjuncts[index] ?? []);
  const isSame = indices.join() === refuted.core.join();
  const { certificate, ranges } = certified(problem, conflict, isSame ? refuted : undefined, work);
  const paths = conflict.map(({ path }) => path);
  return {
    verdict: "inadmissible",
    conflict: paths,
    bounds: neededRanges(question, { problem, paths, ranges }, work),
    work: work.spent,
    certificate,
  };
}

/** The certificate of a conflict, and the unknowns whose ranges it may use. */
function certified(
  problem: Problem,
  conflict: readonly Conjunct[],
  refuted: Refuted | undefined,
  work: WorkBudget,
): { readonly certificate: string; readonly ranges: ReadonlySet<number> } {
  const ids = conflict.map(({ term }) => term.id);
  if (conflict.some(isConstantFalse)) {
    // Folded to false over the declared ranges; which of them were used is not recorded.
    const ranges = new Set(problem.unknowns.keys());
    return { certificate: certificateText(ids, [], CLOSED), ranges };
  }
  const search = refuted?.search ?? new Search(problem, conflict, work);
  const refutation = refuted?.refutation ?? refute(search);
  return { certificate: search.certificate(ids, refutation), ranges: search.rangesUsed() };
}

function refute(search: Search): Refutation {
  const found = search.find([]);
  assert(found.kind === "none", "a conflict has no configuration");
  return found.refutation;
}
