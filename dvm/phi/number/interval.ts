/**
 * Closed intervals of integers, and the few operations on them that propagation and the translation share.
 *
 * @module
 */
import { abs, type Int, max, min, mul, neg } from "./integer.ts";

/** All integers from `lo` to `hi`, both included. */
export interface Interval {
  readonly lo: Int;
  readonly hi: Int;
}

/** The smallest interval that contains the values given, of which there is at least one. */
export function hull(values: readonly Int[]): Interval {
  return { lo: values.reduce((a, b) => min(a, b)), hi: values.reduce((a, b) => max(a, b)) };
}

/**
 * A product of two quantities is cut at this number and its opposite. Quantities that a configuration depends on fit 64 bits, and so
 * no product of two of them reaches it; without the cut a chain of squares would double its digits with each of them.
 */
export const PRODUCT_LIMIT: Int = 2n ** 128n;

/** a · b, cut at {@link PRODUCT_LIMIT}. */
export function cutProduct(a: Int, b: Int): Int {
  const product = mul(a, b);
  if (typeof product === "number") return product;
  return max(min(product, PRODUCT_LIMIT), neg(PRODUCT_LIMIT));
}

/** Whether no product in an interval can have been cut. */
export function isUncut({ lo, hi }: Interval): boolean {
  return hi < PRODUCT_LIMIT && lo > neg(PRODUCT_LIMIT);
}

/** All cut products of a value of `a` and a value of `b`, as an interval. */
export function productOf(a: Interval, b: Interval): Interval {
  return hull([
    cutProduct(a.lo, b.lo),
    cutProduct(a.lo, b.hi),
    cutProduct(a.hi, b.lo),
    cutProduct(a.hi, b.hi),
  ]);
}

/** The greatest absolute value in an interval. */
export function magnitude({ lo, hi }: Interval): Int {
  return max(abs(lo), abs(hi));
}
