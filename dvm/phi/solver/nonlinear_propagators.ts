/**
 * Bounds propagation for the nonlinear operations.
 *
 * @module
 */
import { unreachable } from "../../base/result.ts";
import { add, ceilDiv, floorDiv, intOf, mul, sub } from "../number/integer.ts";
import { hull } from "../number/interval.ts";
import { arithmeticInterval, computeArithmetic } from "../problem/arithmetic.ts";
import type { Bounds } from "./bounds.ts";
import type { OperationConstraint } from "./constraint.ts";
import {
  narrowOperand,
  narrowResult,
  type OperationPropagation,
  rangeOf,
  relateProduct,
  relateQuotient,
  resultOf,
} from "./operation_propagation.ts";
import { propagateProduct } from "./product_propagator.ts";
import { propagateQuotient } from "./quotient_propagator.ts";

/** Tightens the bounds of the result and the operands of an operation. */
export function propagateOperation(
  operation: OperationConstraint,
  index: number,
  bounds: Bounds,
): void {
  const at = { operation, index, bounds };
  const a = rangeOf(at, operation.a), b = rangeOf(at, operation.b);
  if (a.lo === a.hi && b.lo === b.hi) {
    const value = computeArithmetic(operation.op, a.lo, b.lo);
    return narrowResult(at, { lo: value, hi: value });
  }
  switch (operation.op) {
    case "mul":
      return propagateProduct(at);
    case "div":
      return propagateQuotient(at);
    case "bitAnd":
    case "bitOr":
    case "bitXor":
      return narrowResult(at, arithmeticInterval(operation.op, a, b));
    case "shl":
    case "shr":
      return propagateShift(at, operation.op);
    default:
      return unreachable(operation.op);
  }
}

/** With a known count, a shift is a product, or a quotient rounded down. */
function propagateShift(at: OperationPropagation, op: "shl" | "shr"): void {
  const { a, b } = at.operation;
  const x = rangeOf(at, a), count = rangeOf(at, b);
  if (count.lo < 0 || count.hi > 63) return;
  const ends = [x.lo, x.hi].flatMap((end) =>
    [count.lo, count.hi].map((bits) => computeArithmetic(op, end, bits))
  );
  narrowResult(at, hull(ends));
  if (at.bounds.conflict >= 0 || count.lo !== count.hi) return;
  const result = resultOf(at);
  const power = intOf(1n << BigInt(count.lo));
  if (op === "shl") {
    narrowOperand(at, a, { lo: ceilDiv(result.lo, power), hi: floorDiv(result.hi, power) });
    return relateProduct(at, a, power);
  }
  const hi = sub(mul(add(result.hi, 1), power), 1);
  narrowOperand(at, a, { lo: mul(result.lo, power), hi });
  relateQuotient(at, power, { lo: 0, hi: sub(power, 1) });
}
