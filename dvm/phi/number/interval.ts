/**
 * Closed intervals of integers, and the few operations on them that propagation and the translation share.
 *
 * @module
 */
import { abs, type Int, max, min, mul } from "./integer.ts";

/** All integers from `lo` to `hi`, both included. */
export interface Interval {
  readonly lo: Int;
  readonly hi: Int;
}

/** The smallest interval that contains the values given, of which there is at least one. */
export function hull(values: readonly Int[]): Interval {
  return { lo: values.reduce((a, b) => min(a, b)), hi: values.reduce((a, b) => max(a, b)) };
}

/** All products of a value of `a` and a value of `b`, as an interval. */
export function productOf(a: Interval, b: Interval): Interval {
  return hull([mul(a.lo, b.lo), mul(a.lo, b.hi), mul(a.hi, b.lo), mul(a.hi, b.hi)]);
}

/** The greatest absolute value in an interval. */
export function magnitude({ lo, hi }: Interval): Int {
  return max(abs(lo), abs(hi));
}
