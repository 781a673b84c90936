/**
 * Values entering a position of a declared type: parameters, fields, returns, locals (TYP-15, X-23).
 *
 * @module
 */
import { failure, type Result, success, unreachable } from "../base/result.ts";
import { intMax, intMin, renderType, type Type } from "../dir/type.ts";
import type { Value } from "../value/value.ts";

/**
 * Converts a value to a type, or returns a sentence that says why it does not fit. An integer must be in the range of the type;
 * an integer in a float position becomes a float; a float is rounded to binary32 for `f32`.
 */
export function fitValue(value: Value, type: Type): Result<Value, string> {
  switch (type.kind) {
    case "int":
      if (value.kind !== "Int") return mismatch(value, type);
      return value.value >= intMin(type) && value.value <= intMax(type)
        ? success(value)
        : failure(`${value.value} is outside the range of ${renderType(type)}`);
    case "float":
      return fitFloat(value, type.bits);
    case "bool":
      return value.kind === "Bool" ? success(value) : mismatch(value, type);
    case "string":
      return value.kind === "String" ? success(value) : mismatch(value, type);
    case "char":
      return value.kind === "Char" ? success(value) : mismatch(value, type);
    case "unit":
      return value.kind === "Unit" ? success(value) : mismatch(value, type);
    case "witness":
      return value.kind === "Struct" && value.ty === "PhiWitness"
        ? success(value)
        : mismatch(value, type);
    case "shape":
      return value.kind === "Struct" && value.ty === type.shape.name
        ? success(value)
        : mismatch(value, type);
    case "array":
      return fitArray(value, type);
    case "unknown":
      return failure(`${type.name} is not a known type`);
    default:
      return unreachable(type);
  }
}

function fitFloat(value: Value, bits: 32 | 64): Result<Value, string> {
  if (value.kind !== "Float" && value.kind !== "Int") {
    return mismatch(value, { kind: "float", bits });
  }
  const exact = Number(value.value);
  const held = bits === 32 ? Math.fround(exact) : exact;
  if (!Number.isFinite(held)) return failure(`${exact} is outside the range of f${bits}`);
  return success(value.kind === "Float" && held === exact ? value : { kind: "Float", value: held });
}

function fitArray(value: Value, type: Extract<Type, { kind: "array" }>): Result<Value, string> {
  if (value.kind !== "Array") return mismatch(value, type);
  if (value.items.length !== type.length) {
    return failure(`an array of length ${value.items.length} is not ${renderType(type)}`);
  }
  const items: Value[] = [];
  for (const item of value.items) {
    const fitted = fitValue(item, type.element);
    if (!fitted.ok) return fitted;
    items.push(fitted.value);
  }
  return success({ kind: "Array", items });
}

function mismatch(value: Value, type: Type): Result<Value, string> {
  const found = value.kind === "Struct" ? value.ty : value.kind;
  return failure(`a value of kind ${found} is not ${renderType(type)}`);
}
