/**
 * Linear forms of base terms (unknowns, booleans, nonlinear operations), and views: what a form is of the variable that it shares with all
 * its multiples.
 *
 * @module
 */
import { refuse } from "./canonical_text.ts";
import { gcd } from "./digits.ts";

/** Coefficients of base terms by id, and a constant. */
export interface Form {
  readonly parts: ReadonlyMap<number, bigint>;
  readonly constant: bigint;
}

/** `scale` · variable + `constant`. The coefficients of the variable are coprime, the first is positive; `key` identifies it. */
export interface View extends Form {
  readonly key: string;
  readonly scale: bigint;
}

/** The size of a number in a check. */
const SIZE_MAX = 1n << 65_536n;

/** A number of a size that the checker computes with. @throws IllFormed */
export const bounded = (value: bigint) => -SIZE_MAX < value && value < SIZE_MAX ? value : refuse();

/** A form without base terms. */
export const constant = (value: bigint): Form => ({ parts: new Map(), constant: value });

/** a + factor · b. */
export function plus(a: Form, b: Form, factor: bigint): Form {
  const parts = new Map(a.parts);
  for (const [id, coef] of b.parts) parts.set(id, bounded((parts.get(id) ?? 0n) + coef * factor));
  for (const [id, coef] of parts) if (coef === 0n) parts.delete(id);
  return { parts, constant: bounded(a.constant + b.constant * factor) };
}

/** A form divided by the greatest common divisor of its coefficients, the first coefficient made positive. */
export function viewOf({ parts, constant }: Form): View {
  const sorted = [...parts].sort(([a], [b]) => a - b), [, first = 1n] = sorted[0] ?? [];
  const content = sorted.reduce((common, [, coef]) => gcd(common, coef), 0n) || 1n;
  const scale = first < 0n ? -content : content;
  const primitive = sorted.map(([id, coef]) => [id, coef / scale] as const);
  const key = primitive.map(([id, coef]) => `${coef}t${id}`).join("+");
  return { key, parts: new Map(primitive), scale, constant };
}

/** The variable of a form. */
export function variableOf(form: Form): View {
  return { ...viewOf(form), scale: 1n, constant: 0n };
}

/** The base terms of a variable, with their coefficients. */
export const partsOf = ({ parts }: View) =>
  Array.from(parts, (part) => viewOf({ parts: new Map([part]), constant: 0n }));
