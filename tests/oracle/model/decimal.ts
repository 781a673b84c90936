/**
 * Decimal text as an exact fraction of integers, and the nearest binary value of it in one rounding, ties to even (TYP-19;
 * semantics.md, second round, "Numbers and arguments"). Naive: no table, no approximation, integers of any size.
 *
 * @module
 */

/** `numerator / denominator`, the denominator positive. The sign is kept apart, for the sake of `-0`. */
export interface Exact {
  readonly isNegative: boolean;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const DECIMAL = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/** The exact value of a decimal text, or `undefined` when it is none. */
export function exactOf(text: string): Exact | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = BigInt(whole + fraction);
  const power = clipped(BigInt(exponent) - BigInt(fraction.length), whole.length + fraction.length);
  return power >= 0n
    ? { isNegative: sign === "-", numerator: digits * 10n ** power, denominator: 1n }
    : { isNegative: sign === "-", numerator: digits, denominator: 10n ** -power };
}

/** A power beyond every format is as good as the one at its edge: nothing, or infinite. */
function clipped(power: bigint, digits: number): bigint {
  const edge = BigInt(POWER_MAX + digits);
  return power > edge ? edge : power < -edge ? -edge : power;
}

const POWER_MAX = 2_000;

/** The integer that an exact value is, or `undefined` when it has a fraction. */
export function integerOf({ isNegative, numerator, denominator }: Exact): bigint | undefined {
  if (numerator % denominator !== 0n) return undefined;
  const size = numerator / denominator;
  return isNegative ? -size : size;
}

/** An integer as an exact value. */
export function exactInteger(value: bigint): Exact {
  const isNegative = value < 0n;
  return { isNegative, numerator: isNegative ? -value : value, denominator: 1n };
}

/** Bits of precision and the least exponent of a last place, of each width. */
const FORMATS = { 32: { precision: 24, least: -149 }, 64: { precision: 53, least: -1074 } };

/** The nearest value of a width; infinite where it lies beyond the greatest. */
export function nearest({ isNegative, numerator, denominator }: Exact, bits: 32 | 64): number {
  const { precision, least } = FORMATS[bits];
  const sign = isNegative ? -1 : 1;
  if (numerator === 0n) return sign * 0;
  // The exponent of the last place: as small as the precision allows.
  let exponent = least;
  while (quotient(numerator, denominator, exponent) >= 2n ** BigInt(precision)) exponent++;
  const mantissa = rounded(numerator, denominator, exponent);
  // A mantissa of at most 2^precision times a power of two is exact in binary64, up to its greatest value.
  const value = exponent > 971 ? Infinity : Number(mantissa) * 2 ** exponent;
  return sign * (bits === 32 && value > GREATEST_F32 ? Infinity : value);
}

const GREATEST_F32 = (2 - 2 ** -23) * 2 ** 127;

function quotient(numerator: bigint, denominator: bigint, exponent: number): bigint {
  return exponent >= 0
    ? numerator / (denominator << BigInt(exponent))
    : (numerator << BigInt(-exponent)) / denominator;
}

function rounded(numerator: bigint, denominator: bigint, exponent: number): bigint {
  const n = exponent >= 0 ? numerator : numerator << BigInt(-exponent);
  const d = exponent >= 0 ? denominator << BigInt(exponent) : denominator;
  const floor = n / d;
  const twice = 2n * (n % d);
  const isUp = twice > d || (twice === d && floor % 2n === 1n);
  return isUp ? floor + 1n : floor;
}
