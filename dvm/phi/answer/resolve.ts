/**
 * Resolution of a Φ process: whether a configuration exists, the canonical one if so, else the preferred minimal conflict with a
 * certificate. Verdict, canonical configuration and conflict have budgets of their own: the verdict stands, whether or not the
 * rest is within reach.
 *
 * @module
 */
import { assert, unreachable } from "../../base/result.ts";
import type { Proc, Program } from "../../dir/model.ts";
import type { Value } from "../../value/value.ts";
import {
  BudgetExhausted,
  WorkBudget,
  type WorkObserver,
  type WorkShare,
} from "../number/work_budget.ts";
import {
  type Configuration,
  configurationValues,
  evaluateTerms,
  type Problem,
} from "../problem/problem.ts";
import { translate } from "../problem/translate.ts";
import { certificateText, CLOSED, FormTable } from "../solver/refutation.ts";
import { Search, type SearchResult } from "../solver/search.ts";
import { canonicalConfiguration } from "./canonical.ts";
import { type Conflict, conflictOf, ConflictSearch, falsehoodIn } from "./minimal_conflict.ts";
import { RangeSearch } from "./needed_ranges.ts";
import type { PhiQuestion } from "./question.ts";
import {
  type PhiAdmissible,
  type PhiConflict,
  type PhiResolution,
  RANGE_WORK_LIMIT,
} from "./resolution.ts";

/** The budgets of a resolution, in solver steps. */
export interface PhiBudgets {
  /** For the verdict. */
  readonly maxWork: number;
  /** For the canonical configuration; as many as for the verdict if left out. */
  readonly maxConfigurationWork?: number;
  /** For the minimal conflict; as many as for the verdict if left out. */
  readonly maxConflictWork?: number;
  /** Observes the work for the verdict and what follows from it; what it throws ends the resolution. */
  readonly observe?: WorkObserver;
}

/** What a resolution is asked for: only whether a configuration exists, or also which one is canonical. */
export type PhiDemand = "verdict" | "configuration";

/**
 * Resolves `proc`. The parameters in `given` have these values; the types of all others must be decidable: booleans, integers,
 * and shapes of them.
 */
export function resolvePhi(
  program: Program,
  proc: Proc,
  given: ReadonlyMap<string, Value>,
  budgets: PhiBudgets & { readonly demand: PhiDemand },
): PhiResolution {
  const question = { program, proc, given };
  const work = new WorkBudget(budgets.maxWork, budgets.observe);
  const decided = decide(question, work);
  switch (decided.kind) {
    case "undecided":
      return { verdict: "undecided", work: work.spent };
    case "configuration":
      return budgets.demand === "verdict"
        ? { verdict: "admissible", configuration: undefined, isLeast: false, work: work.spent }
        : leastConfiguration(decided, work, budgets);
    case "conflict":
      return {
        verdict: "inadmissible",
        work: work.spent,
        explain: once(() => explainedConflict(question, decided, work, budgets)),
      };
    default:
      return unreachable(decided);
  }
}

/** The verdict, and what it was found with. */
type Decided =
  | { readonly kind: "undecided" }
  | {
    readonly kind: "configuration";
    readonly problem: Problem;
    readonly search: Search;
    readonly configuration: Configuration;
  }
  | { readonly kind: "conflict"; readonly problem: Problem; readonly conflict: Conflict };

function decide({ program, proc, given }: PhiQuestion, work: WorkBudget): Decided {
  try {
    const problem = translate(program, proc, given, { work });
    const indices = [...problem.conjuncts.keys()];
    const falsehood = falsehoodIn(problem, indices);
    if (falsehood !== undefined) return { kind: "conflict", problem, conflict: falsehood };
    const search = new Search(problem, problem.conjuncts, work);
    const found: SearchResult = search.find([]);
    return found.kind === "none"
      ? { kind: "conflict", problem, conflict: conflictOf(search, found.refutation, indices) }
      : { kind: "configuration", problem, search, configuration: found.configuration };
  } catch (thrown) {
    if (thrown instanceof BudgetExhausted) return { kind: "undecided" };
    throw thrown;
  }
}

function leastConfiguration(
  { problem, search, configuration }: Extract<Decided, { kind: "configuration" }>,
  work: WorkBudget,
  { maxWork, maxConfigurationWork = maxWork }: PhiBudgets,
): PhiAdmissible {
  let best = configuration;
  const isLeast = isReached(work, { left: maxConfigurationWork }, () => {
    best = canonicalConfiguration(problem, search, best, { better: (found) => best = found });
  });
  const values = evaluateTerms(problem.terms, best);
  assert(
    problem.conjuncts.every(({ term }) => values[term.id] === 1),
    "the configuration satisfies every conjunct",
  );
  return {
    verdict: "admissible",
    configuration: configurationValues(problem, best),
    isLeast,
    work: work.spent,
  };
}

function explainedConflict(
  question: PhiQuestion,
  { problem, conflict }: Extract<Decided, { kind: "conflict" }>,
  work: WorkBudget,
  { maxWork, maxConflictWork = maxWork }: PhiBudgets,
): PhiConflict {
  const members = new ConflictSearch(problem, conflict, work);
  const isMinimal = isReached(work, { left: maxConflictWork }, () => members.findPreferred());
  const found = members.smallest;
  const conjuncts = found.members.flatMap((index) => problem.conjuncts[index] ?? []);
  const paths = conjuncts.map(({ path }) => path);
  const ranges = new RangeSearch(question, { problem, paths, used: rangesUsed(problem, found) });
  isReached(work, { left: RANGE_WORK_LIMIT }, () => ranges.minimize(work));
  return {
    conflict: paths,
    isMinimal,
    bounds: ranges.sufficient,
    work: work.spent,
    certificate: certificateOf(problem, found),
  };
}

/** Computes something when it is asked for first. */
function once<Value>(compute: () => Value): () => Value {
  let known: { readonly value: Value } | undefined;
  return () => (known ??= { value: compute() }).value;
}

/** Executes a part with a separate share of the budget; returns whether the share was sufficient. */
function isReached(work: WorkBudget, share: WorkShare, part: () => void): boolean {
  try {
    work.within(share, part);
    return true;
  } catch (thrown) {
    if (thrown instanceof BudgetExhausted) return false;
    throw thrown;
  }
}

function certificateOf(problem: Problem, { members, proof }: Conflict): string {
  const ids = members.flatMap((index) => problem.conjuncts[index]?.term.id ?? []);
  return proof === undefined
    ? certificateText(ids, CLOSED, new FormTable())
    : proof.search.certificate(ids, proof.refutation);
}

/** The unknowns, by index, whose ranges the refutation of a conflict may use. */
function rangesUsed(problem: Problem, { proof }: Conflict): ReadonlySet<number> {
  // A conjunct is folded to false over the declared ranges; which of them were used is not recorded.
  return proof === undefined ? new Set(problem.unknowns.keys()) : proof.search.rangesUsed();
}
