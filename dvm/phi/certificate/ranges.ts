/**
 * Ranges of integers, and the ranges of what nonlinear operations result in.
 *
 * @module
 */
import { refuse } from "./canonical_text.ts";
import type { StatedTerm } from "./statement.ts";

/** All integers from the first to the second. */
export type Range = readonly [bigint, bigint];

/** Only 0. */
export const ZERO: Range = [0n, 0n];

/** Where products are cut. */
export const CUT = 1n << 128n;

/** The lesser of two. */
export const min = (a: bigint, b: bigint) => a < b ? a : b;
/** The greater of two. */
export const max = (a: bigint, b: bigint) => a > b ? a : b;
/** A quotient, rounded down. */
export const floor = (a: bigint, b: bigint) =>
  a / b - (a % b !== 0n && (a < 0n) !== (b < 0n) ? 1n : 0n);
/** Whether a range contains a value. */
export const has = ([lo, hi]: Range, value: bigint) => lo <= value && value <= hi;
/** Whether two ranges share a value. */
export const meets = ([a, b]: Range, [c, d]: Range) => a <= d && c <= b;
/** The least range of some values. */
export const spanOf = (ends: readonly bigint[]): Range => [ends.reduce(min), ends.reduce(max)];
/** The sum of ranges. */
export const sumOf = (all: readonly Range[]) =>
  all.reduce(([a, b], [c, d]) => [a + c, b + d], ZERO);

/** The parts of a range below 0, at 0, from 1 to 63, and above. */
const piecesOf = ([lo, hi]: Range): Range[] =>
  ([[lo, -1n], [0n, 0n], [1n, 63n], [64n, hi]] as const)
    .map(([a, b]) => [max(a, lo), min(b, hi)] as const).filter(([a, b]) => a <= b);

/** The nonlinear operations; all but the bitwise ones are monotone in each operand within each piece. */
const OPERATIONS: { readonly [kind in StatedTerm["kind"]]?: (a: bigint, b: bigint) => bigint } = {
  mul: (a, b) => max(min(a * b, CUT), -CUT),
  div: (a, b) => b === 0n ? 0n : a / b,
  shl: (a, b) => b < 0n || b > 63n ? 0n : a << b,
  shr: (a, b) => b < 0n || b > 63n ? 0n : a >> b,
  bitAnd: (a, b) => a & b,
  bitOr: (a, b) => a | b,
  bitXor: (a, b) => a ^ b,
};

/** Ranges that contain every result of an operation; without a second operand, of its application to equal operands. */
export function outcomes(kind: StatedTerm["kind"], x: Range, y?: Range): Range[] {
  const compute = OPERATIONS[kind] ?? refuse();
  const pairs = piecesOf(x).flatMap((p) => (y ? piecesOf(y) : [p]).map((q) => [p, q] as const));
  return pairs.map(([[a, b], [c, d]]) => {
    const isExact = !kind.startsWith("bit") || (a === b && c === d);
    if (isExact) return spanOf([compute(a, c), compute(a, d), compute(b, c), compute(b, d)]);
    return bitwise(kind, [a, b], [c, d]);
  });
}

/** The results of a bitwise operation on operands of one sign each. "Or" is "and" of complements. */
function bitwise(kind: string, [a, b]: Range, [c, d]: Range): Range {
  const not = ([lo, hi]: Range): Range => [-1n - hi, -1n - lo];
  if (kind === "bitOr") return not(bitwise("bitAnd", not([a, b]), not([c, d])));
  if (kind === "bitAnd") {
    if (b < 0n && d < 0n) return [a + c + 1n, min(b, d)];
    return [0n, b < 0n ? d : d < 0n ? b : min(b, d)];
  }
  const most = (b < 0n ? -1n - a : b) + (d < 0n ? -1n - c : d);
  return b < 0n === d < 0n ? [0n, most] : not([0n, most]);
}
