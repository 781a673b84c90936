/**
 * The binary operators on values: checked 64-bit integers, binary64, and binary32 for f32 (X-35, TYP-16, TYP-19).
 *
 * @module
 */
import { bug, unreachable } from "../base/result.ts";
import type { BinaryExpr, BinaryOperator } from "../expr/ast.ts";
import {
  addInt64,
  bitwiseInt64,
  divideInt64,
  type Int64,
  multiplyInt64,
  shiftInt64,
  subtractInt64,
} from "../value/int64.ts";
import { boolValue, intValue } from "../value/value.ts";
import { type Evaluated, failed, isValue } from "./evaluated.ts";

/** Applies an operator to two integers; a result outside 64 bits is a failure. */
export function intOperation(expr: BinaryExpr, a: Int64, b: Int64): Evaluated {
  switch (expr.op) {
    case "Add":
      return checkedInt(addInt64(a, b), expr, a, b);
    case "Sub":
      return checkedInt(subtractInt64(a, b), expr, a, b);
    case "Mul":
      return checkedInt(multiplyInt64(a, b), expr, a, b);
    case "Div":
      if (b === 0) return failed({ kind: "division_by_zero", dividend: a }, expr);
      return checkedInt(divideInt64(a, b), expr, a, b);
    case "Eq":
      return boolValue(a === b);
    case "Ne":
      return boolValue(a !== b);
    case "Lt":
      return boolValue(a < b);
    case "Le":
      return boolValue(a <= b);
    case "Gt":
      return boolValue(a > b);
    case "Ge":
      return boolValue(a >= b);
    case "BitAnd":
    case "BitOr":
    case "BitXor":
      return intValue(bitwiseInt64(expr.op, a, b));
    case "Shl":
    case "Shr":
      if (b < 0 || b > 63) return failed({ kind: "shift_count", count: b }, expr);
      return checkedInt(shiftInt64(expr.op, a, b), expr, a, b);
    case "And":
    case "Or":
      return bug(`${expr.op} of integers`);
    default:
      return unreachable(expr.op);
  }
}

function checkedInt(
  exact: Int64 | undefined,
  expr: BinaryExpr,
  a: Int64,
  b: Int64,
): Evaluated {
  return exact === undefined
    ? failed({ kind: "overflow", op: expr.op, left: a, right: b }, expr)
    : intValue(exact);
}

/** Applies an operator to two operands of type f32. The binary64 result, rounded once more, is the exact binary32 result. */
export function singleOperation(expr: BinaryExpr, a: number, b: number): Evaluated {
  const x = Math.fround(a), y = Math.fround(b);
  if (expr.op === "Eq" || expr.op === "Ne") return boolValue((x === y) === (expr.op === "Eq"));
  const result = floatOperation(expr, x, y);
  if (!isValue(result) || result.kind !== "Float") return result;
  const value = Math.fround(result.value);
  return Number.isFinite(value)
    ? { kind: "Float", value }
    : failed({ kind: "not_finite", op: expr.op }, expr);
}

/** Applies an operator to two operands of type f64; a result that is not finite is a failure. */
export function floatOperation(expr: BinaryExpr, a: number, b: number): Evaluated {
  switch (expr.op) {
    case "Lt":
      return boolValue(a < b);
    case "Le":
      return boolValue(a <= b);
    case "Gt":
      return boolValue(a > b);
    case "Ge":
      return boolValue(a >= b);
    default: {
      if (expr.op === "Div" && b === 0) return failed({ kind: "division_by_zero" }, expr);
      const value = floatArithmetic(expr.op, a, b);
      return Number.isFinite(value)
        ? { kind: "Float", value }
        : failed({ kind: "not_finite", op: expr.op }, expr);
    }
  }
}

function floatArithmetic(op: BinaryOperator, a: number, b: number): number {
  switch (op) {
    case "Add":
      return a + b;
    case "Sub":
      return a - b;
    case "Mul":
      return a * b;
    case "Div":
      return a / b;
    default:
      return bug(`${op} of floats`);
  }
}
