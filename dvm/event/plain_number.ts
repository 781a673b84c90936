/**
 * Numbers of arguments: no conversion may change their value for any type that a parameter can have.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { integerOfDecimal, isDecimal, nearestFloat } from "../value/decimal.ts";
import { type Int64, int64FromBigInt, parseInt64 } from "../value/int64.ts";
import type { PlainArgument } from "./input.ts";

/** A number of an argument. */
export type PlainNumber =
  /** Exactly this binary64 number. */
  | { readonly kind: "double"; readonly value: number }
  /** Exactly this integer, of any size. */
  | { readonly kind: "integer"; readonly value: bigint }
  /** Exactly what this text denotes. */
  | { readonly kind: "decimal"; readonly text: string };

/**
 * The argument that a decimal number denotes. An integer of 64 bits is itself. A number that binary64 does not hold becomes the
 * nearest, unless that differs from it for some type: a number next to a 64-bit integer, or next to a tie of `f32`, or outside the
 * range. Then it is `{"Decimal": text}`.
 */
export function plainOfDecimal(text: string): PlainArgument {
  const double = Number(text);
  const exact = parseInt64(text) ?? integerOfDecimal(text);
  if (exact !== undefined) return exact === 0 ? double : exact; // -0 keeps its sign
  const isFaithful = Number.isFinite(double) &&
    toInt64({ kind: "double", value: double }) === undefined &&
    Object.is(nearestFloat(text, 32), Math.fround(double));
  return isFaithful ? double : { Decimal: text };
}

/** The number that an argument is; `undefined` for any other argument. */
export function numberOf(plain: PlainArgument): PlainNumber | undefined {
  if (typeof plain === "number") return { kind: "double", value: plain };
  if (typeof plain === "bigint") return { kind: "integer", value: plain };
  if (typeof plain !== "object" || plain === null) return undefined;
  const [member, ...others] = Object.entries(plain);
  if (member?.[0] !== "Decimal" || others.length > 0) return undefined;
  const text: unknown = member[1];
  return typeof text === "string" && isDecimal(text) ? { kind: "decimal", text } : undefined;
}

/** The 64-bit integer that a number is; `undefined` for a fraction, however close, and beyond 64 bits. */
export function toInt64(number: PlainNumber): Int64 | undefined {
  switch (number.kind) {
    case "double":
      return Number.isInteger(number.value) ? int64FromBigInt(BigInt(number.value)) : undefined;
    case "integer":
      return int64FromBigInt(number.value);
    case "decimal":
      return integerOfDecimal(number.text);
    default:
      return unreachable(number);
  }
}

/** The nearest float of a width, in one rounding; not finite outside its range. */
export function toFloat(number: PlainNumber, bits: 32 | 64): number {
  switch (number.kind) {
    case "double":
      return bits === 32 ? Math.fround(number.value) : number.value;
    case "integer":
      return nearestFloat(String(number.value), bits);
    case "decimal":
      return nearestFloat(number.text, bits);
    default:
      return unreachable(number);
  }
}

/** The number as messages show it. */
export function renderNumber(number: PlainNumber): string {
  switch (number.kind) {
    case "double": // String(2 ** 63) ends in zeros that are not its digits
      return Number.isInteger(number.value) && Math.abs(number.value) < 1e21
        ? String(BigInt(number.value))
        : String(number.value);
    case "integer":
      return String(number.value);
    case "decimal":
      return number.text;
    default:
      return unreachable(number);
  }
}
