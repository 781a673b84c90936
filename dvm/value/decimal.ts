/**
 * Decimal text and the number it denotes: exact for integers, rounded once for floats (DIR-20, TYP-19). Literals and arguments are
 * read by the same functions.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import { type Int64, int64FromBigInt } from "./int64.ts";

/** Digits of the greatest 64-bit integer. */
const INT64_DIGITS = 19;
/** The lowest bits of a binary64 number that lies midway between two binary32 numbers; they are zeros. */
const BELOW_SINGLE = 0xfff_ffffn;

/** Whether a text is a number as JSON writes it. */
export function isDecimal(text: string): boolean {
  return /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(text);
}

/** The integer that a decimal number denotes, `1e18` and `-0` included; `undefined` for a fraction and beyond 64 bits. */
export function integerOfDecimal(decimal: string): Int64 | undefined {
  const { digits, exponent } = significandOf(decimal);
  if (exponent < digits.length || exponent > INT64_DIGITS) return digits === "" ? 0 : undefined;
  const magnitude = BigInt(digits.padEnd(exponent, "0"));
  return int64FromBigInt(decimal.startsWith("-") ? -magnitude : magnitude);
}

/**
 * The float nearest to a decimal number, ties to even, in one rounding: `f32` is not reached through binary64. `-0` keeps its sign;
 * beyond the range of the type the result is an infinity.
 */
export function nearestFloat(decimal: string, bits: 32 | 64): number {
  const double = Number(decimal);
  return bits === 64 ? double : Math.fround(singleTieBroken(decimal, double));
}

/**
 * The nearest binary64 number, moved off a tie between two binary32 numbers to the side on which the decimal lies. The first rounding
 * can reach a tie, but never cross one.
 */
function singleTieBroken(decimal: string, double: number): number {
  if (double === 0 || !Number.isFinite(double)) return double;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, double);
  const pattern = view.getBigUint64(0);
  if ((pattern & BELOW_SINGLE) !== 0n) return double;
  const order = compareSignificands(significandOf(decimal), significandOfDouble(pattern));
  view.setBigUint64(0, pattern + BigInt(order));
  return view.getFloat64(0);
}

/** A magnitude as 0.DIGITS × 10^exponent, without zeros at either end; zero has no digits. */
interface Significand {
  readonly digits: string;
  readonly exponent: number;
}

function significandOf(decimal: string): Significand {
  const [, whole, fraction = "", power = "0"] =
    /^[+-]?([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/.exec(decimal) ?? [];
  assert(whole !== undefined, "not a decimal number");
  return trimmed(whole + fraction, whole.length + Number(power));
}

function trimmed(digits: string, exponent: number): Significand {
  let start = 0, end = digits.length;
  while (digits[start] === "0") start++;
  if (start === end) return { digits: "", exponent: 0 };
  while (digits[end - 1] === "0") end--;
  return { digits: digits.slice(start, end), exponent: exponent - start };
}

/** The exact digits of a binary64 number other than zero, from its bits. */
function significandOfDouble(pattern: bigint): Significand {
  const biased = Number(pattern >> 52n & 0x7ffn);
  const fraction = pattern & (1n << 52n) - 1n;
  const power = Math.max(biased, 1) - 1075;
  const integer = biased === 0 ? fraction : fraction | 1n << 52n;
  // m × 2^-n = m × 5^n × 10^-n
  const digits = String(power >= 0 ? integer << BigInt(power) : integer * 5n ** BigInt(-power));
  return trimmed(digits, digits.length + Math.min(power, 0));
}

/** -1, 0 or 1. */
function compareSignificands(a: Significand, b: Significand): number {
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -1 : 1;
  return a.digits === b.digits ? 0 : a.digits < b.digits ? -1 : 1;
}
