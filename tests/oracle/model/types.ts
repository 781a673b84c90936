/**
 * Types and values of the model, and where they meet (TYP-01, TYP-15, X-49).
 *
 * @module
 */
import type { ModelForge, ModelProgram, ModelShape } from "./program.ts";
import { type Rules, RunFailure } from "./rules.ts";

/** A declared type. */
export type ModelType =
  | { readonly kind: "int"; readonly bits: number; readonly signed: boolean }
  | { readonly kind: "float"; readonly bits: number }
  | { readonly kind: "bool" | "string" | "unit" | "witness" }
  | { readonly kind: "array"; readonly element: ModelType; readonly length: number }
  | { readonly kind: "shape"; readonly shape: ModelShape };

/** A value. Integers are mathematical; the model checks their range wherever the language says so. */
export type ModelValue =
  | { readonly kind: "Int"; readonly value: bigint }
  | { readonly kind: "Float"; readonly value: number }
  | { readonly kind: "Bool"; readonly value: boolean }
  | { readonly kind: "String"; readonly value: string }
  | { readonly kind: "Unit" }
  | { readonly kind: "Array"; readonly items: readonly ModelValue[] }
  | { readonly kind: "Struct"; readonly ty: string; readonly fields: Map<string, ModelValue> };

/** The type that a text names in a forge, or `undefined`. */
export function typeNamed(
  program: ModelProgram,
  forge: string,
  text: string,
): ModelType | undefined {
  const name = text.trim();
  const int = /^(?:(i|I|Int)|(?:u|U|UInt))(8|16|32|64)$/.exec(name);
  if (int !== null) return { kind: "int", bits: Number(int[2]), signed: int[1] !== undefined };
  if (name === "Int" || name === "int") return { kind: "int", bits: 64, signed: true };
  if (name === "f64" || name === "f32") return { kind: "float", bits: Number(name.slice(1)) };
  if (name === "bool" || name === "Bool") return { kind: "bool" };
  if (name === "string" || name === "String") return { kind: "string" };
  if (name === "unit" || name === "Unit") return { kind: "unit" };
  if (name === "PhiWitness") return { kind: "witness" };
  const regimed = /^(?:K|Q|Phi|Φ)\[(.*)\]$/.exec(name);
  if (regimed?.[1] !== undefined) return typeNamed(program, forge, regimed[1]);
  const array = /^\[(.*);\s*([0-9]+)\s*\]$/.exec(name);
  if (array?.[1] !== undefined) {
    const element = typeNamed(program, forge, array[1]);
    return element && { kind: "array", element, length: Number(array[2]) };
  }
  const shape = shapeNamed(program, forge, name);
  return shape && { kind: "shape", shape };
}

/** The shape that a name means: in its own forge, else in exactly one other. */
export function shapeNamed(
  program: ModelProgram,
  forge: string,
  name: string,
): ModelShape | undefined {
  const named = (among: readonly ModelForge[]) =>
    among.flatMap(({ shapes }) => shapes).filter((shape) => shape.name === name);
  const own = named(program.forges.filter((other) => other.name === forge));
  const all = named(program.forges);
  return own[0] ?? (all.length === 1 ? all[0] : undefined);
}

/** Where a value enters a place of a declared type: the value it becomes, or a `Runtime` failure. */
export function enterType(value: ModelValue, type: ModelType, rules: Rules): ModelValue {
  if (type.kind === "int" && value.kind === "Int") {
    const { value: held } = value;
    if (inRange(held, type) || rules.breaks("declared width ignored")) return value;
    if (rules.breaks("value truncated to its width")) {
      return { kind: "Int", value: BigInt.asIntN(type.bits, held) };
    }
    throw new RunFailure("Runtime", `${held} does not fit`);
  }
  if (type.kind === "float" && (value.kind === "Float" || value.kind === "Int")) {
    const exact = Number(value.value);
    const held = type.bits === 32 ? Math.fround(exact) : exact;
    if (!Number.isFinite(held)) throw new RunFailure("Runtime", "a float that is not finite");
    return { kind: "Float", value: held };
  }
  return value;
}

/** Whether an integer lies in a type's range. Values are signed 64-bit, so `u64` ends where `i64` does. */
export function inRange(value: bigint, type: { bits: number; signed: boolean }): boolean {
  const [least, greatest] = rangeOf(type);
  return value >= least && value <= greatest;
}

/** The least and greatest integer of a type. */
export function rangeOf(type: { bits: number; signed: boolean }): readonly [bigint, bigint] {
  const bits = BigInt(type.bits);
  const i64Max = 2n ** 63n - 1n;
  if (type.signed) return [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
  const greatest = 2n ** bits - 1n;
  return [0n, greatest < i64Max ? greatest : i64Max];
}

/** Equality by content; shapes by their fields. */
export function equalModelValues(a: ModelValue, b: ModelValue): boolean {
  return tagged(a) === tagged(b);
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
      return `{"String":${JSON.stringify(value.value)}}`;
    case "Unit":
      return '"Unit"';
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

function floatText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  return /[.e]/.test(String(value)) ? String(value) : `${value}.0`;
}
