/**
 * Integers as decimal digits, written into bytes.
 *
 * @module
 */
const ZERO = 0x30;
const MINUS = 0x2d;
const BILLION = 1_000_000_000;
const INT32_MAX = 0x7fffffff;
/** A number below 2^53 has at most nine digits before these seven. */
const TEN_MILLION = 10_000_000;

/** The longest integer of 64 bits, with its sign. */
export const INTEGER_LENGTH_MAX = 20;

/** Writes an integer at an offset; returns the offset after it. */
export function integerAt(bytes: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  if (rest < 0) {
    bytes[at++] = MINUS;
    rest = -rest;
  }
  if (rest <= INT32_MAX) return digitsAt(bytes, at, rest, digitsOf(rest));
  const high = Math.floor(rest / TEN_MILLION);
  at = digitsAt(bytes, at, high, digitsOf(high));
  return digitsAt(bytes, at, rest - high * TEN_MILLION, 7);
}

/** Writes exactly `count` digits of a number below 2^31, from the last pair of them on. */
export function digitsAt(bytes: Uint8Array, start: number, value: number, count: number): number {
  let rest = value | 0;
  let at = start + count - 2;
  for (; at >= start; at -= 2) {
    const hundredth = (rest / 100) | 0;
    const pair = 2 * (rest - 100 * hundredth);
    bytes[at] = DIGIT_PAIRS[pair] ?? 0;
    bytes[at + 1] = DIGIT_PAIRS[pair + 1] ?? 0;
    rest = hundredth;
  }
  if (at === start - 1) bytes[start] = ZERO + rest;
  return start + count;
}

/** Writes the two digits of a number below a hundred at an offset. */
export function pairAt(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = DIGIT_PAIRS[2 * value] ?? 0;
  bytes[at + 1] = DIGIT_PAIRS[2 * value + 1] ?? 0;
}

/** The digits from `00` to `99`. */
const DIGIT_PAIRS = Uint8Array.from({ length: 200 }, (_, index) => {
  const number = index >> 1;
  return ZERO + (index % 2 === 0 ? Math.floor(number / 10) : number % 10);
});

/** How many digits a number below 2^31 has. */
export function digitsOf(value: number): number {
  if (value < 10_000) return value < 100 ? (value < 10 ? 1 : 2) : (value < 1_000 ? 3 : 4);
  if (value < 1_000_000) return value < 100_000 ? 5 : 6;
  if (value < BILLION) return value < 100_000_000 ? (value < 10_000_000 ? 7 : 8) : 9;
  return 10;
}
