/**
 * Arguments of a run: from what the caller gave (plain JSON) to values of the parameters' declared types.
 *
 * @module
 */
import { failure, type Result, success, unreachable } from "../base/result.ts";
import type { Param } from "../dir/model.ts";
import type { HandleType, Type } from "../dir/type.ts";
import { fitValue } from "../eval/fit_value.ts";
import type { PlainArgument } from "../event/input.ts";
import { numberOf, renderNumber, toFloat, toInt64 } from "../event/plain_number.ts";
import { boolValue, intValue, stringValue, UNIT, type Value } from "../value/value.ts";
import type { ArgumentFailure, PlainForm } from "./failure.ts";
import { unrecordableCause } from "./validate_argument.ts";

/** The argument read at the declared type, or why it cannot be. */
export function readArgument(plain: PlainArgument, param: Param): Result<Value, ArgumentFailure> {
  const cause = unrecordableCause(plain);
  if (cause !== undefined) return failure({ kind: "unrecordable", cause });
  const read = readPlain(plain, param.type);
  return read.ok ? fit(read.value, param.type) : read;
}

function fit(value: Value, type: Type): Result<Value, ArgumentFailure> {
  const fitted = fitValue(value, type);
  return fitted.ok ? fitted : failure({ kind: "misfit", failure: fitted.failure });
}

/**
 * An argument as a value without knowledge of its type, for the header of the log. Objects become shapes without a name, their
 * members in the order of their names; {@link valueToPlain} is the inverse.
 */
export function plainToValue(plain: PlainArgument): Value {
  switch (typeof plain) {
    case "boolean":
      return boolValue(plain);
    case "string":
      return stringValue(plain);
    case "number":
      if (Object.is(plain, -0)) return { kind: "Float", value: plain };
      return integerValue(plain) ?? { kind: "Float", value: plain };
    case "bigint":
      return integerValue(plain) ?? plainToValue({ Decimal: String(plain) });
    default:
      if (plain === null) return UNIT;
      if (isList(plain)) return { kind: "Array", items: plain.map(plainToValue) };
      return {
        kind: "Struct",
        ty: "",
        fields: new Map(inNameOrder(plain).map(([name, value]) => [name, plainToValue(value)])),
      };
  }
}

/**
 * The members of an object in the order of their names, so that the caller's order cannot show (REP-01). Numbers are no names of
 * anything in DIR, but may be given: objects have them first, and so has the log.
 */
export function inNameOrder<T>(plain: { readonly [name: string]: T }): [string, T][] {
  const sorted = Object.entries(plain).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.entries(Object.fromEntries(sorted));
}

/** The plain form of a value: what {@link plainToValue} and {@link readArgument} read. */
export function valueToPlain(value: Value): PlainArgument {
  switch (value.kind) {
    case "Unit":
      return null;
    case "Array":
      return value.items.map(valueToPlain);
    case "Struct":
      return Object.fromEntries(
        [...value.fields].map(([name, field]) => [name, valueToPlain(field)]),
      );
    default:
      return value.value;
  }
}

function integerValue(plain: number | bigint): Value | undefined {
  const number = numberOf(plain);
  const exact = number === undefined ? undefined : toInt64(number);
  return exact === undefined ? undefined : intValue(exact);
}

function isList(plain: PlainArgument): plain is readonly PlainArgument[] {
  return Array.isArray(plain);
}

function readPlain(plain: PlainArgument, type: Type): Result<Value, ArgumentFailure> {
  const given = untag(plain, type);
  switch (type.kind) {
    case "shape": {
      if (typeof given !== "object" || given === null || isList(given)) {
        return wrongForm(given, type);
      }
      const fields = new Map<string, Value>();
      for (const field of type.shape.fields) {
        const value = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
        if (value === undefined) {
          return failure({ kind: "missing_field", shape: type.shape.name, field: field.name });
        }
        const read = readPlain(value, field.type);
        const fitted = read.ok ? fit(read.value, field.type) : read;
        if (!fitted.ok) {
          return failure({ kind: "field", field: field.name, failure: fitted.failure });
        }
        fields.set(field.name, fitted.value);
      }
      const extra = Object.keys(given).find((name) => !fields.has(name));
      if (extra !== undefined) {
        return failure({ kind: "unknown_field", shape: type.shape.name, field: extra });
      }
      return success({ kind: "Struct", ty: type.shape.name, fields });
    }
    case "array": {
      if (typeof given !== "object" || given === null || !isList(given)) {
        return wrongForm(given, type);
      }
      const items: Value[] = [];
      for (const item of given) {
        const read = readPlain(item, type.element);
        if (!read.ok) return read;
        items.push(read.value);
      }
      return success({ kind: "Array", items });
    }
    case "string":
    case "char":
      if (typeof given !== "string") return wrongForm(given, type);
      if (!given.isWellFormed()) return failure({ kind: "lone_surrogate" });
      if (type.kind === "string") return success(stringValue(given));
      return [...given].length === 1
        ? success({ kind: "Char", value: given })
        : failure({ kind: "not_one_character" });
    case "int": {
      const number = numberOf(given);
      if (number === undefined) return wrongForm(given, type);
      const exact = toInt64(number);
      return exact === undefined
        ? failure({ kind: "not_an_integer", given: renderNumber(number) })
        : success(intValue(exact));
    }
    case "float": {
      const number = numberOf(given);
      if (number === undefined) return wrongForm(given, type);
      const value = toFloat(number, type.bits);
      return Number.isFinite(value)
        ? success({ kind: "Float", value })
        : failure({ kind: "outside", given: renderNumber(number), type });
    }
    case "bool":
      return typeof given === "boolean" ? success(boolValue(given)) : wrongForm(given, type);
    case "unit":
      return given === null ? success(UNIT) : wrongForm(given, type);
    case "handle":
      return readHandle(given, type);
    case "witness": // comes from prove alone (WIT-03)
    case "unknown":
      return wrongForm(given, type);
    default:
      return unreachable(type);
  }
}

/** What a text names in the environment. Files, threads and locks are made by operations alone, and are no arguments. */
function readHandle(given: PlainArgument, type: HandleType): Result<Value, ArgumentFailure> {
  if (typeof given !== "string") return wrongForm(given, type);
  switch (type.name) {
    case "Mem":
      return success({ kind: "Mapped", value: given });
    case "Port":
    case "Device":
      return success({ kind: type.name, value: given });
    case "File":
    case "Thread":
    case "Mutex":
      return wrongForm(given, type);
    default:
      return unreachable(type.name);
  }
}

/** The content of a tagged value such as `{"Int":5}`, where the declared type has room for no such object. */
function untag(plain: PlainArgument, type: Type): PlainArgument {
  if (typeof plain !== "object" || plain === null || isList(plain)) {
    return plain === "Unit" && type.kind === "unit" ? null : plain;
  }
  const [tag, ...others] = Object.keys(plain);
  if (tag === undefined || others.length > 0) return plain;
  const content = plain[tag] ?? null;
  const expected: { readonly [kind in Type["kind"]]: string } = {
    int: "Int",
    float: "Float",
    bool: "Bool",
    string: "String",
    char: "Char",
    unit: "Unit",
    array: "Array",
    shape: "Struct",
    witness: "Struct",
    handle: "",
    unknown: "",
  };
  if (tag !== expected[type.kind]) return plain;
  if (type.kind !== "shape") return content;
  const isTagged = typeof content === "object" && content !== null && !isList(content) &&
    content["ty"] === type.shape.name && content["fields"] !== undefined;
  return isTagged ? content["fields"] ?? null : plain;
}

function wrongForm(plain: PlainArgument, type: Type): Result<Value, ArgumentFailure> {
  const text = typeof plain === "string" ? plain : undefined;
  return failure({ kind: "other_form", type, found: formOf(plain), text });
}

function formOf(plain: PlainArgument): PlainForm {
  if (numberOf(plain) !== undefined) return "number";
  switch (typeof plain) {
    case "string":
      return "string";
    case "boolean":
      return "boolean";
    default:
      if (plain === null) return "null";
      return isList(plain) ? "array" : "object";
  }
}
