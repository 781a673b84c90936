/**
 * @module
 */
import { assert } from "../base/result.ts";
import type { Int64 } from "../value/int64.ts";
import { equalValues, type Value } from "../value/value.ts";

/** The operand of a float operation. */
export function floatOperand(value: Value): number {
  assert(
    value.kind === "Float" || value.kind === "Int",
    "a float operation on a value that is not a number",
  );
  return Number(value.value);
}

/** Structural equality, an integer literal beside a float compared as a float. */
export function equalOperands(left: Value, right: Value): boolean {
  if (left.kind === "Float" && right.kind === "Int") return left.value === Number(right.value);
  if (left.kind === "Int" && right.kind === "Float") return Number(left.value) === right.value;
  return equalValues(left, right);
}

/** The elements of an array literal, all floats if one is. */
export function sameNumbers(items: readonly Value[]): readonly Value[] {
  if (!items.some((item) => item.kind === "Float")) return items;
  return items.map((item) => item.kind === "Int" ? floatOf(item.value) : item);
}

/** The binary64 number nearest to an integer. */
export function floatOf(value: Int64): Value {
  return { kind: "Float", value: Number(value) };
}

/** The value to store in a name that held `before`: an integer literal assigned to a float is a float, in arrays too. */
export function valueLike(value: Value, before: Value | undefined): Value {
  if (value.kind === "Int") return before?.kind === "Float" ? floatOf(value.value) : value;
  if (value.kind !== "Array" || before?.kind !== "Array") return value;
  const [first] = before.items;
  if (first?.kind !== "Float" && first?.kind !== "Array") return value;
  return { kind: "Array", items: value.items.map((item) => valueLike(item, first)) };
}
