/**
 * Types of the model: what a type text means, aliases resolved, and where values enter (TYP-01, TYP-15, X-49; semantics.md,
 * second round, "Names and types" and "What the compiler loses").
 *
 * @module
 */
import type { Home, ModelProgram, ModelShape } from "./program.ts";
import { type Rules, RunFailure } from "./rules.ts";
import type { ModelValue } from "./values.ts";

/** A type. */
export type ModelType =
  | { readonly kind: "int"; readonly bits: number; readonly signed: boolean }
  | { readonly kind: "float"; readonly bits: 32 | 64 }
  | { readonly kind: "bool" | "string" | "char" | "unit" | "witness" }
  /** `result` is what a thread returns. */
  | { readonly kind: "handle"; readonly name: string; readonly result?: ModelType }
  /** `length` 0 is an array of any length. */
  | { readonly kind: "array"; readonly element: ModelType; readonly length: number }
  | { readonly kind: "shape"; readonly shape: ModelShape };

export const INT: ModelType = { kind: "int", bits: 64, signed: true };

/** The types of handles, where no declared type has the name. */
const HANDLES = ["Mem", "Mutex", "File", "Port", "Device"];

/** A chain of more aliases than this is refused: the text demands a bound and leaves its size open. */
const ALIAS_CHAIN_MAX = 64;

const PLAIN: { readonly [name: string]: ModelType } = {
  Int: INT,
  int: INT,
  UInt: { kind: "int", bits: 64, signed: false },
  Float: { kind: "float", bits: 64 },
  bool: { kind: "bool" },
  Bool: { kind: "bool" },
  string: { kind: "string" },
  String: { kind: "string" },
  char: { kind: "char" },
  Char: { kind: "char" },
  unit: { kind: "unit" },
  Unit: { kind: "unit" },
  "()": { kind: "unit" },
  PhiWitness: { kind: "witness" },
};

/** The type that a text means at a place of a program, or `undefined` when it means none. */
export function typeNamed(
  program: ModelProgram,
  home: Home,
  text: string,
  rules: Rules,
  aliases = 0,
): ModelType | undefined {
  const name = text.trim();
  const int = /^(?:(i|I|Int)|(?:u|U|UInt))(8|16|32|64)$/.exec(name);
  if (int !== null) return { kind: "int", bits: Number(int[2]), signed: int[1] !== undefined };
  const float = /^(?:f|F|Float)(32|64)$/.exec(name);
  if (float !== null) return { kind: "float", bits: float[1] === "32" ? 32 : 64 };
  if (Object.hasOwn(PLAIN, name)) return PLAIN[name];
  const regimed = /^(?:K|Q|Phi|Φ)\[(.*)\]$/.exec(name);
  if (regimed?.[1] !== undefined && !/^[0-9]+$/.test(regimed[1])) {
    return typeNamed(program, home, regimed[1], rules, aliases);
  }
  const array = /^\[(.*);\s*([0-9]+)\s*\]$/.exec(name) ?? /^(.*)\[\s*([0-9]+)\s*\]$/.exec(name);
  if (array?.[1] !== undefined) {
    const element = typeNamed(program, home, array[1], rules, aliases);
    return element && { kind: "array", element, length: Number(array[2]) };
  }
  const thread = /^Thread<(.*)>$/.exec(name);
  if (thread?.[1] !== undefined) {
    const result = typeNamed(program, home, thread[1], rules, aliases);
    return result && { kind: "handle", name: "Thread", result };
  }
  return declaredType(program, home, name, rules, aliases);
}

interface Declared {
  readonly home: Home;
  readonly name: string;
  readonly shape: ModelShape | undefined;
  readonly target: string;
}

/** In its own forge, then among the `types` of its own artifact, then in the rest, where it must be unique. */
function declaredType(
  program: ModelProgram,
  home: Home,
  name: string,
  rules: Rules,
  aliases: number,
): ModelType | undefined {
  const shapes = program.forges.flatMap((forge) => forge.shapes);
  const declared: Declared[] = shapes.map((shape) => ({
    home: shape.home,
    name: shape.name,
    shape,
    target: "",
  }));
  for (const type of rules.breaks("shapes beside forges are unknown") ? [] : program.types) {
    declared.push(
      type.kind === "struct"
        ? { home: type.shape.home, name: type.shape.name, shape: type.shape, target: "" }
        : { home: type.home, name: type.name, shape: undefined, target: type.target },
    );
  }
  const named = declared.filter((each) => each.name === name);
  if (named.length === 0 && HANDLES.includes(name)) return { kind: "handle", name };
  const isOwnForge = (each: Declared) =>
    each.home.artifact === home.artifact && each.home.forge === home.forge;
  const isOwnTypes = (each: Declared) =>
    each.home.artifact === home.artifact && each.home.forge === undefined;
  const found = named.find(isOwnForge) ?? named.find(isOwnTypes) ??
    (named.length === 1 ? named[0] : undefined);
  if (found === undefined) return undefined;
  if (found.shape !== undefined) return { kind: "shape", shape: found.shape };
  if (rules.breaks("aliases are not resolved in types")) return undefined;
  const isTooLong = aliases >= ALIAS_CHAIN_MAX &&
    (aliases > 2 * ALIAS_CHAIN_MAX || !rules.breaks("alias chains end only in a cycle"));
  if (isTooLong) return undefined;
  return typeNamed(program, found.home, found.target, rules, aliases + 1);
}

/** The type of a shape's field. */
export function fieldType(
  program: ModelProgram,
  shape: ModelShape,
  name: string,
  rules: Rules,
): ModelType | undefined {
  const field = shape.fields.find((declared) => declared.name === name);
  return field && typeNamed(program, shape.home, field.ty, rules);
}

/** Where a value enters a place of a declared type: the value it becomes, or a `Runtime` failure (TYP-15). */
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
    return { kind: "Float", value: held, bits: type.bits };
  }
  if (type.kind === "array" && value.kind === "Array") {
    return {
      kind: "Array",
      items: value.items.map((item) => enterType(item, type.element, rules)),
    };
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
