/**
 * Which declared ranges of parameters a conflict needs.
 *
 * @module
 */
import type { WorkBudget } from "../number/work_budget.ts";
import { isConstantFalse, type Problem } from "../problem/problem.ts";
import { translate } from "../problem/translate.ts";
import { Search } from "../solver/search.ts";
import type { PhiQuestion } from "./question.ts";

/** A range of 128 bits, wider than any declared range. */
const RELAXED = { lo: -(2n ** 127n), hi: 2n ** 127n - 1n };

/** A conflict, and which ranges its refutation may have used. */
export interface ConflictOverRanges {
  readonly problem: Problem;
  /** The paths of the conflict. */
  readonly paths: readonly string[];
  /** The unknowns, by index, whose ranges the refutation may have used. */
  readonly used: ReadonlySet<number>;
}

/**
 * The unknowns whose declared ranges a conflict needs. Ranges precede the statements in the order of a conflict's members, so the
 * preferred minimal set is found by deletion, from the last unknown to the first.
 */
export class RangeSearch {
  /** Names, in order, of unknowns whose ranges suffice for the conflict; at the end of {@link minimize} a minimal set. */
  sufficient: readonly string[];
  readonly #question: PhiQuestion;
  readonly #conflict: ConflictOverRanges;
  /** The names of all unknowns that are numbers. */
  readonly #names: readonly string[];

  constructor(question: PhiQuestion, conflict: ConflictOverRanges) {
    this.#question = question;
    this.#conflict = conflict;
    this.#names = numbersIn(conflict.problem);
    this.sufficient = this.#names;
  }

  /**
   * Leaves out each range without which there still is a conflict. The ranges that the refutation used only reduce the number of
   * questions and do not determine the result: another refutation may use other ranges. @throws BudgetExhausted
   */
  minimize(work: WorkBudget): void {
    const { problem, used } = this.#conflict;
    const tryUsing = (kept: readonly string[]): boolean => {
      const suffices = this.#suffices(kept, work);
      if (suffices) this.sufficient = kept;
      return suffices;
    };
    const ofRefutation = numbersIn(problem, used);
    if (ofRefutation.length < this.#names.length) tryUsing(ofRefutation);
    let left = this.#names;
    for (const name of this.#names.toReversed()) {
      const fewer = left.filter((other) => other !== name);
      if (!this.sufficient.includes(name) || tryUsing(fewer)) left = fewer;
    }
  }

  /** Whether the statements of the conflict are unsatisfiable even if all but some unknowns range over 128 bits. */
  #suffices(kept: readonly string[], work: WorkBudget): boolean {
    const { program, proc, given } = this.#question, { paths } = this.#conflict;
    const relaxed = this.#names.filter((name) => !kept.includes(name));
    const ranges = new Map(relaxed.map((name) => [name, RELAXED]));
    const problem = translate(program, proc, given, { work, ranges });
    const conjuncts = problem.conjuncts.filter(({ path }) => paths.includes(path));
    return conjuncts.some(isConstantFalse) ||
      new Search(problem, conjuncts, work).find([]).kind === "none";
  }
}

/** The names of the unknowns that are numbers: of all, or of those with these indices. */
function numbersIn({ unknowns }: Problem, indices?: ReadonlySet<number>): readonly string[] {
  return unknowns.flatMap(({ name, isBool }, index) =>
    isBool || indices?.has(index) === false ? [] : [name]
  );
}
