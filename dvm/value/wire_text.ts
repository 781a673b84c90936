/**
 * Values as text in the tagged form of the log, `{"Int":42}` (TRC-03).
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Value } from "./value.ts";

/** The compact tagged JSON of a value. Integers keep all their digits. */
export function encodeValue(value: Value): string {
  switch (value.kind) {
    case "Int":
      return `{"Int":${value.value}}`;
    case "Bool":
      return value.value ? '{"Bool":true}' : '{"Bool":false}';
    case "String":
      return `{"String":${JSON.stringify(value.value)}}`;
    case "Float":
      return `{"Float":${renderFloat(value.value)}}`;
    case "Char":
      return `{"Char":${JSON.stringify(value.value)}}`;
    case "Mem":
      return `{"Mem":"${value.value}"}`;
    case "Thread":
    case "Mutex":
    case "File":
    case "Port":
    case "Device":
    case "Mapped":
      return `{"${value.kind}":${JSON.stringify(value.value)}}`;
    case "Unit":
      return '"Unit"';
    case "Array":
      return `{"Array":[${value.items.map(encodeValue).join(",")}]}`;
    case "Struct": {
      const fields = [...value.fields].map(([name, field]) =>
        `${JSON.stringify(name)}:${encodeValue(field)}`
      );
      return `{"Struct":{"ty":${JSON.stringify(value.ty)},"fields":{${fields.join(",")}}}}`;
    }
    default:
      return unreachable(value);
  }
}

/** The JSON object `{"name":value,…}`, in the given order. */
export function encodeNamedValues(
  named: readonly { readonly name: string; readonly value: Value }[],
): string {
  return `{${
    named.map(({ name, value }) => `${JSON.stringify(name)}:${encodeValue(value)}`).join(",")
  }}`;
}

/** A value as the payload of an effect: strings raw, scalars without a tag, everything else as tagged JSON (TRC-05). */
export function renderPayload(value: Value): string {
  switch (value.kind) {
    case "String":
    case "Char":
      return value.value;
    case "Int":
    case "Bool":
      return String(value.value);
    case "Float":
      return renderFloat(value.value);
    case "Unit":
      return "Unit";
    case "Struct":
    case "Array":
    case "Mem":
    case "Thread":
    case "Mutex":
    case "File":
    case "Port":
    case "Device":
    case "Mapped":
      return encodeValue(value);
    default:
      return unreachable(value);
  }
}

/** The shortest digits that parse to the same binary64, always with a point or an exponent: `1.0`, `-0.0`, `1e+300`. */
export function renderFloat(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const digits = String(value);
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}
