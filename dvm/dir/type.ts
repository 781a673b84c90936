/**
 * Declared types, and the one alias table through which every type name is read.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Place } from "./place.ts";

/** A declared type, resolved. `unknown` is a name that did not resolve, which the static checks report. */
export type Type =
  | IntType
  | { readonly kind: "float"; readonly bits: 32 | 64 }
  | { readonly kind: "bool" }
  | { readonly kind: "string" }
  | { readonly kind: "char" }
  | { readonly kind: "unit" }
  | { readonly kind: "witness" }
  | HandleType
  | { readonly kind: "shape"; readonly shape: Shape }
  | ArrayType
  | UnknownType;

/** A handle of draft v0.2: operations make it, or the environment gives it to the entry (TYP-24). */
export interface HandleType {
  readonly kind: "handle";
  readonly name: HandleName;
  /** Of a thread: what its `join` gives. */
  readonly result?: Type;
}

/** The names of the types of handles. */
export type HandleName = "Mem" | "Thread" | "Mutex" | "File" | "Port" | "Device";

/** The types of handles without a parameter, by name. */
export const HANDLES: { readonly [N in Exclude<HandleName, "Thread">]: HandleType } = {
  Mem: { kind: "handle", name: "Mem" },
  Mutex: { kind: "handle", name: "Mutex" },
  File: { kind: "handle", name: "File" },
  Port: { kind: "handle", name: "Port" },
  Device: { kind: "handle", name: "Device" },
};

/** `Thread<T>`, of a process that returns `result`; one that returns nothing gives `Unit`. */
export function threadOf(result: Type | undefined): HandleType {
  return { kind: "handle", name: "Thread", result: result ?? { kind: "unit" } };
}

/** Whether a word is the name of a type of handles without a parameter. */
export function isHandleName(word: string): word is keyof typeof HANDLES {
  return Object.hasOwn(HANDLES, word);
}

/** A type name that did not resolve. */
export interface UnknownType {
  readonly kind: "unknown";
  readonly name: string;
  /** Why: nothing in scope has the name, or it is an alias that is not resolved, which is reported where that is declared. */
  readonly cause: "missing" | "alias";
}

/** An array type. */
export interface ArrayType {
  readonly kind: "array";
  readonly element: Type;
  /**
   * The length of its values; `undefined` for arrays of any length. The compiler prints every unsized array as `[T; 0]`, so a
   * declared length of 0 means any length.
   */
  readonly length: number | undefined;
}

/** An integer type. Values are signed 64-bit; the type restricts their range. */
export interface IntType {
  readonly kind: "int";
  readonly bits: 8 | 16 | 32 | 64;
  readonly signed: boolean;
}

/** A record type, identified by its name. */
export interface Shape {
  readonly name: string;
  readonly place: Place;
  readonly fields: readonly Field[];
}

/** A field of a shape. `type` is resolved while linking. */
export interface Field {
  readonly name: string;
  readonly typeText: string;
  readonly place: Place;
  type: Type;
}

/** The least integer of a type. */
export function intMin(type: IntType): number | bigint {
  if (!type.signed) return 0;
  return type.bits === 64 ? -(2n ** 63n) : -(2 ** (type.bits - 1));
}

/** The greatest integer of a type. Values are signed 64-bit, so `u64` ends where `i64` does. */
export function intMax(type: IntType): number | bigint {
  if (type.bits === 64) return 2n ** 63n - 1n;
  return type.signed ? 2 ** (type.bits - 1) - 1 : 2 ** type.bits - 1;
}

/** A type as source text: `i32`, `[u8; 4]`, `QState`. */
export function renderType(type: Type): string {
  switch (type.kind) {
    case "int":
      return `${type.signed ? "i" : "u"}${type.bits}`;
    case "float":
      return `f${type.bits}`;
    case "shape":
      return type.shape.name;
    case "witness":
      return "PhiWitness";
    case "array":
      return `[${renderType(type.element)}; ${type.length ?? 0}]`;
    case "handle":
      return type.result === undefined ? type.name : `${type.name}<${renderType(type.result)}>`;
    case "unknown":
      return type.name;
    case "bool":
    case "string":
    case "char":
    case "unit":
      return type.kind;
    default:
      return unreachable(type);
  }
}

/** Whether existence can be decided over the values of a type: booleans, integers, and shapes of them. */
export function isDecidable(type: Type): boolean {
  if (type.kind === "shape") return type.shape.fields.every((field) => isDecidable(field.type));
  return type.kind === "bool" || type.kind === "int";
}
