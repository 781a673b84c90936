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
import { assert } from "../result.ts";
import { evaluateTerms, type Problem } from "./problem.ts";
import { Search } from "./search.ts";
import type { Work } from "./work.ts";

/** A set of conjuncts, by index. */
type Members = ReadonlySet<number>;

/** The indices of the first minimal conflict of a problem that has no configuration, ascending. @throws OutOfWork */
export function firstConflict(problem: Problem, core: readonly number[], work: Work): number[] {
  return new ConflictSearch(problem, work).first(core);
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

  first(core: readonly number[]): number[] {
    let conflict = this.#shrink(new Set(core), new Set());
    const taken = new Set<number>();
    const open = new Set(this.#problem.conjuncts.keys());
    for (const index of this.#problem.conjuncts.keys()) {
      if (taken.size === conflict.size) break; // a conflict is the first of the sets that begin with it
      const wanted = new Set([...taken, index]);
      const found = conflict.has(index) ? conflict : this.#holding(wanted, open);
      if (found === undefined) {
        open.delete(index);
        continue;
      }
      taken.add(index);
      conflict = found;
    }
    return [...conflict].sort((a, b) => a - b);
  }

  /** A minimal conflict within `open` that holds all of `wanted`; `undefined` when there is none. */
  #holding(wanted: Members, open: Members): Members | undefined {
    for (;;) {
      const candidate = this.#candidate(wanted, open);
      if (candidate === undefined) return undefined;
      const conflict = this.#conflictIn(candidate);
      if (conflict === undefined) continue; // it is satisfiable, and now known to be
      let holds = true;
      for (const member of wanted) {
        const inner = this.#conflictIn(without(candidate, member));
        if (inner === undefined) continue;
        this.#shrink(inner, new Set());
        holds = false;
        break;
      }
      if (holds) return this.#shrink(candidate, wanted);
    }
  }

  /**
   * The largest set, as a rule, with all of `wanted` that lies within no satisfiable set, and without a wanted member holds no
   * conflict.
   */
  #candidate(wanted: Members, open: Members): Members | undefined {
    this.#work.spend(1 + this.#conflicts.length + this.#satisfiable.length);
    if (this.#satisfiable.some((set) => isWithin(open, set))) return undefined;
    const inside = this.#conflicts.find((set) => isWithin(set, open) && !isWithin(wanted, set));
    if (inside === undefined) return open;
    for (const member of [...inside].sort((a, b) => b - a)) {
      if (wanted.has(member)) continue;
      const candidate = this.#candidate(wanted, without(open, member));
      if (candidate !== undefined) return candidate;
    }
    return undefined;
  }

  /** A minimal conflict within one that keeps all of `kept`, each of which is known to be needed. */
  #shrink(conflict: Members, kept: Members): Members {
    let current = conflict;
    for (const member of [...conflict].sort((a, b) => b - a)) {
      if (kept.has(member) || !current.has(member)) continue;
      const smaller = this.#conflictIn(without(current, member));
      if (smaller !== undefined) current = smaller;
    }
    for (const member of kept) assert(current.has(member), "a needed member was lost");
    this.#conflicts.unshift(current);
    return current;
  }

  /** A conflict within a set; `undefined` when the set has a configuration. */
  #conflictIn(members: Members): Members | undefined {
    if (this.#satisfiable.some((set) => isWithin(members, set))) return undefined;
    const known = this.#conflicts.find((set) => isWithin(set, members));
    if (known !== undefined) return known;
    const indices = [...members].sort((a, b) => a - b);
    const conjuncts = indices.flatMap((index) => this.#problem.conjuncts[index] ?? []);
    const falsehood = conjuncts.findIndex(({ term }) => term.kind === "const");
    if (falsehood >= 0) return new Set([indices[falsehood] ?? 0]);
    const search = new Search(this.#problem, conjuncts, this.#work);
    const found = search.find([]);
    if (found.kind === "none") return new Set(search.core().map((at) => indices[at] ?? 0));
    const values = evaluateTerms(this.#problem.terms, found.configuration);
    const satisfied = new Set<number>();
    this.#problem.conjuncts.forEach(({ term }, index) => {
      if (values[term.id] === 1) satisfied.add(index);
    });
    this.#work.spend(1 + (this.#problem.terms.length >> 4));
    this.#satisfiable.push(satisfied);
    return undefined;
  }
}

function isWithin(inner: Members, outer: Members): boolean {
  if (inner.size > outer.size) return false;
  for (const member of inner) if (!outer.has(member)) return false;
  return true;
}

function without(members: Members, member: number): Members {
  const rest = new Set(members);
  rest.delete(member);
  return rest;
}
