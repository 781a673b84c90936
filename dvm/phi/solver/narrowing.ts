/**
 * Narrowing the bounds of variables, directly or through affine views.
 *
 * @module
 */
import { ceilDiv, floorDiv, type Int, sub } from "../number/integer.ts";
import type { Interval } from "../number/interval.ts";
import type { Bounds } from "./bounds.ts";
import type { AffineView } from "./linear_form.ts";

/**
 * A bound derived for a variable with many values is adopted only if it removes at least one in this many of them. This ends slow
 * chains of small steps (x < y < x over 64 bits) early, and leaves them to linear programming and splits.
 */
const STEP_SHARE = 16;
/** Up to this width every step is adopted. */
const SMALL_WIDTH = 4096;

/** Whether it is worthwhile to move a bound of a variable by `step`. */
export function isWorthwhile(low: Int, high: Int, step: Int): boolean {
  const width = Number(high) - Number(low);
  return width <= SMALL_WIDTH || Number(step) * STEP_SHARE >= width;
}

/** Narrows a variable to a range, as far as that is worthwhile. */
export function narrow(bounds: Bounds, q: number, range: Interval, reason: number): void {
  const low = bounds.lo[q] ?? 0, high = bounds.hi[q] ?? 0;
  if (range.lo > low && isWorthwhile(low, high, sub(range.lo, low))) {
    bounds.raise(q, range.lo, reason);
  }
  if (bounds.conflict >= 0) return;
  if (range.hi < high && isWorthwhile(low, high, sub(high, range.hi))) {
    bounds.lower(q, range.hi, reason);
  }
}

/** Fixes a variable to one value. */
export function assign(bounds: Bounds, q: number, value: Int, reason: number): void {
  bounds.raise(q, value, reason);
  if (bounds.conflict < 0) bounds.lower(q, value, reason);
}

/** The value of a boolean view: 0 or 1, or -1 if it is open. */
export function literalValue({ q, scale, offset }: AffineView, bounds: Bounds): number {
  if (q < 0) return Number(offset);
  if (bounds.lo[q] !== bounds.hi[q]) return -1;
  return scale === 1 ? Number(bounds.lo[q] ?? 0) : 1 - Number(bounds.lo[q] ?? 0);
}

/** Fixes a boolean view. */
export function assignLiteral(
  { q, scale }: AffineView,
  value: 0 | 1,
  reason: number,
  bounds: Bounds,
): void {
  assign(bounds, q, scale === 1 ? value : 1 - value, reason);
}

/** Restricts a view to a range. A constant outside the range is ignored: the result of its operation is then in conflict. */
export function restrictView(
  view: AffineView,
  range: Interval,
  reason: number,
  bounds: Bounds,
): void {
  if (view.q < 0) return;
  const { lo, hi } = rangeOfVariable(view, range);
  bounds.raise(view.q, lo, reason);
  if (bounds.conflict < 0) bounds.lower(view.q, hi, reason);
}

/** The range of the variable of a view if the view is within `range`. */
export function rangeOfVariable({ scale, offset }: AffineView, range: Interval): Interval {
  const least = sub(range.lo, offset), most = sub(range.hi, offset);
  return scale > 0
    ? { lo: ceilDiv(least, scale), hi: floorDiv(most, scale) }
    : { lo: ceilDiv(most, scale), hi: floorDiv(least, scale) };
}
