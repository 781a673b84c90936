/**
 * Which declared ranges of parameters a conflict needs.
 *
 * @module
 */
import { BudgetExhausted, WorkBudget } from "../number/work_budget.ts";
import { isConstantFalse, type Problem } from "../problem/problem.ts";
import { translate } from "../problem/translate.ts";
import { Search } from "../solver/search.ts";
import type { PhiQuestion } from "./question.ts";
import { RANGE_WORK_LIMIT } from "./resolution.ts";

/** A range of 128 bits, wider than any declared range. */
const RELAXED = { lo: -(2n ** 127n), hi: 2n ** 127n - 1n };

/**
 * The unknowns, in order, whose declared ranges a conflict needs: a minimal set, found by deletion from the last unknown to the
 * first. The ranges that the refutation used only reduce the number of searches and do not determine the result: another
 * refutation may use other ranges, and terms folded over a range do not record it.
 */
export function neededRanges(
  question: PhiQuestion,
  { problem, paths, ranges }: {
    readonly problem: Problem;
    /** The paths of the conflict. */
    readonly paths: readonly string[];
    /** The unknowns, by index, whose ranges the refutation may have used. */
    readonly ranges: ReadonlySet<number>;
  },
  work: WorkBudget,
): string[] {
  const numbers = problem.unknowns.flatMap(({ name, isBool }, index) =>
    isBool ? [] : [{ name, isUsed: ranges.has(index) }]
  );
  const names = numbers.map(({ name }) => name);
  /** Ranges that suffice for the conflict. */
  let sufficient = names;
  let left = names;
  const own = new WorkBudget(RANGE_WORK_LIMIT);
  const suffices = (kept: readonly string[]) =>
    isConflict(question, paths, names.filter((name) => !kept.includes(name)), own);
  try {
    const used = numbers.filter(({ isUsed }) => isUsed).map(({ name }) => name);
    if (used.length < names.length && suffices(used)) sufficient = used;
    for (const name of names.toReversed()) {
      const fewer = left.filter((other) => other !== name);
      if (!sufficient.includes(name)) left = fewer;
      else if (suffices(fewer)) left = sufficient = fewer;
    }
  } catch (thrown) {
    if (!(thrown instanceof BudgetExhausted)) throw thrown;
  }
  work.spend(own.spent);
  return sufficient;
}

/** Whether conjuncts are unsatisfiable even if some unknowns range over 128 bits. @throws BudgetExhausted */
function isConflict(
  { program, proc, given }: PhiQuestion,
  paths: readonly string[],
  relaxed: readonly string[],
  work: WorkBudget,
): boolean {
  const ranges = new Map(relaxed.map((name) => [name, RELAXED]));
  const problem = translate(program, proc, given, { work, ranges });
  const conjuncts = problem.conjuncts.filter(({ path }) => paths.includes(path));
  return conjuncts.some(isConstantFalse) ||
    new Search(problem, conjuncts, work).find([]).kind === "none";
}
