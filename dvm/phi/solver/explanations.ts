/**
 * Explanations of changes on the trail: what each rests on, as earlier changes.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import type { Int } from "../number/integer.ts";
import type { Aspect, Bounds, Change, Combination } from "./bounds.ts";
import type { SearchParts } from "./conflict_analysis.ts";
import { premisesOf, type VisitPremise } from "./premises.ts";

/** Explains the changes of one search. */
export class Explanations {
  readonly #parts: SearchParts;
  readonly #bounds: Bounds;

  constructor(parts: SearchParts) {
    this.#parts = parts;
    this.#bounds = parts.bounds;
  }

  /** A change by its index. */
  change(index: number): Change {
    const change = this.#bounds.trail[index];
    assert(change !== undefined, "an index of the trail");
    return change;
  }

  /** The change that made a bound what is needed, and what is needed of it; `undefined` if the initial bound suffices. */
  find(
    q: number,
    aspect: Aspect,
    before: number,
    value: Int | undefined,
  ): { readonly index: number; readonly value: Int } | undefined {
    const bounds = this.#bounds;
    const index = aspect === "digits" || value === undefined
      ? bounds.lastChange(q, aspect, before)
      : bounds.firstChangeTo(q, aspect, value, before);
    const change = bounds.trail[index];
    if (change !== undefined) {
      return { index, value: value ?? (change.side === "digits" ? 0 : change.after) };
    }
    if (aspect !== "digits") this.#parts.ranges.use(q);
    return undefined;
  }

  /** Visits what a change rests on. */
  premises(index: number, visit: VisitPremise): void {
    const { q, side, after, reason } = this.change(index);
    if (reason === "decision" || reason === "residue") return;
    if (side === "digits") visit(q, "digits");
    if (typeof reason === "number") {
      const constraint = this.#parts.system.constraints[reason];
      assert(constraint !== undefined, "a constraint implied the change");
      return premisesOf(constraint, { q, side, after, index }, this.#bounds, visit);
    }
    if (!("literals" in reason)) return visitCombination(reason, visit);
    for (const literal of reason.literals) {
      if (literal.q !== q || literal.side === side) visit(literal.q, literal.side, literal.value);
    }
  }
}

/** Whether two changes are of one propagation, and so of one step. */
export function isSameStep(change: Change, before: Change | undefined): boolean {
  return change.reason === before?.reason && change.propagation === before.propagation;
}

/** Visits the bounds that are added up. */
export function visitCombination(combination: Combination, visit: VisitPremise): void {
  for (const { q, side } of combination) visit(q, side);
}
