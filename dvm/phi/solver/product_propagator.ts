/**
 * Bounds propagation for products and squares.
 *
 * @module
 */
import { add, ceilDiv, floorDiv, max, mul, neg, squareRoot } from "../number/integer.ts";
import { cutProduct, hull, isUncut, magnitude, productOf } from "../number/interval.ts";
import type { OperationConstraint } from "./constraint.ts";
import type { AffineView } from "./linear_form.ts";
import {
  narrowOperand,
  narrowResult,
  type OperationPropagation,
  rangeOf,
  relateProduct,
  resultOf,
} from "./operation_propagation.ts";

/** Tightens a product and its factors. */
export function propagateProduct(at: OperationPropagation): void {
  const { a, b } = at.operation;
  if (isSquare(at.operation)) return propagateSquare(at);
  const x = rangeOf(at, a), y = rangeOf(at, b);
  narrowResult(at, productOf(x, y));
  if (!isUncut(resultOf(at))) return; // the factors do not follow from a product that may have been cut
  narrowFactor(at, a, b);
  narrowFactor(at, b, a);
  if (x.lo === x.hi) relateProduct(at, b, x.lo);
  else if (y.lo === y.hi) relateProduct(at, a, y.lo);
}

function isSquare({ a, b }: OperationConstraint): boolean {
  return a.q === b.q && a.scale === b.scale && a.offset === b.offset;
}

function propagateSquare(at: OperationPropagation): void {
  const { a } = at.operation;
  const x = rangeOf(at, a);
  const nearest = x.lo > 0 ? x.lo : x.hi < 0 ? x.hi : 0;
  const farthest = magnitude(x);
  narrowResult(at, { lo: cutProduct(nearest, nearest), hi: cutProduct(farthest, farthest) });
  const result = resultOf(at);
  if (at.bounds.conflict >= 0 || !isUncut(result)) return;
  // The root's absolute value is from `smallest` to `largest`.
  const largest = squareRoot(result.hi);
  const floor = squareRoot(max(result.lo, 0));
  const smallest = mul(floor, floor) < result.lo ? add(floor, 1) : floor;
  narrowOperand(at, a, {
    lo: x.lo > neg(smallest) ? smallest : neg(largest),
    hi: x.hi < smallest ? neg(smallest) : largest,
  });
}

/** Tightens one factor by the product and the other factor. */
function narrowFactor(at: OperationPropagation, factor: AffineView, other: AffineView): void {
  if (at.bounds.conflict >= 0) return;
  const product = resultOf(at);
  const isNonzero = product.lo > 0 || product.hi < 0;
  let y = rangeOf(at, other);
  if (isNonzero && (y.lo === 0 || y.hi === 0)) {
    narrowOperand(at, other, {
      lo: y.lo === 0 ? 1 : y.lo,
      hi: y.hi === 0 ? -1 : y.hi,
    });
    if (at.bounds.conflict >= 0) return;
    y = rangeOf(at, other);
  }
  if (y.lo <= 0 && y.hi >= 0) {
    // The other factor can have either sign. No factor of a nonzero product has a greater absolute value than the product.
    const size = magnitude(product);
    if (isNonzero) narrowOperand(at, factor, { lo: neg(size), hi: size });
    return;
  }
  const ends = [[product.lo, y.lo], [product.lo, y.hi], [product.hi, y.lo], [product.hi, y.hi]];
  narrowOperand(at, factor, {
    lo: hull(ends.map(([p = 0, d = 1]) => ceilDiv(p, d))).lo,
    hi: hull(ends.map(([p = 0, d = 1]) => floorDiv(p, d))).hi,
  });
}
