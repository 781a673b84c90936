/**
 * Existence, decided: whether a Φ process has a configuration, which is the canonical one, or why there is none.
 *
 * @module
 */
import type { Proc, Program } from "../dir/model.ts";
import { assert } from "../result.ts";
import type { Value } from "../value.ts";
import { leastConfiguration } from "./canonical.ts";
import { firstConflict } from "./conflict.ts";
import { configurationValues, type Conjunct, evaluateTerms, type Problem } from "./problem.ts";
import { certificateText, type Refutation } from "./refutation.ts";
import { type PhiInadmissible, type PhiResolution, RANGE_WORK_MAX } from "./resolution.ts";
import { Search } from "./search.ts";
import { translate } from "./translate.ts";
import { OutOfWork, Work } from "./work.ts";

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
  const core = findCore(problem, work);
  if ("conflict" in core) return explainedConflict(question, problem, core.conflict, work);
  const { search, model } = core;
  const configuration = leastConfiguration(problem, search, model);
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

/** A configuration, or conjuncts that have none. */
function findCore(
  problem: Problem,
  work: Work,
): { readonly search: Search; readonly model: readonly (number | bigint)[] } | {
  readonly conflict: readonly number[];
} {
  const falsehood = problem.conjuncts.findIndex(({ term }) => term.kind === "const");
  if (falsehood >= 0) return { conflict: [falsehood] };
  const search = new Search(problem, problem.conjuncts, work);
  const found = search.find([]);
  return found.kind === "none"
    ? { conflict: search.core() }
    : { search, model: found.configuration };
}

function explainedConflict(
  question: PhiQuestion,
  problem: Problem,
  core: readonly number[],
  work: Work,
): PhiInadmissible {
  const conflict = firstConflict(problem, core, work).flatMap((index) =>
    problem.conjuncts[index] ?? []
  );
  const certificate = refutationText(problem, conflict, work);
  return {
    verdict: "inadmissible",
    conflict: conflict.map(({ path }) => path),
    bounds: neededRanges(question, problem, conflict.map(({ path }) => path), work),
    work: work.spent,
    certificate,
  };
}

/** The certificate that conjuncts have no configuration. */
function refutationText(problem: Problem, conflict: readonly Conjunct[], work: Work): string {
  const ids = conflict.map(({ term }) => term.id);
  const closed: Refutation = { steps: [], end: { kind: "crossed" } };
  if (conflict.some(({ term }) => term.kind === "const")) {
    return certificateText(undefined, ids, closed);
  }
  const search = new Search(problem, conflict, work);
  const found = search.find([]);
  assert(found.kind === "none", "a conflict that has a configuration");
  return certificateText(search.space, ids, found.refutation);
}

/** 128 bits: beyond what any declared range holds. */
const RELAXED = { lo: -(2n ** 127n), hi: 2n ** 127n - 1n };

/** The unknowns, in order, whose declared ranges the conflict needs: a minimal set, the last ones given up first. */
function neededRanges(
  question: PhiQuestion,
  problem: Problem,
  conflict: readonly string[],
  work: Work,
): string[] {
  let needed: string[] = [];
  const names = problem.unknowns.filter(({ isBool }) => !isBool).map(({ name }) => name);
  if (names.length === 0 || isConflict(question, conflict, names, work)) return needed;
  needed = names;
  for (const name of names.toReversed()) {
    const fewer = needed.filter((other) => other !== name);
    const relaxed = names.filter((other) => !fewer.includes(other));
    if (isConflict(question, conflict, relaxed, work)) needed = fewer;
  }
  return needed;
}

/** Whether conjuncts have no configuration even when some unknowns range over 128 bits; "no" also when that is not decided soon. */
function isConflict(
  { program, proc, given }: PhiQuestion,
  paths: readonly string[],
  relaxed: readonly string[],
  work: Work,
): boolean {
  const own = new Work(RANGE_WORK_MAX);
  const ranges = new Map(relaxed.map((name) => [name, RELAXED]));
  let holds = false;
  try {
    const problem = translate(program, proc, given, { work: own, ranges });
    const conjuncts = problem.conjuncts.filter(({ path }) => paths.includes(path));
    holds = conjuncts.some(({ term }) => term.kind === "const") ||
      new Search(problem, conjuncts, own).find([]).kind === "none";
  } catch (thrown) {
    if (!(thrown instanceof OutOfWork)) throw thrown;
  }
  work.spend(own.spent);
  return holds;
}
