/**
 * Reading and setting quantities through views.
 *
 * @module
 */
import type { Bounds } from "./bounds.ts";
import { ceilDiv, floorDiv, type Int, sub } from "./exact.ts";
import type { View } from "./space.ts";

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

/** Puts a view between two bounds. A constant outside them crosses the bounds of nothing: its own quantity must exist. */
export function setView(view: View, lo: Int, hi: Int, reason: number, bounds: Bounds): void {
  const { q, scale, offset } = view;
  if (q < 0) return;
  const least = sub(lo, offset), most = sub(hi, offset);
  const [low, high] = scale > 0
    ? [ceilDiv(least, scale), floorDiv(most, scale)]
    : [ceilDiv(most, scale), floorDiv(least, scale)];
  bounds.raise(q, low, reason);
  if (bounds.crossed < 0) bounds.lower(q, high, reason);
}
