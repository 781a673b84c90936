/**
 * Reading and setting quantities through views.
 *
 * @module
 */
import type { Bounds } from "./bounds.ts";
import { ceilDiv, floorDiv, type Int, sub } from "../number/integer.ts";
import type { View } from "./space.ts";

/**
 * A bound that a row or an operation concludes for a quantity with many values is taken only when it removes at least one in this
 * many of them. Slow chains of small steps (x < y < x over 64 bits) so end soon, and are left to linear programming and splits.
 */
const STEP_SHARE = 16;
/** Up to this many values every step is taken. */
const SMALL_WIDTH = 4096;

/** Whether a bound that moves by `step` is worth taking; the last value always is. */
export function isWorth(low: Int, high: Int, step: Int): boolean {
  const width = Number(high) - Number(low);
  return width <= SMALL_WIDTH || Number(step) * STEP_SHARE >= width;
}

/** Puts a quantity between two bounds, as far as that is worth taking. */
export function narrow(bounds: Bounds, q: number, range: Range, reason: number): void {
  const low = bounds.lo[q] ?? 0, high = bounds.hi[q] ?? 0;
  if (range.lo > low && isWorth(low, high, sub(range.lo, low))) bounds.raise(q, range.lo, reason);
  if (bounds.crossed >= 0) return;
  if (range.hi < high && isWorth(low, high, sub(high, range.hi))) bounds.lower(q, range.hi, reason);
}

interface Range {
  readonly lo: Int;
  readonly hi: Int;
}

/** Gives a quantity one value. */
export function fix(bounds: Bounds, q: number, value: Int, reason: number): void {
  bounds.raise(q, value, reason);
  if (bounds.crossed < 0) bounds.lower(q, value, reason);
}

/** 0 or 1, or -1 while it is open. */
export function literalValue({ q, scale, offset }: View, bounds: Bounds): number {
  if (q < 0) return Number(offset);
  if (bounds.lo[q] !== bounds.hi[q]) return -1;
  return scale === 1 ? Number(bounds.lo[q] ?? 0) : 1 - Number(bounds.lo[q] ?? 0);
}

/** Makes a literal true or false. */
export function setLiteral({ q, scale }: View, value: 0 | 1, reason: number, bounds: Bounds): void {
  fix(bounds, q, scale === 1 ? value : 1 - value, reason);
}

/** Puts a view between two bounds. A constant outside them crosses nothing: the result of its operation does. */
export function setView(view: View, range: Range, reason: number, bounds: Bounds): void {
  if (view.q < 0) return;
  const { lo, hi } = quantityRange(view, range);
  bounds.raise(view.q, lo, reason);
  if (bounds.crossed < 0) bounds.lower(view.q, hi, reason);
}

/** The bounds of a view's quantity when the view lies in a range. */
export function quantityRange({ scale, offset }: View, range: Range): Range {
  const least = sub(range.lo, offset), most = sub(range.hi, offset);
  return scale > 0
    ? { lo: ceilDiv(least, scale), hi: floorDiv(most, scale) }
    : { lo: ceilDiv(most, scale), hi: floorDiv(least, scale) };
}
