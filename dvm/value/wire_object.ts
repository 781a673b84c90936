/**
 * Values as plain tagged objects, `{"Int":42}`: the form of the public API and of the trace schema (TRC-03).
 * `dvm/value/wire_text.ts` writes the same form as text.
 *
 * @module
 */
import { int64FromBigInt } from "./int64.ts";
import { assert, unreachable } from "../base/result.ts";
import { renderFloat } from "./wire_text.ts";
import { boolValue, intValue, type NamedValue, stringValue, UNIT, type Value } from "./value.ts";

/** A tagged value. An integer outside the safe integers of JavaScript is a `bigint`. */
export type WireValue =
  | "Unit"
  | { readonly Int: number | bigint }
  | { readonly Float: number }
  | { readonly Bool: boolean }
  | { readonly String: string }
  | { readonly Char: string }
  | { readonly Mem: string }
  | { readonly Thread: string }
  | { readonly Mutex: string }
  | { readonly File: string }
  | { readonly Port: string }
  | { readonly Device: string }
  | { readonly Mapped: string }
  | { readonly Struct: { readonly ty: string; readonly fields: WireFields } }
  | { readonly Array: readonly WireValue[] };

/** Tagged values by name, in declaration order. */
export interface WireFields {
  /** The value of a field. */
  readonly [name: string]: WireValue;
}

/** The tagged forms of named values, by name. */
export function namedToWire(values: readonly NamedValue[]): WireFields {
  return Object.fromEntries(values.map(({ name, value }) => [name, valueToWire(value)]));
}

/** The tagged form of a value. */
export function valueToWire(value: Value): WireValue {
  switch (value.kind) {
    case "Unit":
      return "Unit";
    case "Int":
      return { Int: value.value };
    case "Float":
      return { Float: value.value };
    case "Bool":
      return { Bool: value.value };
    case "String":
      return { String: value.value };
    case "Char":
      return { Char: value.value };
    case "Mem":
      return { Mem: value.value };
    case "Thread":
      return { Thread: value.value };
    case "Mutex":
      return { Mutex: value.value };
    case "File":
      return { File: value.value };
    case "Port":
      return { Port: value.value };
    case "Device":
      return { Device: value.value };
    case "Mapped":
      return { Mapped: value.value };
    case "Array":
      return { Array: value.items.map(valueToWire) };
    case "Struct": {
      const fields = Object.fromEntries(
        [...value.fields].map(([name, field]) => [name, valueToWire(field)]),
      );
      return { Struct: { ty: value.ty, fields } };
    }
    default:
      return unreachable(value);
  }
}

/** The value of a tagged form. An integer outside 64 bits is a bug of the caller. */
export function wireToValue(wire: WireValue): Value {
  if (wire === "Unit") return UNIT;
  if ("Int" in wire) {
    const exact = int64FromBigInt(BigInt(wire.Int));
    assert(exact !== undefined, "an integer outside 64 bits");
    return intValue(exact);
  }
  if ("Float" in wire) return { kind: "Float", value: wire.Float };
  if ("Bool" in wire) return boolValue(wire.Bool);
  if ("String" in wire) return stringValue(wire.String);
  if ("Char" in wire) return { kind: "Char", value: wire.Char };
  if ("Mem" in wire) return { kind: "Mem", value: wire.Mem };
  if ("Thread" in wire) return { kind: "Thread", value: wire.Thread };
  if ("Mutex" in wire) return { kind: "Mutex", value: wire.Mutex };
  if ("File" in wire) return { kind: "File", value: wire.File };
  if ("Port" in wire) return { kind: "Port", value: wire.Port };
  if ("Device" in wire) return { kind: "Device", value: wire.Device };
  if ("Mapped" in wire) return { kind: "Mapped", value: wire.Mapped };
  if ("Array" in wire) return { kind: "Array", items: wire.Array.map(wireToValue) };
  const { ty, fields } = wire.Struct;
  return {
    kind: "Struct",
    ty,
    fields: new Map(Object.entries(fields).map(([name, field]) => [name, wireToValue(field)])),
  };
}

/**
 * The tagged form for `JSON.stringify`: integers keep all their digits, and floats are written as floats, -0.0 included.
 */
export function valueToJson(value: Value): unknown {
  switch (value.kind) {
    case "Int":
      return { Int: typeof value.value === "bigint" ? rawJson(String(value.value)) : value.value };
    case "Float":
      return { Float: rawJson(renderFloat(value.value)) };
    case "Array":
      return { Array: value.items.map(valueToJson) };
    case "Struct": {
      const fields = Object.fromEntries(
        [...value.fields].map(([name, field]) => [name, valueToJson(field)]),
      );
      return { Struct: { ty: value.ty, fields } };
    }
    default:
      return valueToWire(value);
  }
}

/** Calls `JSON.rawJSON` (ECMAScript 2026, not yet in the library of the compiler): an object that stringifies to exactly this text. */
function rawJson(text: string): unknown {
  const make: unknown = Reflect.get(JSON, "rawJSON");
  assert(typeof make === "function", "this runtime has no JSON.rawJSON");
  return make.call(JSON, text);
}

/**
 * Compact JSON of any content made of JSON values and `bigint`s. Integers keep all their digits, and floats are written as in the
 * log.
 *
 * @example
 * ```ts
 * import { encodeWireValue } from "../../mod.ts";
 * if (encodeWireValue({ Int: 9223372036854775807n }) !== '{"Int":9223372036854775807}') throw new Error();
 * if (encodeWireValue({ Float: 1 }) !== '{"Float":1.0}') throw new Error();
 * ```
 */
export function encodeWireValue(content: unknown): string {
  return JSON.stringify(content, (tag, part: unknown) => {
    if (typeof part === "bigint") return rawJson(String(part));
    if (tag !== "Float" && Object.is(part, -0)) return rawJson("-0");
    // A number under this tag is a float, and is written as one: `1.0`.
    return tag === "Float" && typeof part === "number" ? rawJson(renderFloat(part)) : part;
  });
}
