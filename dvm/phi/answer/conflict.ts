/**
 * The first minimal conflict: a set of conjuncts that has no configuration while each set with one member less has one, the
 * first such set in the lexicographic order of the conjuncts' places.
 *
 * Minimal conflicts are the minimal sets that hit the complement of every satisfiable set (Reiter's duality). The order asks
 * for more than some minimal conflict: for each place in turn, whether any minimal conflict holds it and what was taken before,
 * and nothing that was passed over. A set M shows that one does if M has no configuration and each M without one of the taken
 * members has one. Such sets are looked for among those that two growing lists leave: sets known to have a configuration (M
 * must not lie within one) and sets known to have none (M without a taken member must not hold one). Every set that turns
 * out to be wrong extends a list, so the search ends; see docs/decisions/0001-phi-solver.md.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import { evaluateTerms, type Problem } from "../problem/problem.ts";
import { Search } from "../solver/search.ts";
import type { Work } from "../number/work_budget.ts";

/** A set of conjuncts: bit i stands for conjunct i. */
type Members = bigint;

/** The indices of the first minimal conflict of a problem that has no configuration, ascending. @throws OutOfWork */
export function firstConflict(problem: Problem, core: readonly number[], work: Work): number[] {
  return indicesOf(new ConflictSearch(problem, work).first(membersOf(core)));
}

class ConflictSearch {
  readonly #problem: Problem;
  readonly #work: Work;
  /** Sets that have a configuration, as large as the configuration shows. */
  readonly #satisfiable: Members[] = [];
  /** Sets that have none; minimal ones first of all. */
  readonly #conflicts: Members[] = [];

  constructor(problem: Problem, work: Work) {
    this.#problem = problem;
    this.#work = work;
  }

  first(core: Members): Members {
    let conflict = this.#shrink(core, 0n);
    let taken = 0n;
    let open = (1n << BigInt(this.#problem.conjuncts.length)) - 1n;
    for (let index = 0; taken !== conflict; index++) { // once all of it is taken, no conflict that begins so is another
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

  /** A minimal conflict within `open` that holds all of `wanted`; `undefined` when there is none. */
  #holding(wanted: Members, open: Members): Members | undefined {
    for (;;) {
      const candidate = this.#candidate(wanted, { open, kept: wanted });
      if (candidate === undefined) return undefined;
      if (this.#conflictIn(candidate) === undefined) continue; // it is satisfiable, and now known to be
      const inner = this.#innerConflict(candidate, wanted);
      if (inner === undefined) return this.#shrink(candidate, wanted);
      this.#shrink(inner, 0n);
    }
  }

  /** A conflict within a set that lacks one of the wanted members. */
  #innerConflict(candidate: Members, wanted: Members): Members | undefined {
    for (const index of indicesOf(wanted)) {
      const inner = this.#conflictIn(candidate & ~(1n << BigInt(index)));
      if (inner !== undefined) return inner;
    }
    return undefined;
  }

  /**
   * A set between `kept` and `open`, large as a rule, that lies within no satisfiable set and holds no known conflict that lacks
   * a wanted member. Clauses over "is a member", solved by unit propagation and cases.
   */
  #candidate(
    wanted: Members,
    state: { readonly open: Members; readonly kept: Members },
  ): Members | undefined {
    let { open, kept } = state;
    let unbroken: Members | undefined;
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

  /** A minimal conflict within one that keeps all of `kept`, each of which is known to be needed. */
  #shrink(conflict: Members, kept: Members): Members {
    let current = conflict;
    for (const index of indicesOf(conflict & ~kept).reverse()) {
      const member = 1n << BigInt(index);
      if ((current & member) === 0n) continue;
      current = this.#conflictIn(current & ~member) ?? current;
    }
    assert((kept & ~current) === 0n, "a needed member was lost");
    this.#conflicts.unshift(current);
    return current;
  }

  /** A conflict within a set; `undefined` when the set has a configuration. */
  #conflictIn(members: Members): Members | undefined {
    if (this.#satisfiable.some((set) => (members & ~set) === 0n)) return undefined;
    const known = this.#conflicts.find((set) => (set & ~members) === 0n);
    if (known !== undefined) return known;
    const indices = indicesOf(members);
    const conjuncts = indices.flatMap((index) => this.#problem.conjuncts[index] ?? []);
    const falsehood = conjuncts.findIndex(({ term }) => term.kind === "const");
    if (falsehood >= 0) return 1n << BigInt(indices[falsehood] ?? 0);
    const search = new Search(this.#problem, conjuncts, this.#work);
    const found = search.find([]);
    if (found.kind === "none") return membersOf(search.core().map((at) => indices[at] ?? 0));
    const values = evaluateTerms(this.#problem.terms, found.configuration);
    this.#work.spend(1 + (this.#problem.terms.length >> 4));
    this.#satisfiable.push(membersOf(
      this.#problem.conjuncts.flatMap(({ term }, index) => values[term.id] === 1 ? [index] : []),
    ));
    return undefined;
  }
}

function membersOf(indices: readonly number[]): Members {
  return indices.reduce((members, index) => members | (1n << BigInt(index)), 0n);
}

function indicesOf(members: Members): number[] {
  const indices: number[] = [];
  let rest = members;
  for (let index = 0; rest !== 0n; index++, rest >>= 1n) {
    if ((rest & 1n) === 1n) indices.push(index);
  }
  return indices;
}

function isSingle(members: Members): boolean {
  return (members & (members - 1n)) === 0n;
}
