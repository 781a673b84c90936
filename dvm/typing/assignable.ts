/**
 * Which types go together: whether a value fits a declared type, and the common type of operands.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Type } from "../dir/type.ts";

/** A type, or `undefined` for an expression whose violation has been reported. */
export type Inferred = Type | undefined;

/** The type of an integer literal that no use decides. */
export const INT: Type = { kind: "int", bits: 64, signed: true };
/** The type of a decimal fraction that no use decides. */
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
    case "handle":
      return found.kind === "handle" && found.name === expected.name &&
        isSame(found.result, expected.result);
    case "shape":
      return found.kind === "shape" && found.shape === expected.shape;
    case "array":
      return found.kind === "array" && fits(found.element, expected.element) &&
        (expected.length === undefined || found.length === expected.length);
    case "unknown":
      return true;
    default:
      return unreachable(expected);
  }
}

/** Whether two threads have the same result, so that a name of one type can have either. */
function isSame(a: Type | undefined, b: Type | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.kind === "int" && b.kind === "int") return a.bits === b.bits && a.signed === b.signed;
  if (a.kind === "float" && b.kind === "float") return a.bits === b.bits;
  if (a.kind === "array" && b.kind === "array") {
    return a.length === b.length && isSame(a.element, b.element);
  }
  return fits(a, b);
}

/** The common type of two operands, or `undefined`. f32 with f64 is f64. */
export function commonType(left: Type, right: Type): Type | undefined {
  if (left.kind === "float" && right.kind === "float" && left.bits !== right.bits) return FLOAT;
  if (fits(left, right)) return left;
  return fits(right, left) ? right : undefined; // arrays of any length compare with those of a fixed one
}
