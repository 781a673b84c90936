/**
 * Bounds propagation for truncated quotients. Bounds other than |quotient| ≤ |dividend| need a divisor of known sign; the
 * search splits unknowns at 0 for this reason.
 *
 * @module
 */
import { abs, add, floorDiv, intOf, max, mul, neg, sub, truncDiv } from "../number/integer.ts";
import { hull, type Interval, magnitude } from "../number/interval.ts";
import { restrictView } from "./narrowing.ts";
import {
  isWide,
  narrowOperand,
  narrowResult,
  type OperationPropagation,
  rangeOf,
  relateQuotient,
  resultOf,
} from "./operation_propagation.ts";

/** An absolute value greater than that of any variable made of unknowns of 128 bits. */
const BEYOND_ALL = intOf(1n << 512n);

/** Tightens a quotient, its dividend and its divisor. */
export function propagateQuotient(at: OperationPropagation): void {
  const { a, b } = at.operation;
  const y = rangeOf(at, b);
  if (y.lo <= 0 && y.hi >= 0) { // the divisor can be 0, and then the quotient is 0
    const size = magnitude(rangeOf(at, a));
    return narrowResult(at, { lo: neg(size), hi: size });
  }
  const x = rangeOf(at, a);
  const ends = [
    truncDiv(x.lo, y.lo),
    truncDiv(x.lo, y.hi),
    truncDiv(x.hi, y.lo),
    truncDiv(x.hi, y.hi),
  ];
  if (x.lo < 0 && x.hi > 0) ends.push(0);
  narrowResult(at, hull(ends));
  if (at.bounds.conflict >= 0) return;
  narrowDividend(at, y);
  narrowDivisor(at, y);
  relateOperands(at, y);
  if (y.lo !== y.hi) return;
  const dividend = rangeOf(at, a), size = sub(abs(y.lo), 1); // the remainder has the sign of the dividend
  relateQuotient(at, y.lo, {
    lo: dividend.lo >= 0 ? 0 : neg(size),
    hi: dividend.hi <= 0 ? 0 : size,
  });
}

/**
 * If the quotient q is known and each operand has a known sign, the dividend lies between two multiples of the divisor: for
 * positive operands q · divisor ≤ dividend < (q + 1) · divisor.
 */
function relateOperands(at: OperationPropagation, divisor: Interval): void {
  const { bounds, index, operation } = at;
  const quotient = resultOf(at), dividend = rangeOf(at, operation.a);
  if (bounds.conflict >= 0 || quotient.lo !== quotient.hi) return;
  if (dividend.lo < 0 && dividend.hi > 0) return;
  if (!isWide(at, operation.a)) return;
  const isPositive = dividend.lo >= 0;
  const next = add(quotient.lo, isPositive === divisor.lo > 0 ? 1 : -1);
  const near = bounds.difference(operation.a, operation.b, quotient.lo);
  const toNear = isPositive ? { lo: 0, hi: BEYOND_ALL } : { lo: neg(BEYOND_ALL), hi: 0 };
  restrictView(near, toNear, index, bounds);
  if (bounds.conflict >= 0) return;
  const far = bounds.difference(operation.a, operation.b, next);
  const toFar = isPositive ? { lo: neg(BEYOND_ALL), hi: -1 } : { lo: 1, hi: BEYOND_ALL };
  restrictView(far, toFar, index, bounds);
}

/** The dividend is quotient · divisor plus a remainder of smaller absolute value than the divisor. */
function narrowDividend(at: OperationPropagation, divisor: Interval): void {
  const quotient = resultOf(at);
  const isNegative = divisor.hi < 0;
  const { lo: small, hi: large } = absoluteValues(divisor);
  const hi = quotient.hi >= 0 ? sub(mul(add(quotient.hi, 1), large), 1) : mul(quotient.hi, small);
  const lo = quotient.lo <= 0 ? add(mul(sub(quotient.lo, 1), large), 1) : mul(quotient.lo, small);
  narrowOperand(at, at.operation.a, isNegative ? { lo: neg(hi), hi: neg(lo) } : { lo, hi });
}

/** |divisor| ≤ |dividend| / |quotient| for a nonzero quotient, and |divisor| > |dividend| / (|quotient| + 1). */
function narrowDivisor(at: OperationPropagation, divisor: Interval): void {
  if (at.bounds.conflict >= 0) return;
  const quotient = resultOf(at), dividend = rangeOf(at, at.operation.a);
  const sizes = absoluteValues(divisor);
  const smallest = leastMagnitude(quotient);
  const hi = smallest === 0 ? sizes.hi : floorDiv(magnitude(dividend), smallest);
  const above = floorDiv(leastMagnitude(dividend), add(magnitude(quotient), 1));
  const lo = max(add(above, 1), sizes.lo);
  const range = divisor.hi < 0 ? { lo: neg(hi), hi: neg(lo) } : { lo, hi };
  narrowOperand(at, at.operation.b, range);
}

/** The range of the absolute values of a divisor of known sign. */
function absoluteValues({ lo, hi }: Interval): Interval {
  return hi < 0 ? { lo: neg(hi), hi: neg(lo) } : { lo, hi };
}

/** The least absolute value in a range. */
function leastMagnitude({ lo, hi }: Interval): Interval["lo"] {
  return lo > 0 ? lo : hi < 0 ? neg(hi) : 0;
}
