/**
 * Arithmetic on whole numbers, ranges and linear forms, for the checker of refutations alone: the solver has its own.
 *
 * @module
 */
import type { Term } from "./term.ts";

/** All whole numbers from the first to the second. */
export type Range = readonly [bigint, bigint];

/** The number 0 alone. */
export const ZERO: Range = [0n, 0n];

export const min = (a: bigint, b: bigint) => a < b ? a : b;
export const max = (a: bigint, b: bigint) => a > b ? a : b;
export const gcd = (a: bigint, b: bigint): bigint => b === 0n ? max(a, -a) : gcd(b, a % b);
export const floor = (a: bigint, b: bigint) =>
  a / b - (a % b !== 0n && (a < 0n) !== (b < 0n) ? 1n : 0n);
export const ceil = (a: bigint, b: bigint) => -floor(-a, b);
export const has = ([lo, hi]: Range, value: bigint) => lo <= value && value <= hi;
export const meets = (a: Range, b: Range) => a[0] <= b[1] && b[0] <= a[1];
export const sumOf = (all: readonly Range[]) =>
  all.reduce<Range>((sum, [lo, hi]) => [sum[0] + lo, sum[1] + hi], ZERO);
export const hull = (all: readonly Range[]) =>
  all.reduce<Range>((sum, [lo, hi]) => [min(sum[0], lo), max(sum[1], hi)], all[0] ?? ZERO);

/** The parts of a range below 0, at 0 and above 0. */
function signs([lo, hi]: Range): Range[] {
  const parts: Range[] = [[lo, min(hi, -1n)], [max(lo, 0n), min(hi, 0n)], [max(lo, 1n), hi]];
  return parts.filter(([from, to]) => from <= to);
}

/** The range of an operation that is monotone in each operand over these ranges. */
function corners([a, b]: Range, [c, d]: Range, op: (x: bigint, y: bigint) => bigint): Range {
  const [first, ...others] = [op(a, c), op(a, d), op(b, c), op(b, d)];
  return hull([first ?? 0n, ...others].map((end) => [end, end]));
}

/** Ranges that hold every result of an operation. */
export function outcomes(kind: Term["kind"], x: Range, other?: Range): Range[] {
  const y = other ?? x; // without a second operand, it is the first again
  const pairs = signs(x).flatMap((p) =>
    (other === undefined ? [p] : signs(y)).map((q) => [p, q] as const)
  );
  if (kind === "mul") return pairs.map(([p, q]) => corners(p, q, (a, b) => a * b));
  if (kind === "div") return pairs.map(([p, q]) => corners(p, q, (a, b) => b === 0n ? 0n : a / b));
  if (kind === "shl" || kind === "shr") {
    const counts: Range = [max(y[0], 0n), min(y[1], 63n)];
    const shift = (a: bigint, b: bigint) => kind === "shl" ? a << b : a >> b;
    const inside = counts[0] <= counts[1] ? [corners(x, counts, shift)] : [];
    return y[0] < 0n || y[1] > 63n ? [...inside, ZERO] : inside; // another count gives 0
  }
  if (x[0] === x[1] && y[0] === y[1]) {
    const value = kind === "bitAnd" ? x[0] & y[0] : kind === "bitOr" ? x[0] | y[0] : x[0] ^ y[0];
    return [[value, value]];
  }
  const most = max(-x[0], x[1]) + max(-y[0], y[1]); // no result is farther from 0 than both together
  return [[x[0] >= 0n && y[0] >= 0n ? 0n : -most, most]];
}

/** Coefficients of base terms (unknowns, booleans, operations that are not linear) by id, and a constant. */
export interface Form {
  readonly parts: ReadonlyMap<number, bigint>;
  readonly constant: bigint;
}

/** The form that is a number. */
export const constant = (value: bigint): Form => ({ parts: new Map(), constant: value });

/** a + factor · b. */
export function plus(a: Form, b: Form, factor: bigint): Form {
  const parts = new Map(a.parts);
  for (const [id, coef] of b.parts) parts.set(id, (parts.get(id) ?? 0n) + coef * factor);
  for (const [id, coef] of parts) if (coef === 0n) parts.delete(id);
  return { parts, constant: a.constant + b.constant * factor };
}
