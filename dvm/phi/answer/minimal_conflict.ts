/**
 * The preferred minimal conflict (Junker 2004). A set of conjuncts is a conflict if it is unsatisfiable, and minimal if removing
 * any member makes it satisfiable. Of two minimal conflicts the preferred one has the earlier last member; if these are equal, the
 * earlier last but one; and so on.
 *
 * Its last member is therefore the first conjunct that all above it exclude. The one before it is the first that, with all above it
 * and the later ones taken, leaves no configuration; and so on. Whether a prefix of the conjuncts with the members taken is
 * unsatisfiable is monotone in its length, so each member takes a binary search: n log n questions at most. The conflict that
 * a refutation rests on and the conjuncts that a configuration satisfies answer most of them.
 *
 * @module
 */
import type { WorkBudget } from "../number/work_budget.ts";
import { evaluateTerms, isConstantFalse, type Problem } from "../problem/problem.ts";
import { Knowledge } from "../solver/knowledge.ts";
import type { Refutation } from "../solver/refutation.ts";
import { Search } from "../solver/search.ts";

/** Unsatisfiable conjuncts, and why they are. */
export interface Conflict {
  /** Indices of conjuncts, ascending. */
  readonly members: readonly number[];
  /** The search that refuted them, and its refutation; none for a conjunct that is false by itself. */
  readonly proof: { readonly search: Search; readonly refutation: Refutation } | undefined;
}

/** The conflict on which a search without assumptions, over some conjuncts of a problem, based its refutation. */
export function conflictOf(
  search: Search,
  refutation: Refutation,
  indices: readonly number[],
): Conflict {
  return {
    members: search.core().map((at) => indices[at] ?? 0),
    proof: { search, refutation },
  };
}

/** The conflict of a conjunct that is false by itself; `undefined` if none of these is. */
export function falsehoodIn(problem: Problem, indices: Iterable<number>): Conflict | undefined {
  for (const index of indices) {
    const conjunct = problem.conjuncts[index];
    if (conjunct !== undefined && isConstantFalse(conjunct)) {
      return { members: [index], proof: undefined };
    }
  }
  return undefined;
}

/** The preferred minimal conflict of an unsatisfiable problem, found by asking which sets of conjuncts are satisfiable. */
export class ConflictSearch {
  /** The conflict with the fewest members found so far; at the end the preferred one. */
  smallest: Conflict;
  /** The conflict found last, which has no members but those taken and some of a prefix that becomes shorter and shorter. */
  #found: Conflict;
  readonly #problem: Problem;
  readonly #work: WorkBudget;
  /** What the searches learn. */
  readonly #knowledge: Knowledge;
  /** For each configuration found: all conjuncts that it satisfies. */
  readonly #satisfiable: ConjunctSet[] = [];

  /** `found` is any conflict of the problem. */
  constructor(problem: Problem, found: Conflict, work: WorkBudget) {
    this.#knowledge = found.proof?.search.knowledge ?? new Knowledge();
    this.#problem = problem;
    this.#work = work;
    this.#found = found;
    this.smallest = found;
  }

  /** Makes {@link smallest} the preferred minimal conflict. @throws BudgetExhausted */
  findPreferred(): void {
    let taken = 0n; // members of the preferred conflict, from the last one up
    for (;;) {
      const length = this.#shortestPrefix(taken);
      if (length === 0) break;
      taken |= 1n << BigInt(length - 1);
    }
    this.smallest = this.#found;
  }

  /** The length of the shortest prefix of the conjuncts that is unsatisfiable together with the members taken. */
  #shortestPrefix(taken: ConjunctSet): number {
    let shortest = this.#prefixOfFound(taken);
    let longestSatisfiable = this.#satisfiablePrefix(taken);
    for (let probesNext = true; shortest - longestSatisfiable > 1; probesNext = !probesNext) {
      // As a rule the last member of a conflict is needed, and one question shows it.
      const length = probesNext ? shortest - 1 : (shortest + longestSatisfiable) >> 1;
      if (this.#isConflict(prefixOf(length) | taken)) shortest = this.#prefixOfFound(taken);
      else longestSatisfiable = this.#satisfiablePrefix(taken);
    }
    return shortest;
  }

  /** The shortest prefix that contains what the conflict found last has besides the members taken. */
  #prefixOfFound(taken: ConjunctSet): number {
    const others = this.#found.members.filter((index) => (taken >> BigInt(index) & 1n) === 0n);
    return (others.at(-1) ?? -1) + 1;
  }

  /** The longest prefix that is known to be satisfiable together with the members taken; -1 if not even they are known to be. */
  #satisfiablePrefix(taken: ConjunctSet): number {
    let longest = -1;
    for (const set of this.#satisfiable) {
      if ((taken & ~set) !== 0n) continue;
      let length = 0;
      while ((set >> BigInt(length) & 1n) === 1n) length++;
      longest = Math.max(longest, length);
    }
    return longest;
  }

  /** Whether conjuncts are unsatisfiable. */
  #isConflict(set: ConjunctSet): boolean {
    const indices = indicesOf(set);
    const falsehood = falsehoodIn(this.#problem, indices);
    if (falsehood !== undefined) {
      this.#record(falsehood);
      return true;
    }
    const conjuncts = indices.flatMap((index) => this.#problem.conjuncts[index] ?? []);
    const search = new Search(this.#problem, conjuncts, this.#work, this.#knowledge);
    const result = search.find([]);
    if (result.kind === "none") {
      this.#record(conflictOf(search, result.refutation, indices));
      return true;
    }
    this.#work.spend(1 + (this.#problem.terms.length >> 4));
    const values = evaluateTerms(this.#problem.terms, result.configuration);
    this.#satisfiable.push(
      this.#problem.conjuncts.reduce(
        (members, { term }, index) =>
          values[term.id] === 1 ? members | (1n << BigInt(index)) : members,
        0n,
      ),
    );
    return false;
  }

  #record(conflict: Conflict): void {
    this.#found = conflict;
    if (conflict.members.length <= this.smallest.members.length) this.smallest = conflict;
  }
}

/** A set of conjuncts: bit i represents conjunct i. */
type ConjunctSet = bigint;

function prefixOf(length: number): ConjunctSet {
  return (1n << BigInt(length)) - 1n;
}

function indicesOf(set: ConjunctSet): number[] {
  const indices: number[] = [];
  for (let index = 0, rest = set; rest !== 0n; index++, rest >>= 1n) {
    if ((rest & 1n) === 1n) indices.push(index);
  }
  return indices;
}
