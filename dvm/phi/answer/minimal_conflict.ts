/**
 * The first minimal conflict: a set of conjuncts is a conflict if it is unsatisfiable, minimal if removing any member makes it
 * satisfiable, and first if it precedes all other minimal conflicts in the lexicographic order of the conjuncts' indices.
 *
 * Minimal conflicts are the minimal hitting sets of the complements of the satisfiable sets (Reiter's duality, as in MARCO).
 * To find the first one, each index in turn is taken or skipped: it is taken if some minimal conflict contains it and all taken
 * indices but no skipped one. A set M proves that if it is unsatisfiable and becomes satisfiable without any one of the taken
 * indices. Candidates for M are restricted by two growing lists: satisfiable sets, which must not contain M, and conflicts,
 * which M without a taken index must not contain. Every refuted candidate extends a list, so the search terminates; see
 * docs/decisions/0001-phi-solver.md.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import { evaluateTerms, isConstantFalse, type Problem } from "../problem/problem.ts";
import { Search } from "../solver/search.ts";
import type { WorkBudget } from "../number/work_budget.ts";

/** A set of conjuncts: bit i represents conjunct i. */
type ConjunctSet = bigint;

/**
 * The indices, ascending, of the first minimal conflict of an unsatisfiable problem. `core` is any conflict.
 * @throws BudgetExhausted
 */
export function firstMinimalConflict(
  problem: Problem,
  core: readonly number[],
  work: WorkBudget,
): number[] {
  return indicesOf(new ConflictSearch(problem, work).first(conjunctSet(core)));
}

class ConflictSearch {
  readonly #problem: Problem;
  readonly #work: WorkBudget;
  /** Satisfiable sets: for each configuration found, all conjuncts that it satisfies. */
  readonly #satisfiable: ConjunctSet[] = [];
  /** Unsatisfiable sets, the newest first. */
  readonly #conflicts: ConjunctSet[] = [];

  constructor(problem: Problem, work: WorkBudget) {
    this.#problem = problem;
    this.#work = work;
  }

  first(core: ConjunctSet): ConjunctSet {
    let conflict = this.#shrink(core, 0n);
    let taken = 0n;
    let open = (1n << BigInt(this.#problem.conjuncts.length)) - 1n;
    for (let index = 0; taken !== conflict; index++) { // a conflict that contains all taken indices is this one
      const member = 1n << BigInt(index);
      const found = (conflict & member) !== 0n ? conflict : this.#holding(taken | member, open);
      if (found === undefined) {
        open &= ~member;
      } else {
        taken |= member;
        conflict = found;
      }
    }
    return conflict;
  }

  /** A minimal conflict within `open` that contains all of `wanted`; `undefined` if there is none. */
  #holding(wanted: ConjunctSet, open: ConjunctSet): ConjunctSet | undefined {
    for (;;) {
      const candidate = this.#candidate(wanted, { open, kept: wanted });
      if (candidate === undefined) return undefined;
      if (this.#conflictIn(candidate) === undefined) continue; // the candidate is satisfiable, and has been recorded as such
      const inner = this.#innerConflict(candidate, wanted);
      if (inner === undefined) return this.#shrink(candidate, wanted);
      this.#shrink(inner, 0n);
    }
  }

  /** A conflict within a candidate that lacks one of the wanted members. */
  #innerConflict(candidate: ConjunctSet, wanted: ConjunctSet): ConjunctSet | undefined {
    for (const index of indicesOf(wanted)) {
      const inner = this.#conflictIn(candidate & ~(1n << BigInt(index)));
      if (inner !== undefined) return inner;
    }
    return undefined;
  }

  /**
   * A set between `kept` and `open` that no known satisfiable set contains, and that contains no known conflict without a
   * wanted member; as a rule a large one. These are clauses over membership, solved by unit propagation and branching.
   */
  #candidate(
    wanted: ConjunctSet,
    state: { readonly open: ConjunctSet; readonly kept: ConjunctSet },
  ): ConjunctSet | undefined {
    let { open, kept } = state;
    let unbroken: ConjunctSet | undefined;
    for (let isStable = false; !isStable;) {
      this.#work.spend(1 + ((this.#conflicts.length + this.#satisfiable.length) >> 3));
      const before = open, keptBefore = kept;
      for (const set of this.#satisfiable) {
        const outside = open & ~set;
        if (outside === 0n) return undefined;
        if (isSingle(outside)) kept |= outside;
      }
      unbroken = undefined;
      for (const set of this.#conflicts) {
        if ((wanted & ~set) === 0n || (set & ~open) !== 0n) continue;
        const removable = set & ~kept;
        if (removable === 0n) return undefined;
        if (isSingle(removable)) open &= ~removable;
        else unbroken ??= removable;
      }
      isStable = open === before && kept === keptBefore;
    }
    if (unbroken === undefined) return open;
    for (const index of indicesOf(unbroken).reverse()) {
      const member = 1n << BigInt(index);
      const candidate = this.#candidate(wanted, { open: open & ~member, kept });
      if (candidate !== undefined) return candidate;
      kept |= member;
    }
    return undefined;
  }

  /** A minimal conflict within a conflict, found by deletion. The members in `kept` are known to be needed. */
  #shrink(conflict: ConjunctSet, kept: ConjunctSet): ConjunctSet {
    let current = conflict;
    for (const index of indicesOf(conflict & ~kept).reverse()) {
      const member = 1n << BigInt(index);
      if ((current & member) === 0n) continue;
      current = this.#conflictIn(current & ~member) ?? current;
    }
    assert((kept & ~current) === 0n, "a conflict keeps its needed members");
    this.#conflicts.unshift(current);
    return current;
  }

  /** A conflict within a set; `undefined` if the set is satisfiable. */
  #conflictIn(members: ConjunctSet): ConjunctSet | undefined {
    if (this.#satisfiable.some((set) => (members & ~set) === 0n)) return undefined;
    const known = this.#conflicts.find((set) => (set & ~members) === 0n);
    if (known !== undefined) return known;
    const indices = indicesOf(members);
    const conjuncts = indices.flatMap((index) => this.#problem.conjuncts[index] ?? []);
    const falsehood = conjuncts.findIndex(isConstantFalse);
    if (falsehood >= 0) return 1n << BigInt(indices[falsehood] ?? 0);
    const search = new Search(this.#problem, conjuncts, this.#work);
    const found = search.find([]);
    if (found.kind === "none") return conjunctSet(search.core().map((at) => indices[at] ?? 0));
    const values = evaluateTerms(this.#problem.terms, found.configuration);
    this.#work.spend(1 + (this.#problem.terms.length >> 4));
    this.#satisfiable.push(conjunctSet(
      this.#problem.conjuncts.flatMap(({ term }, index) => values[term.id] === 1 ? [index] : []),
    ));
    return undefined;
  }
}

function conjunctSet(indices: readonly number[]): ConjunctSet {
  return indices.reduce((members, index) => members | (1n << BigInt(index)), 0n);
}

function indicesOf(members: ConjunctSet): number[] {
  const indices: number[] = [];
  let rest = members;
  for (let index = 0; rest !== 0n; index++, rest >>= 1n) {
    if ((rest & 1n) === 1n) indices.push(index);
  }
  return indices;
}

function isSingle(members: ConjunctSet): boolean {
  return (members & (members - 1n)) === 0n;
}
