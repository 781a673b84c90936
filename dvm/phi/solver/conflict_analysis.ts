/**
 * Conflict analysis: from a conflict back along the trail to what it rests on. The bounds that are needed become the steps of
 * the refutation; all others are left out, so that a case whose refutation does not need its split refutes the other case
 * too (conflict-directed backjumping: Prosser 1993).
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import type { Int } from "../number/integer.ts";
import type { WorkBudget } from "../number/work_budget.ts";
import type { Aspect, Bounds, Change, Combination } from "./bounds.ts";
import type { RowConstraint } from "./constraint.ts";
import type { ConstraintSystem } from "./constraint_system.ts";
import { premisesOf } from "./premises.ts";
import type { RangesUsed } from "./ranges_used.ts";
import { type CertificateWriter, CLOSED, type Refutation } from "./refutation.ts";

/** What one use of a constraint adds to its weight, and after how many refuted cases all weights are halved. */
const WEIGHT = 1 << 10, WEIGHT_LIFE = 16;

/** What the analyses of one search are about. */
export interface SearchParts {
  readonly system: ConstraintSystem;
  readonly bounds: Bounds;
  readonly work: WorkBudget;
  readonly writer: CertificateWriter;
  readonly ranges: RangesUsed;
}

/** Builds the refutations of one search. */
export class ConflictAnalysis {
  readonly #system: ConstraintSystem;
  readonly #bounds: Bounds;
  readonly #work: WorkBudget;
  readonly #writer: CertificateWriter;
  readonly #ranges: RangesUsed;
  /** How often each constraint was needed in a refutation, by index; the last refutations count most. */
  readonly weights: number[] = [];
  #closed = 0;

  constructor({ system, bounds, work, writer, ranges }: SearchParts) {
    this.#system = system;
    this.#bounds = bounds;
    this.#work = work;
    this.#writer = writer;
    this.#ranges = ranges;
  }

  /** The conjuncts, by index, that the refutation of the whole problem needs. */
  core(): number[] {
    const needed = new Set<string>();
    for (const { q, side, reason, isNeeded } of this.#bounds.trail) {
      if (reason === "decision" && isNeeded) needed.add(`${side} ${q}`);
    }
    return this.#system.roots.flatMap(({ q, scale }, index) =>
      needed.delete(`${scale === 1 ? "lo" : "hi"} ${q}`) ? [index] : []
    );
  }

  /** Refutes a case in which the bounds of a variable are in conflict. `start` is the length of the trail before the case. */
  ofConflict(start: number): Refutation {
    const q = this.#bounds.conflict;
    for (const aspect of ["lo", "hi", "digits"] as const) this.#need(q, aspect);
    return this.close(start, CLOSED);
  }

  /** Refutes a case in which bounds add up to a contradiction. */
  ofCombination(start: number, combination: Combination): Refutation {
    this.#needAll(combination);
    return this.close(start, { steps: [this.#writer.combination(combination)], end: "" });
  }

  /** Refutes a case in which no values of a row's variables add up to within the bounds of the row. */
  ofRow(start: number, row: RowConstraint): Refutation {
    for (const q of [row.q, ...row.form.vars]) {
      this.#need(q, "lo");
      this.#need(q, "hi");
    }
    return this.close(start, { steps: [], end: this.#writer.noSum(row.q) });
  }

  /** Refutes a case by the refutations of the two cases of a split. */
  ofSplit(
    start: number,
    { q, at }: { readonly q: number; readonly at: Int },
    cases: { readonly atMost: Refutation; readonly above: Refutation },
  ): Refutation {
    return this.close(start, { steps: [], end: this.#writer.split(q, at, cases) });
  }

  /** Refutes a case by the refutations of the cases in which a variable has one residue each. */
  ofResidues(start: number, q: number, cases: readonly Refutation[]): Refutation {
    return this.close(start, { steps: [], end: this.#writer.residues(q, cases) });
  }

  /** Puts the needed changes of a case before the rest of its refutation, and marks what these changes rest on. */
  close(start: number, rest: Refutation): Refutation {
    const steps: string[] = [];
    if (++this.#closed % WEIGHT_LIFE === 0) {
      this.weights.forEach((weight, index) => this.weights[index] = Math.floor(weight / 2));
    }
    let later: Change | undefined;
    this.#bounds.visitBack(start, (change, index) => {
      if (!change.isNeeded) return;
      if (typeof change.reason === "number") this.#weigh(change.reason);
      this.#needPremises(change, index);
      const isSameStep = change.propagation === later?.propagation &&
        change.reason === later.reason;
      if (!isSameStep) { for (const step of this.#stepText(change)) steps.push(step); }
      later = change;
    });
    this.#work.spend(1 + ((this.#bounds.trail.length - start) >> 3));
    return { steps: [...steps.reverse(), ...rest.steps], end: rest.end };
  }

  #weigh(index: number): void {
    this.weights[index] = (this.weights[index] ?? 0) + WEIGHT;
  }

  #stepText({ reason }: Change): string[] {
    if (reason === "decision" || reason === "residue") return [];
    return [this.#writer.reason(reason)];
  }

  #need(q: number, aspect: Aspect, value?: Int): void {
    const change = aspect === "digits" || value === undefined
      ? this.#bounds.changeOf(q, aspect)
      : this.#bounds.trail[this.#bounds.firstChangeTo(q, aspect, value, Infinity)];
    if (change !== undefined) change.isNeeded = true;
    else if (aspect !== "digits") this.#ranges.use(q);
  }

  #needAll(combination: Combination): void {
    for (const { q, side } of combination) this.#need(q, side);
  }

  #needPremises({ q, side, after, reason }: Change, index: number): void {
    if (reason === "decision") return;
    if (side === "digits" || reason === "residue") this.#need(q, "digits"); // the change added to them, or rounded to them
    if (reason === "residue") return side === "digits" ? undefined : this.#need(q, side);
    if (typeof reason !== "number") {
      assert(!("literals" in reason), "nothing is learned from a tree of cases");
      return this.#needAll(reason);
    }
    const constraint = this.#system.constraints[reason];
    if (constraint !== undefined) {
      const change = { q, side, after, index };
      premisesOf(
        constraint,
        change,
        this.#bounds,
        (other, on, value) => this.#need(other, on, value),
      );
    }
  }
}
