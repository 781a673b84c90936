/**
 * Linear forms over base variables, and affine views: the value `scale`·x + `offset` of one variable x, by which a value is
 * read and bounded without a variable for itself (variable views: Schulte and Tack 2013).
 *
 * @module
 */
import { add, type Int, max, min, mul } from "../number/integer.ts";
import type { Interval } from "../number/interval.ts";

/** The linear form Σ coefs·vars + constant; `vars` are base variables in ascending order, no coefficient is 0. */
export interface LinearForm {
  readonly vars: readonly number[];
  readonly coefs: readonly Int[];
  readonly constant: Int;
}

/** A text that identifies a form without its constant. */
export function keyOf({ vars, coefs }: LinearForm): string {
  return vars.map((q, index) => `${coefs[index]}*${q}`).join("+");
}

/** A form multiplied by a factor. */
export function scaleForm({ vars, coefs, constant }: LinearForm, factor: Int): LinearForm {
  if (factor === 1) return { vars, coefs, constant };
  if (factor === 0) return { vars: [], coefs: [], constant: 0 };
  return {
    vars,
    coefs: coefs.map((coef) => mul(coef, factor)),
    constant: mul(constant, factor),
  };
}

/** The sum of two forms. */
export function sumForms(a: LinearForm, b: LinearForm): LinearForm {
  const vars: number[] = [], coefs: Int[] = [];
  const take = (q: number, coef: Int): void => {
    if (coef === 0) return;
    vars.push(q);
    coefs.push(coef);
  };
  let i = 0, j = 0;
  while (i < a.vars.length || j < b.vars.length) {
    const p = a.vars[i] ?? Infinity, q = b.vars[j] ?? Infinity;
    if (p < q) take(p, a.coefs[i++] ?? 0);
    else if (q < p) take(q, b.coefs[j++] ?? 0);
    else take(p, add(a.coefs[i++] ?? 0, b.coefs[j++] ?? 0));
  }
  return { vars, coefs, constant: add(a.constant, b.constant) };
}

/** The value `scale`·q + `offset` of a variable; `q` is -1 for the constant `offset`. */
export interface AffineView {
  readonly q: number;
  readonly scale: Int;
  readonly offset: Int;
}

/** The range of a view within given bounds of the variables. */
export function viewRange(
  { q, scale, offset }: AffineView,
  lo: readonly Int[],
  hi: readonly Int[],
): Interval {
  if (q < 0) return { lo: offset, hi: offset };
  const x = add(mul(scale, lo[q] ?? 0), offset), y = add(mul(scale, hi[q] ?? 0), offset);
  return scale > 0 ? { lo: x, hi: y } : { lo: y, hi: x };
}

/** The range of a form within given bounds of its variables. */
export function formRange(
  { vars, coefs, constant }: LinearForm,
  lo: readonly Int[],
  hi: readonly Int[],
): Interval {
  let lowest = constant, highest = constant;
  for (const [index, q] of vars.entries()) {
    const coef = coefs[index] ?? 0;
    const x = mul(coef, lo[q] ?? 0), y = mul(coef, hi[q] ?? 0);
    lowest = add(lowest, min(x, y));
    highest = add(highest, max(x, y));
  }
  return { lo: lowest, hi: highest };
}
