/**
 * The three text forms of values in the upstream executor: payloads of effects, Rust's `Debug` form in messages, and the output
 * of the command line. Its values are integers, booleans, strings, Unit and structs.
 *
 * @module
 */
import { bug, unreachable } from "../base/result.ts";
import type {
  ArrayValue,
  CharValue,
  FloatValue,
  HandleValue,
  MemValue,
  Value,
} from "../value/value.ts";
import { encodeValue } from "../value/wire_text.ts";
import { debugString } from "./rust_text.ts";

/** A value as the payload of an effect. Other than under `spec`, Unit is `unit`. */
export function payloadOfHostValue(value: Value): string {
  switch (value.kind) {
    case "String":
      return value.value;
    case "Int":
    case "Bool":
      return String(value.value);
    case "Struct":
      return encodeValue(value);
    case "Unit":
      return "unit";
    case "Float":
    case "Char":
    case "Array":
    case "Mem":
    case "Thread":
    case "Mutex":
    case "File":
    case "Port":
    case "Device":
    case "Mapped":
      return foreign(value);
    default:
      return unreachable(value);
  }
}

/** A value in Rust's `Debug` form: `Int(5)`, `Struct { ty: "T", fields: {"a": Int(1)} }`. */
export function debugHostValue(value: Value): string {
  switch (value.kind) {
    case "String":
      return `String(${debugString(value.value)})`;
    case "Int":
    case "Bool":
      return `${value.kind}(${value.value})`;
    case "Struct": {
      const fields = [...value.fields].map(([name, field]) =>
        `${debugString(name)}: ${debugHostValue(field)}`
      );
      return `Struct { ty: ${debugString(value.ty)}, fields: {${fields.join(", ")}} }`;
    }
    case "Unit":
      return "Unit";
    case "Float":
    case "Char":
    case "Array":
    case "Mem":
    case "Thread":
    case "Mutex":
    case "File":
    case "Port":
    case "Device":
    case "Mapped":
      return foreign(value);
    default:
      return unreachable(value);
  }
}

/** A value in the output of the command line: strings in `Debug` form, structs as `T{a:1}`. */
export function showHostValue(value: Value): string {
  switch (value.kind) {
    case "String":
      return debugString(value.value);
    case "Int":
    case "Bool":
      return String(value.value);
    case "Struct": {
      const fields = [...value.fields].map(([name, field]) => `${name}:${showHostValue(field)}`);
      return `${value.ty}{${fields.join(",")}}`;
    }
    case "Unit":
      return "unit";
    case "Float":
    case "Char":
    case "Array":
    case "Mem":
    case "Thread":
    case "Mutex":
    case "File":
    case "Port":
    case "Device":
    case "Mapped":
      return foreign(value);
    default:
      return unreachable(value);
  }
}

/** Values of DIR v0.2, which the upstream executor cannot load. */
function foreign(value: FloatValue | CharValue | ArrayValue | MemValue | HandleValue): never {
  bug(`a ${value.kind} value under host-0.1`);
}
