/**
 * Candidates: values for all unknowns, which are a configuration if they satisfy the conjuncts.
 *
 * @module
 */
import type { Int } from "../number/integer.ts";
import type { WorkBudget } from "../number/work_budget.ts";
import { type Configuration, evaluateTerms } from "../problem/problem.ts";
import type { Bounds } from "./bounds.ts";
import type { ConstraintSystem } from "./constraint_system.ts";
import type { RowConstraint } from "./constraint.ts";
import { decideNarrowRows } from "./narrow_rows.ts";
import { rounded } from "./linear_program.ts";
import type { Fraction } from "./simplex.ts";

/** Tries candidates of one search. */
export class Candidates {
  readonly #system: ConstraintSystem;
  readonly #bounds: Bounds;
  readonly #work: WorkBudget;
  readonly #values: Int[] = [];
  /** The last candidate that was a configuration. */
  #found: Configuration | undefined;

  constructor(system: ConstraintSystem, bounds: Bounds, work: WorkBudget) {
    this.#system = system;
    this.#bounds = bounds;
    this.#work = work;
  }

  /** The configuration found last; `undefined` if there is none. */
  get found(): Configuration | undefined {
    return this.#found;
  }

  /** Tries the known values, and for every other unknown the value within its bounds that is nearest to 0. */
  tryNearest(known?: ReadonlyMap<number, Int>): boolean {
    return this.#try(
      this.#system.unknowns.map((q) => known?.get(q) ?? this.#bounds.nearestToZero(q)),
    );
  }

  /** The same with the integers nearest to known fractions. */
  tryRounded(known: ReadonlyMap<number, Fraction>): boolean {
    return this.tryNearest(new Map([...known].map(([q, value]) => [q, rounded(value)])));
  }

  /** Whether a candidate is a configuration. */
  #try(candidate: Configuration): boolean {
    const { lo, hi } = this.#bounds, { unknowns, terms, conjuncts } = this.#system;
    const isWithin = unknowns.every((q, index) => {
      const value = candidate[index] ?? 0;
      return value >= (lo[q] ?? 0) && value <= (hi[q] ?? 0);
    });
    if (!isWithin) return false; // assumptions are bounds, not terms
    this.#work.spend(1 + (terms.length >> 4));
    evaluateTerms(terms, candidate, this.#values);
    if (!conjuncts.every(({ id }) => this.#values[id] === 1)) return false;
    this.#found = candidate;
    return true;
  }

  /** Decides narrow rows by meeting in the middle: a row without a solution, or `found` if one leads to a configuration. */
  decideNarrowRows(): RowConstraint | "found" | undefined {
    for (const { row, values } of decideNarrowRows(this.#system, this.#bounds, this.#work)) {
      if (values === undefined) return row;
      if (this.tryNearest(values)) return "found";
    }
    return undefined;
  }
}
