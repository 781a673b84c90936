/**
 * The values that a program computes. `dvm/value/wire_text.ts` and `dvm/value/wire_object.ts` convert them to the tagged form of
 * the log, `{"Int":42}`.
 *
 * @module
 */
import type { Int64 } from "./int64.ts";

/** A signed 64-bit integer. Narrower declared types restrict the range, not the representation. */
export interface IntValue {
  /** Discriminates the values. */
  readonly kind: "Int";
  /** The integer. */
  readonly value: Int64;
}
/** A finite binary64 number. */
export interface FloatValue {
  /** Discriminates the values. */
  readonly kind: "Float";
  /** The number. */
  readonly value: number;
}
/** A truth value. */
export interface BoolValue {
  /** Discriminates the values. */
  readonly kind: "Bool";
  /** The truth value. */
  readonly value: boolean;
}
/** A string; its text is opaque to the language. */
export interface StringValue {
  /** Discriminates the values. */
  readonly kind: "String";
  /** The text. */
  readonly value: string;
}
/** One Unicode scalar value. */
export interface CharValue {
  /** Discriminates the values. */
  readonly kind: "Char";
  /** The character, as one or two UTF-16 units. */
  readonly value: string;
}
/** A holder of a region of memory (draft v0.2). Only operations of the language make one. */
export interface MemValue {
  /** Discriminates the values. */
  readonly kind: "Mem";
  /** The name of the holder: `m1.2` is the second of region `m1`. */
  readonly value: string;
}
/** A handle that is no holder (draft v0.2): copies of it are the same. */
export interface HandleOf<Kind extends string> {
  /** Discriminates the values. `Mapped` is the memory of a device. */
  readonly kind: Kind;
  /** Of a thread, `t<n>`, of a lock, `x<n>`, of a file, `f<n>`; otherwise the name of the port or device in the environment manifest. */
  readonly value: string;
}
/** A handle of a thread, a lock, a file, a port, a device or its memory. */
export type HandleValue =
  | HandleOf<"Thread">
  | HandleOf<"Mutex">
  | HandleOf<"File">
  | HandleOf<"Port">
  | HandleOf<"Device">
  | HandleOf<"Mapped">;
/** The value without content. */
export interface UnitValue {
  /** Discriminates the values. */
  readonly kind: "Unit";
}
/** A value of a shape, or a Φ witness (`ty` is then `PhiWitness`). Fields are in declaration order. */
export interface StructValue {
  /** Discriminates the values. */
  readonly kind: "Struct";
  /** The shape's name. */
  readonly ty: string;
  /** Field values by name, in declaration order. */
  readonly fields: ReadonlyMap<string, Value>;
}
/** An array of fixed length. */
export interface ArrayValue {
  /** Discriminates the values. */
  readonly kind: "Array";
  /** The elements, in order. */
  readonly items: readonly Value[];
}

/** Any value. */
export type Value =
  | IntValue
  | FloatValue
  | BoolValue
  | StringValue
  | CharValue
  | MemValue
  | HandleValue
  | UnitValue
  | StructValue
  | ArrayValue;

/** The Unit value. */
export const UNIT: UnitValue = { kind: "Unit" };
/** The Bool value `true`. */
export const TRUE: BoolValue = { kind: "Bool", value: true };
/** The Bool value `false`. */
export const FALSE: BoolValue = { kind: "Bool", value: false };

/** The Int value of an integer. */
export function intValue(value: Int64): IntValue {
  return { kind: "Int", value };
}

/** The Bool value of a boolean. */
export function boolValue(value: boolean): BoolValue {
  return value ? TRUE : FALSE;
}

/** The String value of a string. */
export function stringValue(value: string): StringValue {
  return { kind: "String", value };
}

/** Structural equality; values of different kinds are different. */
export function equalValues(a: Value, b: Value): boolean {
  switch (a.kind) {
    case "Unit":
      return b.kind === "Unit";
    case "Int":
    case "Float":
    case "Bool":
    case "String":
    case "Char":
    case "Mem":
    case "Thread":
    case "Mutex":
    case "File":
    case "Port":
    case "Device":
    case "Mapped":
      return a.kind === b.kind && a.value === b.value;
    case "Array": {
      if (b.kind !== "Array" || a.items.length !== b.items.length) return false;
      return a.items.every((item, index) => equalValues(item, b.items[index] ?? { kind: "Unit" }));
    }
    case "Struct": {
      if (b.kind !== "Struct" || a.ty !== b.ty || a.fields.size !== b.fields.size) return false;
      for (const [name, value] of a.fields) {
        const other = b.fields.get(name);
        if (other === undefined || !equalValues(value, other)) return false;
      }
      return true;
    }
  }
}

/** A value with a name: an argument or a field. */
export interface NamedValue {
  /** The name. */
  readonly name: string;
  /** The value. */
  readonly value: Value;
}
