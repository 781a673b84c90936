/**
 * Values of the model, their tagged form and their equality (TRC-03 to TRC-05, X-35, X-43).
 *
 * @module
 */
import type { Moment } from "./races.ts";
import type { Rules } from "./rules.ts";

/** A value. Integers are mathematical; the model checks their range wherever the language demands it. */
export type ModelValue =
  | { readonly kind: "Int"; readonly value: bigint }
  /** A float knows its width: two of `f32` are computed in `f32`. */
  | { readonly kind: "Float"; readonly value: number; readonly bits: 32 | 64 }
  | { readonly kind: "Bool"; readonly value: boolean }
  | { readonly kind: "String" | "Char"; readonly value: string }
  | { readonly kind: "Unit" }
  | { readonly kind: "Mem"; readonly holder: ModelHolder }
  | { readonly kind: "File"; readonly file: ModelFile }
  /** A thread by its number. */
  | { readonly kind: "Thread"; readonly number: number }
  | { readonly kind: "Mutex"; readonly lock: ModelLock }
  /** A port, a device, or the memory of a device, by its name in the environment. */
  | { readonly kind: "Port" | "Device" | "Mapped"; readonly name: string }
  | { readonly kind: "Array"; readonly items: readonly ModelValue[] }
  | {
    readonly kind: "Struct";
    readonly ty: string;
    readonly fields: ReadonlyMap<string, ModelValue>;
  };

/** One holder of a region. */
export interface ModelHolder {
  readonly region: ModelRegion;
  isLive: boolean;
}

/** A region of memory: its size, its bytes that are not 0, how many holders are live. */
export interface ModelRegion {
  readonly size: bigint;
  readonly bytes: Map<number, number>;
  live: number;
}

/** A file that was opened. */
export interface ModelFile {
  readonly path: string;
  readonly mode: string;
  isOpen: boolean;
  position: number;
}

/** A lock. */
export interface ModelLock {
  readonly number: number;
  /** The thread that holds it. */
  holder: number | undefined;
  /** When it was last unlocked. */
  released: Moment | undefined;
}

export const UNIT: ModelValue = { kind: "Unit" };

/** Equality by content: numbers by their value, arrays of unequal length unequal, shapes by their fields. */
export function equalValues(a: ModelValue, b: ModelValue, rules: Rules): boolean {
  if (isNumeric(a) && isNumeric(b)) {
    // An integer beside a float is a literal that is a float by its use.
    return a.kind === "Int" && b.kind === "Int"
      ? a.value === b.value
      : Number(a.value) === Number(b.value);
  }
  if (a.kind === "Array" && b.kind === "Array") {
    const isSameLength = a.items.length === b.items.length ||
      rules.breaks("arrays of unequal length are equal");
    return isSameLength && a.items.every((item, index) => {
      const other = b.items[index];
      return other === undefined || equalValues(item, other, rules);
    });
  }
  if (a.kind === "Struct" && b.kind === "Struct") {
    return a.fields.size === b.fields.size && [...a.fields].every(([name, value]) => {
      const other = b.fields.get(name);
      return other !== undefined && equalValues(value, other, rules);
    });
  }
  return tagged(a) === tagged(b);
}

function isNumeric(value: ModelValue): value is Extract<ModelValue, { kind: "Int" | "Float" }> {
  return value.kind === "Int" || value.kind === "Float";
}

/** A value in the tagged form of the trace, as compact JSON. */
export function tagged(value: ModelValue): string {
  switch (value.kind) {
    case "Int":
    case "Bool":
      return `{"${value.kind}":${value.value}}`;
    case "Float":
      return `{"Float":${floatText(value.value)}}`;
    case "String":
    case "Char":
      return `{"${value.kind}":${JSON.stringify(value.value)}}`;
    case "Unit":
      return '"Unit"';
    case "Mem":
    case "File":
    case "Thread":
    case "Mutex":
    case "Port":
    case "Device":
    case "Mapped":
      throw new Error("a handle is no part of a trace");
    case "Array":
      return `{"Array":[${value.items.map(tagged).join(",")}]}`;
    case "Struct": {
      const fields = [...value.fields].map(([name, held]) =>
        `${JSON.stringify(name)}:${tagged(held)}`
      );
      return `{"Struct":{"ty":${JSON.stringify(value.ty)},"fields":{${fields.join(",")}}}}`;
    }
  }
}

/** A value as an effect's payload. */
export function payloadOf(value: ModelValue): string {
  switch (value.kind) {
    case "String":
    case "Char":
      return value.value;
    case "Int":
    case "Bool":
      return String(value.value);
    case "Float":
      return floatText(value.value);
    case "Unit":
      return "Unit";
    default:
      return tagged(value);
  }
}

/** Whether a value is or holds a witness. */
export function holdsWitness(value: ModelValue): boolean {
  if (value.kind === "Array") return value.items.some(holdsWitness);
  return value.kind === "Struct" &&
    (value.ty === "PhiWitness" || [...value.fields.values()].some(holdsWitness));
}

function floatText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  return /[.e]/.test(String(value)) ? String(value) : `${value}.0`;
}
