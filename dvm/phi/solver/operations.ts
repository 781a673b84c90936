/**
 * Bounds propagation for operations that are not linear: products, quotients, shifts and bit operations.
 *
 * @module
 */
import { unreachable } from "../../base/result.ts";
import {
  abs,
  add,
  ceilDiv,
  floorDiv,
  greatest,
  type Int,
  intOf,
  least,
  mul,
  neg,
  squareRoot,
  sub,
  truncDiv,
} from "../number/integer.ts";
import type { Bounds } from "./bounds.ts";
import { type Constraint, type View, viewRange } from "./space.ts";
import { computeArithmetic } from "../problem/term.ts";
import { narrow, quantityRange, setView } from "./views.ts";

/** q = a op b. */
type Operation = Extract<Constraint, { kind: "operation" }>;

interface Range {
  readonly lo: Int;
  readonly hi: Int;
}

/** One propagation: what the parts share. */
interface At {
  readonly operation: Operation;
  readonly index: number;
  readonly bounds: Bounds;
}

/** Operands with more values than this get a linear relation to the result when the other operand is known. */
const LINEAR_WIDTH_MIN = 64;

/** Tightens the result and the operands of an operation. */
export function propagateOperation(operation: Operation, index: number, bounds: Bounds): void {
  const at = { operation, index, bounds };
  const a = rangeOf(at, operation.a), b = rangeOf(at, operation.b);
  if (a.lo === a.hi && b.lo === b.hi) {
    const value = computeArithmetic(operation.op, a.lo, b.lo);
    return setResult(at, value, value);
  }
  switch (operation.op) {
    case "mul":
      return isSquare(operation) ? propagateSquare(at) : propagateProduct(at);
    case "div":
      return propagateQuotient(at);
    case "bitAnd":
    case "bitOr":
    case "bitXor":
      return propagateBits(at);
    case "shl":
    case "shr":
      return propagateShift(at, operation.op);
    default:
      return unreachable(operation.op);
  }
}

function rangeOf({ bounds }: At, view: View): Range {
  return viewRange(view, bounds.lo, bounds.hi);
}

function resultOf({ operation, bounds }: At): Range {
  return { lo: bounds.lo[operation.q] ?? 0, hi: bounds.hi[operation.q] ?? 0 };
}

function setResult({ operation, index, bounds }: At, lo: Int, hi: Int): void {
  narrow(bounds, operation.q, { lo, hi }, index);
}

function setOperand({ index, bounds }: At, view: View, lo: Int, hi: Int): void {
  if (bounds.crossed >= 0 || view.q < 0) return;
  narrow(bounds, view.q, quantityRange(view, { lo, hi }), index);
}

function isSquare({ a, b }: Operation): boolean {
  return a.q === b.q && a.scale === b.scale && a.offset === b.offset;
}

/** The greatest distance from 0. */
function magnitude({ lo, hi }: Range): Int {
  return greatest(abs(lo), abs(hi));
}

// ── products ───────────────────────────────────────────────────────────────────────────────────────────────────────

function propagateSquare(at: At): void {
  const { a } = at.operation;
  const x = rangeOf(at, a);
  const nearest = x.lo > 0 ? x.lo : x.hi < 0 ? x.hi : 0;
  const farthest = magnitude(x);
  setResult(at, mul(nearest, nearest), mul(farthest, farthest));
  if (at.bounds.crossed >= 0) return;
  const result = resultOf(at);
  const most = squareRoot(result.hi);
  const floor = squareRoot(greatest(result.lo, 0));
  const least_ = mul(floor, floor) < result.lo ? add(floor, 1) : floor;
  const lo = x.lo > neg(least_) ? least_ : neg(most);
  const hi = x.hi < least_ ? neg(least_) : most;
  setOperand(at, a, lo, hi);
}

function propagateProduct(at: At): void {
  const { a, b } = at.operation;
  const x = rangeOf(at, a), y = rangeOf(at, b);
  const ends = [mul(x.lo, y.lo), mul(x.lo, y.hi), mul(x.hi, y.lo), mul(x.hi, y.hi)];
  setResult(at, ends.reduce(least), ends.reduce(greatest));
  divideOut(at, a, b);
  divideOut(at, b, a);
  if (x.lo === x.hi) relate(at, b, x.lo);
  else if (y.lo === y.hi) relate(at, a, y.lo);
}

/** The result is a multiple of the operand: for linear programming, where the operand has many values. */
function relate(at: At, operand: View, factor: Int): void {
  const { operation, index, bounds } = at;
  if (bounds.crossed >= 0 || bounds.width(operand.q) < LINEAR_WIDTH_MIN) return;
  const result = { q: operation.q, scale: 1, offset: 0 };
  setView(bounds.difference(result, operand, factor), { lo: 0, hi: 0 }, index, bounds);
}

/** Tightens one factor by the product and the other factor. */
function divideOut(at: At, factor: View, other: View): void {
  if (at.bounds.crossed >= 0) return;
  const product = resultOf(at);
  const isZeroOut = product.lo > 0 || product.hi < 0;
  let y = rangeOf(at, other);
  if (isZeroOut && (y.lo === 0 || y.hi === 0)) {
    setOperand(at, other, y.lo === 0 ? 1 : y.lo, y.hi === 0 ? -1 : y.hi);
    if (at.bounds.crossed >= 0) return;
    y = rangeOf(at, other);
  }
  if (y.lo <= 0 && y.hi >= 0) {
    // The other factor may be on both sides of 0. A product that is not 0 has no factor beyond it.
    const most = magnitude(product);
    if (isZeroOut) setOperand(at, factor, neg(most), most);
    return;
  }
  const lows = [
    ceilDiv(product.lo, y.lo),
    ceilDiv(product.lo, y.hi),
    ceilDiv(product.hi, y.lo),
    ceilDiv(product.hi, y.hi),
  ];
  const highs = [
    floorDiv(product.lo, y.lo),
    floorDiv(product.lo, y.hi),
    floorDiv(product.hi, y.lo),
    floorDiv(product.hi, y.hi),
  ];
  setOperand(at, factor, lows.reduce(least), highs.reduce(greatest));
}

// ── quotients ──────────────────────────────────────────────────────────────────────────────────────────────────────

function propagateQuotient(at: At): void {
  const { a, b } = at.operation;
  const y = rangeOf(at, b);
  if (y.lo <= 0 && y.hi >= 0) { // the divisor may be 0, and the quotient 0 with it
    const most = magnitude(rangeOf(at, a));
    return setResult(at, neg(most), most);
  }
  const x = rangeOf(at, a);
  const ends = [
    truncDiv(x.lo, y.lo),
    truncDiv(x.lo, y.hi),
    truncDiv(x.hi, y.lo),
    truncDiv(x.hi, y.hi),
  ];
  if (x.lo < 0 && x.hi > 0) ends.push(0);
  setResult(at, ends.reduce(least), ends.reduce(greatest));
  if (at.bounds.crossed >= 0) return;
  boundDividend(at, y);
  boundDivisor(at, y);
  relateOperands(at, y);
  if (y.lo !== y.hi) return;
  const dividend = rangeOf(at, a), most = sub(abs(y.lo), 1); // the rest has the sign of the dividend
  relateQuotient(at, y.lo, {
    lo: dividend.lo >= 0 ? 0 : neg(most),
    hi: dividend.hi <= 0 ? 0 : most,
  });
}

/** a − divisor · result is the rest, which lies between two bounds. */
function relateQuotient(at: At, divisor: Int, rest: Range): void {
  const { bounds, index, operation } = at;
  if (bounds.crossed >= 0 || bounds.width(operation.a.q) < LINEAR_WIDTH_MIN) return;
  const result = { q: operation.q, scale: 1, offset: 0 };
  setView(bounds.difference(operation.a, result, divisor), rest, index, bounds);
}

/**
 * With a known quotient, and on one side of 0 each, the dividend lies between two multiples of the divisor: the one that the
 * quotient says, and before the next one away from 0.
 */
function relateOperands(at: At, divisor: Range): void {
  const { bounds, index, operation } = at;
  const quotient = resultOf(at), dividend = rangeOf(at, operation.a);
  if (bounds.crossed >= 0 || quotient.lo !== quotient.hi) return;
  if (dividend.lo < 0 && dividend.hi > 0) return;
  if (bounds.width(operation.a.q) < LINEAR_WIDTH_MIN) return;
  const isPositive = dividend.lo >= 0;
  const next = add(quotient.lo, isPositive === divisor.lo > 0 ? 1 : -1);
  const near = bounds.difference(operation.a, operation.b, quotient.lo);
  setView(near, isPositive ? { lo: 0, hi: FAR } : { lo: neg(FAR), hi: 0 }, index, bounds);
  if (bounds.crossed >= 0) return;
  const far = bounds.difference(operation.a, operation.b, next);
  setView(far, isPositive ? { lo: neg(FAR), hi: -1 } : { lo: 1, hi: FAR }, index, bounds);
}

/** Beyond every quantity that is made of unknowns of 128 bits. */
const FAR = intOf(1n << 512n);

/** a lies within a divisor's width of quotient times divisor, on the far side of it from 0. */
function boundDividend(at: At, divisor: Range): void {
  const quotient = resultOf(at);
  const isNegative = divisor.hi < 0;
  const small = isNegative ? neg(divisor.hi) : divisor.lo; // the divisor's size
  const large = isNegative ? neg(divisor.lo) : divisor.hi;
  const hi = quotient.hi >= 0 ? sub(mul(add(quotient.hi, 1), large), 1) : mul(quotient.hi, small);
  const lo = quotient.lo <= 0 ? add(mul(sub(quotient.lo, 1), large), 1) : mul(quotient.lo, small);
  if (isNegative) setOperand(at, at.operation.a, neg(hi), neg(lo));
  else setOperand(at, at.operation.a, lo, hi);
}

/** |b| ≤ |a| / |q| where the quotient is not 0, and |b| > |a| / (|q| + 1). */
function boundDivisor(at: At, divisor: Range): void {
  if (at.bounds.crossed >= 0) return;
  const quotient = resultOf(at), dividend = rangeOf(at, at.operation.a);
  const smallest = quotient.lo > 0 ? quotient.lo : quotient.hi < 0 ? neg(quotient.hi) : 0;
  const isNegative = divisor.hi < 0;
  const sizes = isNegative
    ? { lo: neg(divisor.hi), hi: neg(divisor.lo) }
    : { lo: divisor.lo, hi: divisor.hi };
  const hi = smallest === 0 ? sizes.hi : floorDiv(magnitude(dividend), smallest);
  const closest = dividend.lo > 0 ? dividend.lo : dividend.hi < 0 ? neg(dividend.hi) : 0;
  const lo = add(floorDiv(closest, add(magnitude(quotient), 1)), 1);
  if (isNegative) setOperand(at, at.operation.b, neg(hi), neg(greatest(lo, sizes.lo)));
  else setOperand(at, at.operation.b, greatest(lo, sizes.lo), hi);
}

// ── bits ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** No result is farther from 0 than both operands together. */
function propagateBits(at: At): void {
  const x = rangeOf(at, at.operation.a), y = rangeOf(at, at.operation.b);
  const most = add(magnitude(x), magnitude(y));
  setResult(at, x.lo >= 0 && y.lo >= 0 ? 0 : neg(most), most);
}

function propagateShift(at: At, op: "shl" | "shr"): void {
  const { a, b } = at.operation;
  const x = rangeOf(at, a), count = rangeOf(at, b);
  if (count.lo < 0 || count.hi > 63) return;
  const ends = [x.lo, x.hi].flatMap((end) =>
    [count.lo, count.hi].map((bits) => computeArithmetic(op, end, bits))
  );
  setResult(at, ends.reduce(least), ends.reduce(greatest));
  if (at.bounds.crossed >= 0 || count.lo !== count.hi) return;
  const result = resultOf(at);
  const power = intOf(1n << BigInt(count.lo));
  if (op === "shl") {
    setOperand(at, a, ceilDiv(result.lo, power), floorDiv(result.hi, power));
    return relate(at, a, power);
  }
  setOperand(at, a, mul(result.lo, power), sub(mul(add(result.hi, 1), power), 1));
  relateQuotient(at, power, { lo: 0, hi: sub(power, 1) });
}
