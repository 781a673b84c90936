/**
 * What thin directions say of a linear program: bounds of forms that no single row shows, a point of the lattice in the middle, and
 * where a split leaves the fewest cases.
 *
 * @module
 */
import type { Bounds } from "./bounds.ts";
import type { Split } from "./branching.ts";
import { add, floorDiv, type Int, intOf, neg } from "../number/integer.ts";
import type { LinearProgram } from "./linear.ts";
import type { Space } from "./space.ts";

/** The point near the middle, by quantity, and the split of the thinnest direction that is still open. */
export interface Along {
  readonly point: ReadonlyMap<number, Int>;
  readonly split: Split | undefined;
}

/** Bounds the solutions along each direction; `undefined` when bounds have crossed: there is no whole solution. */
export function alongDirections(
  space: Space,
  bounds: Bounds,
  program: LinearProgram,
): Along | undefined {
  const { forms, points } = program.basis();
  const middle = program.columns.map(() => 0);
  const values: bigint[] = [];
  let split: Split | undefined, bestWidth = Infinity;
  for (const [index, form] of forms.entries()) {
    const { q, lo, hi } = boundDirection({ space, bounds, program, middle }, form);
    if (bounds.crossed >= 0) return undefined;
    if (lo === hi) values[index] = BigInt(lo);
    const width = Number(hi) - Number(lo);
    if (width === 0 || width >= bestWidth) continue;
    const at = floorDiv(add(bounds.lo[q] ?? 0, bounds.hi[q] ?? 0), 2);
    split = { q, at, isAboveFirst: at < 0 };
    bestWidth = width;
  }
  // The middle of all extreme solutions lies well inside; the nearest point of the lattice keeps what is determined exactly.
  const nearest = forms.map((form, index) =>
    values[index] ?? roundedDot(form, middle, 2 * forms.length)
  );
  const point = new Map(program.columns.map((q, column) => [
    q,
    intOf(points.reduce((sum, p, index) => sum + (p[column] ?? 0n) * (nearest[index] ?? 0n), 0n)),
  ]));
  return { point, split };
}

interface At {
  readonly space: Space;
  readonly bounds: Bounds;
  readonly program: LinearProgram;
  /** The sum of the extreme solutions so far, by column. */
  readonly middle: number[];
}

/** Bounds one direction from both sides; adds the two extreme solutions to the middle. */
function boundDirection(
  { space, bounds, program, middle }: At,
  direction: readonly Int[],
): { readonly q: number; readonly lo: Int; readonly hi: Int } {
  const { q, scale } = space.viewOf(program.formOf(direction));
  bounds.extend();
  // A direction is primitive: its quantity is the form itself, or its opposite.
  const form = scale > 0 ? direction : direction.map(neg);
  for (const isUpper of [true, false]) {
    const { bound, why } = isUpper ? program.upperBound(form) : program.lowerBound(form);
    program.vertex().forEach(({ num, den }, column) => {
      middle[column] = (middle[column] ?? 0) + Number(num) / Number(den);
    });
    if (bounds.crossed >= 0) break;
    if (isUpper) bounds.lower(q, bound, why);
    else bounds.raise(q, bound, why);
  }
  const lo = bounds.lo[q] ?? 0, hi = bounds.hi[q] ?? 0;
  return scale > 0 ? { q, lo, hi } : { q, lo: neg(hi), hi: neg(lo) };
}

/** The whole number nearest to the value of a form at a point, the sum of `count` points. */
function roundedDot(form: readonly Int[], sum: readonly number[], count: number): bigint {
  const dot = form.reduce<number>(
    (total, coef, column) => total + Number(coef) * (sum[column] ?? 0),
    0,
  );
  return BigInt(Math.round(dot / count));
}
