/**
 * Values entering a position of a declared type: parameters, fields, returns, locals (TYP-15, X-23).
 *
 * @module
 */
import { failure, type Result, success, unreachable } from "../base/result.ts";
import { intMax, intMin, type Type } from "../dir/type.ts";
import type { Value } from "../value/value.ts";
import type { FitFailure } from "./failure.ts";

/**
 * Converts a value to a type, or returns why it does not fit. An integer must be in the range of the type; a float is rounded to
 * binary32 for `f32`.
 */
export function fitValue(value: Value, type: Type): Result<Value, FitFailure> {
  switch (type.kind) {
    case "int":
      if (value.kind !== "Int") return mismatch(value, type);
      return value.value >= intMin(type) && value.value <= intMax(type)
        ? success(value)
        : failure({ kind: "out_of_range", value: value.value, type });
    case "float":
      return fitFloat(value, type);
    case "bool":
      return value.kind === "Bool" ? success(value) : mismatch(value, type);
    case "string":
      return value.kind === "String" ? success(value) : mismatch(value, type);
    case "char":
      return value.kind === "Char" ? success(value) : mismatch(value, type);
    case "unit":
      return value.kind === "Unit" ? success(value) : mismatch(value, type);
    case "handle":
      return value.kind === type.name || (value.kind === "Mapped" && type.name === "Mem")
        ? success(value)
        : mismatch(value, type);
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
      return failure({ kind: "unknown_type", name: type.name });
    default:
      return unreachable(type);
  }
}

function fitFloat(value: Value, type: Extract<Type, { kind: "float" }>): Result<Value, FitFailure> {
  if (value.kind !== "Float") return mismatch(value, type);
  const held = type.bits === 32 ? Math.fround(value.value) : value.value;
  if (!Number.isFinite(held)) return failure({ kind: "out_of_range", value: value.value, type });
  return success(held === value.value ? value : { kind: "Float", value: held });
}

function fitArray(value: Value, type: Extract<Type, { kind: "array" }>): Result<Value, FitFailure> {
  if (value.kind !== "Array") return mismatch(value, type);
  if (type.length !== undefined && value.items.length !== type.length) {
    return failure({ kind: "other_length", length: value.items.length, type });
  }
  const items: Value[] = [];
  for (const item of value.items) {
    const fitted = fitValue(item, type.element);
    if (!fitted.ok) return fitted;
    items.push(fitted.value);
  }
  return success({ kind: "Array", items });
}

function mismatch(value: Value, type: Type): Result<Value, FitFailure> {
  const found = value.kind === "Struct" ? value.ty : value.kind;
  return failure({ kind: "other_kind", found, type });
}
