/**
 * The values a program computes with. In memory they are this union; their wire spelling (`{"Int":42}`) is known to
 * `dvm/value/wire_text.ts` alone.
 *
 * @module
 */
import type { Int64 } from "./int64.ts";

/** A signed 64-bit integer; narrower declared types restrict where it may stand, not how it is held. */
export interface IntValue {
  readonly kind: "Int";
  readonly value: Int64;
}
/** A finite binary64 number. */
export interface FloatValue {
  readonly kind: "Float";
  readonly value: number;
}
/** A truth value. */
export interface BoolValue {
  readonly kind: "Bool";
  readonly value: boolean;
}
/** An opaque text. */
export interface StringValue {
  readonly kind: "String";
  readonly value: string;
}
/** One Unicode scalar value. */
export interface CharValue {
  readonly kind: "Char";
  readonly value: string;
}
/** The value that carries nothing. */
export interface UnitValue {
  readonly kind: "Unit";
}
/** A value of a shape, or a Φ witness (`ty` is then `PhiWitness`). Fields stand in declaration order. */
export interface StructValue {
  readonly kind: "Struct";
  readonly ty: string;
  readonly fields: ReadonlyMap<string, Value>;
}
/** An array of fixed length. */
export interface ArrayValue {
  readonly kind: "Array";
  readonly items: readonly Value[];
}

/** Any value. */
export type Value =
  | IntValue
  | FloatValue
  | BoolValue
  | StringValue
  | CharValue
  | UnitValue
  | StructValue
  | ArrayValue;

/** The one Unit value. */
export const UNIT: UnitValue = { kind: "Unit" };
/** The one true. */
export const TRUE: BoolValue = { kind: "Bool", value: true };
/** The one false. */
export const FALSE: BoolValue = { kind: "Bool", value: false };

/** The Int value of an integer. */
export function intValue(value: Int64): IntValue {
  return { kind: "Int", value };
}

/** The Bool value of a truth. */
export function boolValue(value: boolean): BoolValue {
  return value ? TRUE : FALSE;
}

/** The String value of a text. */
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

/** A named value, in the order that matters (parameters, fields). */
export interface NamedValue {
  readonly name: string;
  readonly value: Value;
}
