/**
 * The solver's state: bounds of quantities, every change of them with its reason, and what is still to be propagated.
 * Changes are undone in the reverse order; marks say which of them a refutation rests on.
 *
 * @module
 */
import { greatest, type Int, least } from "../number/integer.ts";
import type { Space, SpaceSize, View } from "./space.ts";

/** Which bound of a quantity. */
export type Side = "lo" | "hi";

/** A sum of bounds, each times a positive factor: an inequality that holds because they do. */
export type Combination = readonly {
  readonly q: number;
  readonly side: Side;
  readonly factor: Int;
}[];

/** Why a bound changed: it was decided, a constraint (by index) implies it, or a combination of other bounds does. */
export type Reason = "decision" | number | Combination;

/** One change of one bound. */
export interface Change {
  readonly q: number;
  readonly side: Side;
  readonly before: Int;
  /** Index of the change that made the bound what it was before; -1 for the initial bound. */
  readonly previous: number;
  readonly reason: Reason;
  /** Which look at the constraint: changes of one look are one step of a refutation. */
  readonly look: number;
  /** Whether a refutation rests on it. */
  isNeeded: boolean;
}

/** Bounds of the quantities of a space. */
export class Bounds {
  readonly lo: Int[];
  readonly hi: Int[];
  readonly trail: Change[] = [];
  /** Index of the change that made each bound what it is; -1 for the initial bound. */
  readonly #loAt: number[];
  readonly #hiAt: number[];
  readonly #space: Space;
  readonly #queue: number[] = [];
  readonly #isQueued: boolean[] = [];
  #next = 0;
  /** A quantity whose bounds have crossed; -1 when there is none. */
  crossed = -1;
  /** Counts looks at constraints. */
  look = 0;

  constructor(space: Space) {
    this.#space = space;
    this.lo = [...space.lo];
    this.hi = [...space.hi];
    this.#loAt = this.lo.map(() => -1);
    this.#hiAt = this.hi.map(() => -1);
    for (const index of space.constraints.keys()) this.#enqueue(index);
  }

  /** Takes in quantities that the space has gained. */
  extend(): void {
    for (let q = this.lo.length; q < this.#space.lo.length; q++) {
      const row = this.#space.rows[q];
      // The initial bounds of a new form are those its parts had at the beginning, which no undoing takes back.
      const range = row === undefined
        ? { lo: this.#space.lo[q] ?? 0, hi: this.#space.hi[q] ?? 0 }
        : this.#space.formRange(row.form, this.#space.lo, this.#space.hi);
      this.lo.push(range.lo);
      this.hi.push(range.hi);
      this.#loAt.push(-1);
      this.#hiAt.push(-1);
    }
    for (let index = this.#isQueued.length; index < this.#space.constraints.length; index++) {
      this.#enqueue(index);
    }
  }

  /** Gives up what the space has gained since it had that size. Nothing of it may be in the trail. */
  truncate(size: SpaceSize): void {
    if (this.lo.length === size.quantities) return;
    this.#space.truncate(size);
    for (const list of [this.lo, this.hi, this.#loAt, this.#hiAt]) list.length = size.quantities;
    this.#isQueued.length = size.constraints;
  }

  /** The view of x − factor · y. */
  difference(x: View, y: View, factor: Int): View {
    const view = this.#space.difference(x, y, factor);
    this.extend();
    return view;
  }

  isFixed(q: number): boolean {
    return this.lo[q] === this.hi[q];
  }

  /** Raises the lower bound. */
  raise(q: number, value: Int, reason: Reason): void {
    const before = this.lo[q] ?? 0;
    if (value <= before) return;
    this.#record(q, "lo", before, reason);
    this.lo[q] = value;
    if (value > (this.hi[q] ?? 0)) this.crossed = q;
  }

  /** Lowers the upper bound. */
  lower(q: number, value: Int, reason: Reason): void {
    const before = this.hi[q] ?? 0;
    if (value >= before) return;
    this.#record(q, "hi", before, reason);
    this.hi[q] = value;
    if (value < (this.lo[q] ?? 0)) this.crossed = q;
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
      look: this.look,
      isNeeded: false,
    }) - 1;
    for (const index of this.#space.watching[q] ?? []) this.#enqueue(index);
  }

  #enqueue(index: number): void {
    if (this.#isQueued[index] === true) return;
    this.#isQueued[index] = true;
    this.#queue.push(index);
  }

  /** The next constraint to look at, in the order in which they came up; -1 when there is none. */
  nextDue(): number {
    const index = this.#queue[this.#next++];
    this.look++;
    if (index === undefined) {
      this.#queue.length = 0;
      this.#next = 0;
      return -1;
    }
    this.#isQueued[index] = false;
    return index;
  }

  /** Forgets what is due. */
  clearDue(): void {
    for (const index of this.#queue) this.#isQueued[index] = false;
    this.#queue.length = 0;
    this.#next = 0;
  }

  /** Takes back all changes from number `height` on. */
  undo(height: number): void {
    while (this.trail.length > height) {
      const change = this.trail.pop();
      if (change === undefined) return;
      const { q, side, before, previous } = change;
      (side === "lo" ? this.lo : this.hi)[q] = before;
      (side === "lo" ? this.#loAt : this.#hiAt)[q] = previous;
    }
    this.crossed = -1;
  }

  /** The change that has made a bound what it is; `undefined` for the initial bound. */
  changeOf(q: number, side: Side): Change | undefined {
    return this.trail[(side === "lo" ? this.#loAt : this.#hiAt)[q] ?? -1];
  }

  /**
   * Visits the changes from the last one back to number `start`. While one is visited, {@link changeOf} answers as it did before
   * that change; the bounds stay as they are.
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

  /** Whether the bound comes from something else than the quantity's own row. */
  isAsserted(q: number, side: Side, row: number): boolean {
    const at = (side === "lo" ? this.#loAt : this.#hiAt)[q] ?? -1;
    return at >= 0 && this.trail[at]?.reason !== row;
  }

  /** The number of values between the bounds, as far as a number tells. */
  width(q: number): number {
    return Number(this.hi[q] ?? 0) - Number(this.lo[q] ?? 0);
  }

  /** The value between the bounds that stands first in the canonical order: nearest to 0. */
  nearest(q: number): Int {
    return least(greatest(this.lo[q] ?? 0, 0), this.hi[q] ?? 0);
  }
}
