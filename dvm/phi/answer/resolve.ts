/**
 * Existence, decided: whether a Φ process has a configuration, which is the canonical one, or why there is none.
 *
 * @module
 */
import type { Proc, Program } from "../../dir/model.ts";
import { assert } from "../../base/result.ts";
import type { Value } from "../../value/value.ts";
import { leastConfiguration } from "./canonical.ts";
import { firstConflict } from "./conflict.ts";
import {
  configurationValues,
  type Conjunct,
  evaluateTerms,
  type Problem,
} from "../problem/problem.ts";
import { certificateText, CLOSED, type Refutation } from "../solver/refutation.ts";
import { type PhiInadmissible, type PhiResolution, RANGE_WORK_MAX } from "./resolution.ts";
import { Search } from "../solver/search.ts";
import { translate } from "../problem/translate.ts";
import { OutOfWork, Work } from "../number/work_budget.ts";

/** What is asked: a process, with values for some of its parameters. */
export interface PhiQuestion {
  readonly program: Program;
  readonly proc: Proc;
  readonly given: ReadonlyMap<string, Value>;
}

/**
 * Resolves `proc` when the parameters in `given` have values and the others are to be found. The parameters that are not given
 * must be of decidable types: booleans, integers, and shapes of them. `maxWork` is the budget in solver steps, for the verdict
 * and all that is told with it.
 */
export function resolvePhi(
  program: Program,
  proc: Proc,
  given: ReadonlyMap<string, Value>,
  { maxWork }: { readonly maxWork: number },
): PhiResolution {
  const work = new Work(maxWork);
  try {
    const problem = translate(program, proc, given, { work });
    return decideProblem({ program, proc, given }, problem, work);
  } catch (thrown) {
    if (thrown instanceof OutOfWork) return { verdict: "undecided", work: work.spent };
    throw thrown;
  }
}

function decideProblem(question: PhiQuestion, problem: Problem, work: Work): PhiResolution {
  const falsehood = problem.conjuncts.findIndex(({ term }) => term.kind === "const");
  if (falsehood >= 0) return explainedConflict(question, problem, { core: [falsehood] }, work);
  const search = new Search(problem, problem.conjuncts, work);
  const found = search.find([]);
  if (found.kind === "none") {
    const refuted = { core: search.core(), search, refutation: found.refutation };
    return explainedConflict(question, problem, refuted, work);
  }
  const configuration = leastConfiguration(problem, search, found.configuration);
  const values = evaluateTerms(problem.terms, configuration);
  assert(
    problem.conjuncts.every(({ term }) => values[term.id] === 1),
    "a configuration that does not satisfy its problem",
  );
  return {
    verdict: "admissible",
    configuration: configurationValues(problem, configuration),
    work: work.spent,
  };
}

/** Conjuncts that have no configuration, by index, and the search that says so, where one was needed. */
interface Refuted {
  readonly core: readonly number[];
  readonly search?: Search;
  readonly refutation?: Refutation;
}

function explainedConflict(
  question: PhiQuestion,
  problem: Problem,
  refuted: Refuted,
  work: Work,
): PhiInadmissible {
  const indices = firstConflict(problem, refuted.core, work);
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

/** The certificate that conjuncts have no configuration, and the unknowns whose ranges it may rest on. */
function certified(
  problem: Problem,
  conflict: readonly Conjunct[],
  refuted: Refuted | undefined,
  work: Work,
): { readonly certificate: string; readonly ranges: ReadonlySet<number> } {
  const ids = conflict.map(({ term }) => term.id);
  if (conflict.some(({ term }) => term.kind === "const")) {
    // Folded to false over the declared ranges: which of them took part is not recorded.
    const ranges = new Set(problem.unknowns.keys());
    return { certificate: certificateText(ids, [], CLOSED), ranges };
  }
  const search = refuted?.search ?? new Search(problem, conflict, work);
  const refutation = refuted?.refutation ?? refute(search);
  return { certificate: search.certificate(ids, refutation), ranges: search.rangesUsed() };
}

function refute(search: Search): Refutation {
  const found = search.find([]);
  assert(found.kind === "none", "a conflict that has a configuration");
  return found.refutation;
}

/** 128 bits: beyond what any declared range holds. */
const RELAXED = { lo: -(2n ** 127n), hi: 2n ** 127n - 1n };

/**
 * The unknowns, in order, whose declared ranges the conflict needs: a minimal set, the last ones given up first. What the refutation
 * rests on narrows the questions and not the answer: another refutation of the same conflict may rest on other ranges, and
 * terms that were folded over a range do not say so.
 */
function neededRanges(
  question: PhiQuestion,
  { problem, paths, ranges }: {
    readonly problem: Problem;
    readonly paths: readonly string[];
    /** The unknowns whose ranges the refutation is known to rest on. */
    readonly ranges: ReadonlySet<number>;
  },
  work: Work,
): string[] {
  const numbers = problem.unknowns.flatMap(({ name, isBool }, index) =>
    isBool ? [] : [{ name, isUsed: ranges.has(index) }]
  );
  const names = numbers.map(({ name }) => name);
  /** Ranges that are enough for the conflict. */
  let enough = names;
  let left = names;
  const own = new Work(RANGE_WORK_MAX);
  const isEnough = (kept: readonly string[]) =>
    isConflict(question, paths, names.filter((name) => !kept.includes(name)), own);
  try {
    const used = numbers.filter(({ isUsed }) => isUsed).map(({ name }) => name);
    if (used.length < names.length && isEnough(used)) enough = used;
    for (const name of names.toReversed()) {
      const fewer = left.filter((other) => other !== name);
      if (!enough.includes(name)) left = fewer;
      else if (isEnough(fewer)) left = enough = fewer;
    }
  } catch (thrown) {
    if (!(thrown instanceof OutOfWork)) throw thrown;
  }
  work.spend(own.spent);
  return enough;
}

/** Whether conjuncts have no configuration even when some unknowns range over 128 bits. @throws OutOfWork */
function isConflict(
  { program, proc, given }: PhiQuestion,
  paths: readonly string[],
  relaxed: readonly string[],
  work: Work,
): boolean {
  const ranges = new Map(relaxed.map((name) => [name, RELAXED]));
  const problem = translate(program, proc, given, { work, ranges });
  const conjuncts = problem.conjuncts.filter(({ path }) => paths.includes(path));
  return conjuncts.some(({ term }) => term.kind === "const") ||
    new Search(problem, conjuncts, work).find([]).kind === "none";
}
