/**
 * Which types go together: whether a value fits a declared type, and the common type of operands.
 *
 * @module
 */
import type { BinaryExpr, Expr } from "../expr/ast.ts";
import { unreachable } from "../base/result.ts";
import type { Type } from "../dir/type.ts";

/** A type, or `undefined` for an expression whose violation has been reported. */
export type Inferred = Type | undefined;

/** The type of an integer literal. */
export const INT: Type = { kind: "int", bits: 64, signed: true };
/** The type of a decimal fraction. */
export const FLOAT: Type = { kind: "float", bits: 64 };

/** Whether a value of type `found` fits a position of type `expected`. The range of integers is checked at run time. */
export function fits(found: Type, expected: Type): boolean {
  if (found.kind === "unknown") return true;
  switch (expected.kind) {
    case "int":
    case "float":
    case "bool":
    case "string":
    case "char":
    case "unit":
    case "witness":
      return found.kind === expected.kind;
    case "shape":
      return found.kind === "shape" && found.shape === expected.shape;
    case "array":
      return found.kind === "array" && found.length === expected.length &&
        fits(found.element, expected.element);
    case "unknown":
      return true;
    default:
      return unreachable(expected);
  }
}

/** The common type of two operands, or `undefined`. A literal takes the width of the other operand; f32 with f64 is f64. */
export function commonType(left: Type, right: Type, expr: BinaryExpr): Type | undefined {
  if (left.kind === "float" && right.kind === "int" && isIntLiteral(expr.right)) return left;
  if (right.kind === "float" && left.kind === "int" && isIntLiteral(expr.left)) return right;
  if (left.kind === "float" && right.kind === "float" && left.bits !== right.bits) {
    if (isFloatLiteral(expr.left)) return right;
    return isFloatLiteral(expr.right) ? left : FLOAT;
  }
  return fits(left, right) ? left : undefined;
}

/** The widest float type of several numbers, or `undefined`. Literals count only if there is nothing else. */
export function commonFloat(exprs: readonly Expr[], types: readonly Inferred[]): Type | undefined {
  const floats = exprs.flatMap((expr, position) => {
    const type = types[position];
    return type?.kind === "float" ? [{ type, isLiteral: isFloatLiteral(expr) }] : [];
  });
  const decisive = floats.filter(({ isLiteral }) => !isLiteral);
  return decisive.find(({ type }) => type.bits === 64)?.type ?? decisive[0]?.type ??
    floats[0]?.type;
}

function isFloatLiteral(expr: Expr): boolean {
  return expr.kind === "float" || (expr.kind === "unary" && isFloatLiteral(expr.operand));
}

/** Whether an expression is an integer literal, with any signs before it. */
export function isIntLiteral(expr: Expr): boolean {
  return expr.kind === "int" ||
    (expr.kind === "unary" && expr.op === "Neg" && isIntLiteral(expr.operand));
}
