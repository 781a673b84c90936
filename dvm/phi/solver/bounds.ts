/**
 * The state of a search: the bounds of every variable, the trail of their changes with reasons, and the queue of constraints
 * to propagate. Changes are undone in reverse order.
 *
 * @module
 */
import {
  ANY_DIGITS,
  type Digits,
  digitsOfRange,
  greatestWith,
  leastWith,
  meetDigits,
} from "../number/digits.ts";
import { type Int, intOf, max, min } from "../number/integer.ts";
import { isIdle } from "./constraint.ts";
import { type AffineView, formRange } from "./linear_form.ts";
import type { Nogood, Side } from "./nogood.ts";
import type { SystemSize, VariableStore } from "./variable_store.ts";

/** What is known of a variable: its bounds, and its digits. */
export type Aspect = Side | "digits";

/** Bounds, each with a positive factor: their weighted sum is an implied inequality. */
export type Combination = readonly {
  readonly q: number;
  readonly side: Side;
  readonly factor: Int;
}[];

/**
 * Why a bound changed: by decision, for the residue that was decided, or implied by a constraint (its index), by a combination of
 * other bounds, or by a nogood.
 */
export type Reason = "decision" | "residue" | number | Combination | Nogood;

/** One change of one bound, or of the digits: an entry of the trail. */
export type Change = ChangeOf<Side, Int> | ChangeOf<"digits", Digits>;

interface ChangeOf<Changed extends Aspect, Before> {
  readonly q: number;
  readonly side: Changed;
  /** The bound, or the digits, before the change. */
  readonly before: Before;
  /** The same after the change. */
  readonly after: Before;
  /** How many decisions the change was made under. */
  readonly level: number;
  /** Index of the previous change of the same; -1 if there is none. */
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
  /** The known digits of each variable. */
  readonly digits: Digits[];
  /** All changes, oldest first. */
  readonly trail: Change[] = [];
  /** Index of the last change of each bound; -1 for the initial bound. */
  readonly #loAt: number[];
  readonly #hiAt: number[];
  readonly #digitsAt: number[];
  readonly #store: VariableStore;
  readonly #queue: number[] = [];
  readonly #isQueued: boolean[] = [];
  #next = 0;
  /** A variable whose lower bound exceeds its upper bound; -1 if there is none. */
  conflict = -1;
  /** The number of the current propagation. */
  propagation = 0;
  /** A constraint that is not queued for the changes that it implies itself; -1 for none. */
  asleep = -1;
  /** The number of decisions that the next changes are made under. */
  level = 0;

  constructor(store: VariableStore) {
    this.#store = store;
    this.lo = [...store.lo];
    this.hi = [...store.hi];
    this.digits = this.lo.map(() => ANY_DIGITS);
    this.#loAt = this.lo.map(() => -1);
    this.#hiAt = this.hi.map(() => -1);
    this.#digitsAt = this.lo.map(() => -1);
    for (const index of store.constraints.keys()) this.enqueue(index);
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
      this.digits.push(ANY_DIGITS);
      this.#loAt.push(-1);
      this.#hiAt.push(-1);
      this.#digitsAt.push(-1);
    }
    for (let index = this.#isQueued.length; index < this.#store.constraints.length; index++) {
      this.enqueue(index);
    }
  }

  /** Removes what was added to the store since it had the size given. The trail must not mention it. */
  truncate(size: SystemSize): void {
    if (this.lo.length === size.variables) return;
    this.#store.truncate(size);
    for (const list of [this.lo, this.hi, this.digits]) list.length = size.variables;
    for (const list of [this.#loAt, this.#hiAt, this.#digitsAt]) list.length = size.variables;
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
    this.lo[q] = value;
    this.#push({ q, side: "lo", before, after: value, reason });
    if (value > (this.hi[q] ?? 0)) this.conflict = q;
  }

  /** Lowers the upper bound of a variable; has no effect if it is as low already. */
  lower(q: number, value: Int, reason: Reason): void {
    const before = this.hi[q] ?? 0;
    if (value >= before) return;
    this.hi[q] = value;
    this.#push({ q, side: "hi", before, after: value, reason });
    if (value < (this.lo[q] ?? 0)) this.conflict = q;
  }

  /**
   * Adds what is known of the digits of a variable, and moves its bounds to the nearest values with these digits. `found` is
   * `undefined` if it has no value.
   */
  learn(q: number, found: Digits | undefined, reason: Reason): void {
    const before = this.digits[q] ?? ANY_DIGITS;
    const met = found && meetDigits(before, found);
    if (met === undefined || !isSame(met, before)) {
      this.#push({ q, side: "digits", before, after: met ?? before, reason });
      if (met === undefined) this.conflict = q;
      else this.digits[q] = met;
    }
    if (met === undefined || isUnknown(met)) return;
    const lo = this.lo[q] ?? 0, hi = this.hi[q] ?? 0;
    const least = leastWith(met, BigInt(lo)), most = greatestWith(met, BigInt(hi));
    this.raise(q, least === undefined ? intOf(BigInt(hi) + 1n) : intOf(least), reason);
    if (this.conflict < 0 && most !== undefined) this.lower(q, intOf(most), reason);
  }

  /** What is known of the digits of a variable, its bounds included; `undefined` if it has no value. */
  digitsOf(q: number): Digits | undefined {
    const range = digitsOfRange(BigInt(this.lo[q] ?? 0), BigInt(this.hi[q] ?? 0));
    return meetDigits(this.digits[q] ?? ANY_DIGITS, range);
  }

  #push(
    change:
      | Pick<ChangeOf<Side, Int>, "q" | "side" | "before" | "after" | "reason">
      | Pick<ChangeOf<"digits", Digits>, "q" | "side" | "before" | "after" | "reason">,
  ): void {
    const at = this.#changes(change.side), { q } = change;
    const previous = at[q] ?? -1;
    const { propagation, level } = this;
    at[q] = this.trail.push({ ...change, previous, propagation, level, isNeeded: false }) - 1;
    for (const index of this.#store.watching[q] ?? []) this.#wake(index);
  }

  #changes(aspect: Aspect): number[] {
    return aspect === "lo" ? this.#loAt : aspect === "hi" ? this.#hiAt : this.#digitsAt;
  }

  #wake(index: number): void {
    if (this.#isQueued[index] === true || index === this.asleep) return;
    const constraint = this.#store.constraints[index];
    if (constraint !== undefined && !isIdle(constraint, this.lo, this.hi)) this.enqueue(index);
  }

  /** Queues a constraint for propagation. */
  enqueue(index: number): void {
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

  /** Restores the trail and the store as they were at this height and size, with nothing queued. */
  backtrack(height: number, size: SystemSize): void {
    this.clearQueue();
    this.undo(height);
    this.truncate(size);
  }

  /** Undoes the changes beyond a length of the trail. */
  undo(height: number): void {
    while (this.trail.length > height) {
      const change = this.trail.pop();
      if (change === undefined) return;
      const { q, previous } = change;
      if (change.side === "digits") this.digits[q] = change.before;
      else (change.side === "lo" ? this.lo : this.hi)[q] = change.before;
      this.#changes(change.side)[q] = previous;
    }
    this.conflict = -1;
  }

  /** The index of the last change of a bound or of the digits before index `end`; -1 if there is none. */
  lastChange(q: number, aspect: Aspect, end: number): number {
    let at = this.#changes(aspect)[q] ?? -1;
    while (at >= end) at = this.trail[at]?.previous ?? -1;
    return at;
  }

  /** The value that a bound had before the change with index `end`. */
  boundBefore(q: number, side: Side, end: number): Int {
    const change = this.trail[this.lastChange(q, side, end)];
    if (change !== undefined && change.side !== "digits") return change.after;
    return (side === "lo" ? this.#store.lo : this.#store.hi)[q] ?? 0;
  }

  /** The index of the first change before index `end` by which a bound is at least as tight as `value`; -1 for the initial bound. */
  firstChangeTo(q: number, side: Side, value: Int, end: number): number {
    let at = this.lastChange(q, side, end);
    for (let change = this.trail[at]; change !== undefined && change.side !== "digits";) {
      if (side === "lo" ? change.before < value : change.before > value) break;
      at = change.previous;
      change = this.trail[at];
    }
    return at;
  }

  /** The last change of a bound or of the digits; `undefined` if there is none. */
  changeOf(q: number, aspect: Aspect): Change | undefined {
    return this.trail[this.#changes(aspect)[q] ?? -1];
  }

  /**
   * Visits the changes from the last one back to index `start`. During a visit, {@link changeOf} returns what it returned
   * before that change; the bounds do not change.
   */
  visitBack(start: number, visit: (change: Change, index: number) => void): void {
    for (let index = this.trail.length - 1; index >= start; index--) {
      const change = this.trail[index];
      if (change === undefined) continue;
      this.#changes(change.side)[change.q] = change.previous;
      visit(change, index);
    }
    for (let index = start; index < this.trail.length; index++) {
      const change = this.trail[index];
      if (change !== undefined) {
        this.#changes(change.side)[change.q] = index;
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

  /** The value within the bounds that is first in the canonical order, that is, the nearest to 0, as far as its digits are known. */
  nearestToZero(q: number): Int {
    const lo = this.lo[q] ?? 0, hi = this.hi[q] ?? 0, nearest = min(max(lo, 0), hi);
    const digits = this.digits[q] ?? ANY_DIGITS;
    if (isUnknown(digits)) return nearest;
    const above = leastWith(digits, BigInt(nearest)), below = greatestWith(digits, BigInt(nearest));
    if (above === undefined || above > hi) return below === undefined ? nearest : intOf(below);
    if (below === undefined || below < lo) return intOf(above);
    return intOf(above <= -below ? above : below);
  }
}

function isUnknown({ mask, modulus }: Digits): boolean {
  return mask === 0n && modulus === 1n;
}

function isSame(a: Digits, b: Digits): boolean {
  return a.mask === b.mask && a.modulus === b.modulus; // with as much known, the rest is equal
}
