/**
 * The state of a search: the bounds of every variable, the trail of their changes with reasons, and the queue of constraints
 * to propagate. Changes are undone in reverse order.
 *
 * @module
 */
import { type Int, max, min } from "../number/integer.ts";
import type { SystemSize, VariableStore } from "./variable_store.ts";
import { type AffineView, formRange } from "./linear_form.ts";

/** Which bound of a variable. */
export type Side = "lo" | "hi";

/** Bounds, each with a positive factor: their weighted sum is an implied inequality. */
export type Combination = readonly {
  readonly q: number;
  readonly side: Side;
  readonly factor: Int;
}[];

/** Why a bound changed: by decision, or implied by a constraint (its index) or by a combination of other bounds. */
export type Reason = "decision" | number | Combination;

/** One change of one bound: an entry of the trail. */
export interface Change {
  readonly q: number;
  readonly side: Side;
  /** The bound before the change. */
  readonly before: Int;
  /** Index of the previous change of the same bound; -1 if there is none. */
  readonly previous: number;
  readonly reason: Reason;
  /** The number of the propagation that made the change: changes of one propagation are one step of a refutation. */
  readonly propagation: number;
  /** Whether a refutation needs the change. */
  isNeeded: boolean;
}

/** The bounds of the variables of a store. */
export class Bounds {
  /** The current lower bound of each variable. */
  readonly lo: Int[];
  /** The current upper bound of each variable. */
  readonly hi: Int[];
  /** All changes, oldest first. */
  readonly trail: Change[] = [];
  /** Index of the last change of each bound; -1 for the initial bound. */
  readonly #loAt: number[];
  readonly #hiAt: number[];
  readonly #store: VariableStore;
  readonly #queue: number[] = [];
  readonly #isQueued: boolean[] = [];
  #next = 0;
  /** A variable whose lower bound exceeds its upper bound; -1 if there is none. */
  conflict = -1;
  /** The number of the current propagation. */
  propagation = 0;

  constructor(store: VariableStore) {
    this.#store = store;
    this.lo = [...store.lo];
    this.hi = [...store.hi];
    this.#loAt = this.lo.map(() => -1);
    this.#hiAt = this.hi.map(() => -1);
    for (const index of store.constraints.keys()) this.#enqueue(index);
  }

  /** Adopts the variables and constraints added to the store. */
  extend(): void {
    for (let q = this.lo.length; q < this.#store.lo.length; q++) {
      const row = this.#store.rows[q];
      // The initial bounds of a new row follow from the initial bounds of its variables, so that no undo invalidates them.
      const range = row === undefined
        ? { lo: this.#store.lo[q] ?? 0, hi: this.#store.hi[q] ?? 0 }
        : formRange(row.form, this.#store.lo, this.#store.hi);
      this.lo.push(range.lo);
      this.hi.push(range.hi);
      this.#loAt.push(-1);
      this.#hiAt.push(-1);
    }
    for (let index = this.#isQueued.length; index < this.#store.constraints.length; index++) {
      this.#enqueue(index);
    }
  }

  /** Removes what was added to the store since it had the size given. The trail must not mention it. */
  truncate(size: SystemSize): void {
    if (this.lo.length === size.variables) return;
    this.#store.truncate(size);
    for (const list of [this.lo, this.hi, this.#loAt, this.#hiAt]) list.length = size.variables;
    this.#isQueued.length = size.constraints;
  }

  /** The view x − factor · y, for which a row is added if needed. */
  difference(x: AffineView, y: AffineView, factor: Int): AffineView {
    const view = this.#store.difference(x, y, factor);
    this.extend();
    return view;
  }

  /** Whether a variable has one value. */
  isFixed(q: number): boolean {
    return this.lo[q] === this.hi[q];
  }

  /** Raises the lower bound of a variable; has no effect if it is as high already. */
  raise(q: number, value: Int, reason: Reason): void {
    const before = this.lo[q] ?? 0;
    if (value <= before) return;
    this.#record(q, "lo", before, reason);
    this.lo[q] = value;
    if (value > (this.hi[q] ?? 0)) this.conflict = q;
  }

  /** Lowers the upper bound of a variable; has no effect if it is as low already. */
  lower(q: number, value: Int, reason: Reason): void {
    const before = this.hi[q] ?? 0;
    if (value >= before) return;
    this.#record(q, "hi", before, reason);
    this.hi[q] = value;
    if (value < (this.lo[q] ?? 0)) this.conflict = q;
  }

  #record(q: number, side: Side, before: Int, reason: Reason): void {
    const at = side === "lo" ? this.#loAt : this.#hiAt;
    const previous = at[q] ?? -1;
    at[q] = this.trail.push({
      q,
      side,
      before,
      previous,
      reason,
      propagation: this.propagation,
      isNeeded: false,
    }) - 1;
    for (const index of this.#store.watching[q] ?? []) this.#enqueue(index);
  }

  #enqueue(index: number): void {
    if (this.#isQueued[index] === true) return;
    this.#isQueued[index] = true;
    this.#queue.push(index);
  }

  /** Takes the next constraint to propagate, first in first out; -1 if the queue is empty. */
  dequeue(): number {
    const index = this.#queue[this.#next++];
    this.propagation++;
    if (index === undefined) {
      this.#queue.length = 0;
      this.#next = 0;
      return -1;
    }
    this.#isQueued[index] = false;
    return index;
  }

  /** Whether no constraint is queued. */
  get isAtFixpoint(): boolean {
    return this.#next >= this.#queue.length;
  }

  /** Empties the queue. */
  clearQueue(): void {
    for (const index of this.#queue) this.#isQueued[index] = false;
    this.#queue.length = 0;
    this.#next = 0;
  }

  /** Undoes the changes beyond a length of the trail. */
  undo(height: number): void {
    while (this.trail.length > height) {
      const change = this.trail.pop();
      if (change === undefined) return;
      const { q, side, before, previous } = change;
      (side === "lo" ? this.lo : this.hi)[q] = before;
      (side === "lo" ? this.#loAt : this.#hiAt)[q] = previous;
    }
    this.conflict = -1;
  }

  /** The last change of a bound; `undefined` for the initial bound. */
  changeOf(q: number, side: Side): Change | undefined {
    return this.trail[(side === "lo" ? this.#loAt : this.#hiAt)[q] ?? -1];
  }

  /**
   * Visits the changes from the last one back to index `start`. During a visit, {@link changeOf} returns what it returned
   * before that change; the bounds do not change.
   */
  visitBack(start: number, visit: (change: Change) => void): void {
    for (let index = this.trail.length - 1; index >= start; index--) {
      const change = this.trail[index];
      if (change === undefined) continue;
      (change.side === "lo" ? this.#loAt : this.#hiAt)[change.q] = change.previous;
      visit(change);
    }
    for (let index = start; index < this.trail.length; index++) {
      const change = this.trail[index];
      if (change !== undefined) {
        (change.side === "lo" ? this.#loAt : this.#hiAt)[change.q] = index;
      }
    }
  }

  /** Whether a bound is implied by something other than the row of the variable. */
  isAsserted(q: number, side: Side, row: number): boolean {
    const at = (side === "lo" ? this.#loAt : this.#hiAt)[q] ?? -1;
    return at >= 0 && this.trail[at]?.reason !== row;
  }

  /** The distance between the bounds; rounded if it is not a safe integer. */
  width(q: number): number {
    return Number(this.hi[q] ?? 0) - Number(this.lo[q] ?? 0);
  }

  /** The value within the bounds that is first in the canonical order: the nearest to 0. */
  nearestToZero(q: number): Int {
    return min(max(this.lo[q] ?? 0, 0), this.hi[q] ?? 0);
  }
}
