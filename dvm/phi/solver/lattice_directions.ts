/**
 * Thin lattice directions of a linear program: bounds on linear forms that no single row implies (rounding them is a
 * Chvátal-Gomory cut), an integer point near the middle, and the split into the fewest cases.
 *
 * @module
 */
import type { Bounds } from "./bounds.ts";
import type { Split } from "./branching.ts";
import { add, floorDiv, type Int, intOf, neg } from "../number/integer.ts";
import type { LinearProgram } from "./linear_program.ts";
import type { ConstraintSystem } from "./constraint_system.ts";

/** What the directions of a linear program yield besides bounds. */
export interface DirectionBounds {
  /** An integer point near the middle, by variable. */
  readonly point: ReadonlyMap<number, Int>;
  /** The split of the thinnest direction with more than one value; `undefined` if there is none. */
  readonly split: Split | undefined;
}

/** Bounds each direction; `undefined` at a conflict, which means that there is no integer solution. */
export function boundDirections(
  system: ConstraintSystem,
  bounds: Bounds,
  program: LinearProgram,
): DirectionBounds | undefined {
  const { forms, points } = program.basis();
  const middle = program.columns.map(() => 0);
  const values: bigint[] = [];
  let split: Split | undefined, bestWidth = Infinity;
  for (const [index, form] of forms.entries()) {
    const { q, lo, hi } = boundDirection({ system, bounds, program, middle }, form);
    if (bounds.conflict >= 0) return undefined;
    if (lo === hi) values[index] = BigInt(lo);
    const width = Number(hi) - Number(lo);
    if (width === 0 || width >= bestWidth) continue;
    const at = floorDiv(add(bounds.lo[q] ?? 0, bounds.hi[q] ?? 0), 2);
    split = { q, at, isAboveFirst: at < 0 };
    bestWidth = width;
  }
  // The mean of all extreme solutions is inside the polytope. Directions with one value keep it exactly, others are rounded.
  const nearest = forms.map((form, index) =>
    values[index] ?? roundedDot(form, middle, 2 * forms.length)
  );
  const point = new Map(program.columns.map((q, column) => [
    q,
    intOf(points.reduce((sum, p, index) => sum + (p[column] ?? 0n) * (nearest[index] ?? 0n), 0n)),
  ]));
  return { point, split };
}

interface DirectionContext {
  readonly system: ConstraintSystem;
  readonly bounds: Bounds;
  readonly program: LinearProgram;
  /** The sum of the extreme solutions found so far, by column. */
  readonly middle: number[];
}

/** Bounds one direction from both sides, and adds the two extreme solutions to the sum. */
function boundDirection(
  { system, bounds, program, middle }: DirectionContext,
  direction: readonly Int[],
): { readonly q: number; readonly lo: Int; readonly hi: Int } {
  const { q, scale } = system.viewOf(program.formOf(direction));
  bounds.extend();
  // The coefficients of a direction are coprime, so its variable is the form or its negative.
  const form = scale > 0 ? direction : direction.map(neg);
  for (const isUpper of [true, false]) {
    const { bound, why } = isUpper ? program.upperBound(form) : program.lowerBound(form);
    program.vertex().forEach(({ num, den }, column) => {
      middle[column] = (middle[column] ?? 0) + Number(num) / Number(den);
    });
    if (bounds.conflict >= 0) break;
    if (isUpper) bounds.lower(q, bound, why);
    else bounds.raise(q, bound, why);
  }
  const lo = bounds.lo[q] ?? 0, hi = bounds.hi[q] ?? 0;
  return scale > 0 ? { q, lo, hi } : { q, lo: neg(hi), hi: neg(lo) };
}

/** The integer nearest to the value of a form at the mean of `count` points, given their sum. */
function roundedDot(form: readonly Int[], sum: readonly number[], count: number): bigint {
  const dot = form.reduce<number>(
    (total, coef, column) => total + Number(coef) * (sum[column] ?? 0),
    0,
  );
  return BigInt(Math.round(dot / count));
}
