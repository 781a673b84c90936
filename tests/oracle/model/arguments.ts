/**
 * Arguments of the entry, checked against its parameters from their exact text (TYP-09, TYP-15, FAI-05; semantics.md, second
 * round, "Numbers and arguments"; X-33).
 *
 * @module
 */
import { type Exact, exactInteger, exactOf, integerOf, nearest } from "./decimal.ts";
import type { Lookup } from "./lookup.ts";
import type { ModelProc } from "./program.ts";
import { RunFailure } from "./rules.ts";
import { fieldType, inRange, type ModelType, typeNamed } from "./types.ts";
import { type ModelValue, UNIT } from "./values.ts";

/** The values of the parameters for which there are arguments; an open Φ parameter has none. */
export function argumentsOf(
  lookup: Lookup,
  entry: ModelProc,
  given: { readonly [name: string]: unknown },
): ReadonlyMap<string, ModelValue> {
  const { rules, program } = lookup;
  const unknown = Object.keys(given).some((name) => !entry.params.some((p) => p.name === name));
  if (unknown && !rules.breaks("an unknown argument is ignored")) {
    throw new RunFailure("Runtime", "an argument without a parameter");
  }
  const args = new Map<string, ModelValue>();
  for (const { name, ty } of entry.params) {
    const type = typeNamed(program, entry.home, ty, rules);
    if (!Object.hasOwn(given, name)) {
      if (entry.regime === "Φ") continue;
      if (!rules.breaks("a missing argument is zero")) {
        throw new RunFailure("Runtime", `${name} is missing`);
      }
      args.set(name, { kind: "Int", value: 0n });
      continue;
    }
    const value = type === undefined ? undefined : readPlain(lookup, given[name], type);
    if (value === undefined) throw new RunFailure("Runtime", `${name} does not fit`);
    args.set(name, value);
  }
  return args;
}

/** A value of a declared type from plain JSON; `undefined` when it does not fit. */
function readPlain(lookup: Lookup, plain: unknown, type: ModelType): ModelValue | undefined {
  const { rules, program } = lookup;
  switch (type.kind) {
    case "int": {
      const value = integerArgument(lookup, plain);
      if (value === undefined) return undefined;
      const isHeld = inRange(value, type) || rules.breaks("declared width ignored");
      return isHeld ? { kind: "Int", value } : undefined;
    }
    case "float": {
      const exact = exactArgument(plain);
      if (exact === undefined) return undefined;
      const isTwice = rules.breaks("f32 text is rounded twice");
      const rounded = isTwice ? nearest(exact, 64) : nearest(exact, type.bits);
      const value = type.bits === 32 ? Math.fround(rounded) : rounded;
      if (!Number.isFinite(value)) return undefined;
      const signed = rules.breaks("minus zero loses its sign") ? value + 0 : value;
      return { kind: "Float", value: signed, bits: type.bits };
    }
    case "bool":
      return typeof plain === "boolean" ? { kind: "Bool", value: plain } : undefined;
    case "string":
      return isText(plain) ? { kind: "String", value: plain } : undefined;
    case "char": {
      const isOne = isText(plain) && [...plain].length === 1;
      return isOne ? { kind: "Char", value: plain } : undefined;
    }
    case "unit":
      return plain === null ? UNIT : undefined;
    case "handle":
      return isText(plain) ? handleNamed(type.name, plain) : undefined;
    case "witness":
      return undefined;
    case "array": {
      if (!Array.isArray(plain)) return undefined;
      const isLength = plain.length === type.length ||
        (type.length === 0 && !rules.breaks("an array of length zero is empty"));
      const items = plain.map((item) => readPlain(lookup, item, type.element));
      const known = items.filter((item) => item !== undefined);
      return isLength && known.length === items.length
        ? { kind: "Array", items: known }
        : undefined;
    }
    case "shape": {
      if (typeof plain !== "object" || plain === null || Array.isArray(plain)) return undefined;
      const members = new Map<string, unknown>(Object.entries(plain));
      const fields = new Map<string, ModelValue>();
      for (const { name } of type.shape.fields) {
        const declared = fieldType(program, type.shape, name, rules);
        if (declared === undefined || !members.has(name)) return undefined;
        const value = readPlain(lookup, members.get(name), declared);
        if (value === undefined) return undefined;
        fields.set(name, value);
      }
      const isWhole = members.size === fields.size;
      return isWhole ? { kind: "Struct", ty: type.shape.name, fields } : undefined;
    }
  }
}

/** What a text names in the environment. */
function handleNamed(type: string, name: string): ModelValue | undefined {
  if (type === "Mem") return { kind: "Mapped", name };
  return type === "Port" || type === "Device" ? { kind: type, name } : undefined;
}

/** Whether an argument is well-formed Unicode text. */
function isText(plain: unknown): plain is string {
  return typeof plain === "string" && plain.isWellFormed();
}

function integerArgument({ rules }: Lookup, plain: unknown): bigint | undefined {
  const exact = exactArgument(plain);
  if (exact === undefined) return undefined;
  const isCut = rules.breaks("a fraction argument is cut to an integer");
  return integerOf(isCut ? cut(exact) : exact);
}

function cut({ isNegative, numerator, denominator }: Exact): Exact {
  return { isNegative, numerator: numerator / denominator, denominator: 1n };
}

/** The exact value of a number, however it is given. */
function exactArgument(plain: unknown): Exact | undefined {
  const text = decimalText(plain);
  if (text !== undefined) return exactOf(text);
  if (typeof plain === "bigint") return exactInteger(plain);
  if (typeof plain !== "number" || !Number.isFinite(plain)) return undefined;
  if (Object.is(plain, -0)) return { isNegative: true, numerator: 0n, denominator: 1n };
  if (Number.isInteger(plain)) return exactInteger(BigInt(plain));
  // Scaled until it is whole: every binary64 value is a fraction with a power of two below.
  let [scaled, power] = [plain, 0n];
  while (!Number.isInteger(scaled)) [scaled, power] = [scaled * 2, power + 1n];
  return { ...exactInteger(BigInt(scaled)), denominator: 2n ** power };
}

/** The text of `{"Decimal": "0.1"}`: a number as it is written, where a JavaScript number would be another one. */
function decimalText(plain: unknown): string | undefined {
  if (typeof plain !== "object" || plain === null) return undefined;
  const [member, ...others] = Object.entries(plain);
  const isDecimal = member?.[0] === "Decimal" && others.length === 0;
  return isDecimal && typeof member[1] === "string" ? member[1] : undefined;
}
