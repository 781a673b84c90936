/**
 * Where a case is split in two.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import type { Bounds } from "./bounds.ts";
import { add, floorDiv, type Int, sub } from "../number/integer.ts";
import { isWhole } from "./linear.ts";
import type { Fraction } from "./simplex.ts";
import { type Space, type View, viewRange } from "./space.ts";
import { widestOfSum } from "./row_sums.ts";
import { literalValue, quantityRange } from "./views.ts";

/** A split: at most `at`, or above. `isAboveFirst` says which is looked at first. */
export interface Split {
  readonly q: number;
  readonly at: Int;
  readonly isAboveFirst: boolean;
}

/** Unknowns with no more values than this are tried value by value before anything else is split. */
const FEW_VALUES = 12;
/** Unknowns with more values than this are halved and not split where the linear program is, which might take as many steps. */
const WIDE = 256;

/** Chooses a split. `vertex` is a solution of the linear program by quantity, where there is one. */
export function chooseSplit(
  space: Space,
  bounds: Bounds,
  vertex: ReadonlyMap<number, Fraction>,
): Split {
  const smallest = smallestUnknown(space, bounds);
  if (smallest !== undefined && bounds.width(smallest) <= FEW_VALUES) {
    return atNearest(smallest, bounds);
  }
  const literal = openAlternative(space, bounds);
  if (literal !== undefined) return literal;
  const sign = openSign(space, bounds);
  if (sign !== undefined) return sign;
  for (const [q, value] of vertex) {
    if (isWhole(value) || bounds.width(q) > WIDE) continue;
    return { q, at: floorDiv(value.num, value.den), isAboveFirst: value.num < 0 };
  }
  assert(smallest !== undefined, "every unknown has one value, and nothing was decided");
  return atNearest(smallest, bounds);
}

/** The split that brings a sum of many parts into reach, where there is one. */
export function splitOfSum(space: Space, bounds: Bounds): Split | undefined {
  const widest = widestOfSum(space, bounds);
  return widest === undefined ? undefined : atNearest(widest, bounds);
}

function smallestUnknown(space: Space, bounds: Bounds): number | undefined {
  let best: number | undefined, bestWidth = Infinity;
  for (const q of space.mentioned) {
    if (bounds.isFixed(q)) continue;
    const width = bounds.width(q);
    if (width >= bestWidth) continue;
    best = q;
    bestWidth = width;
  }
  return best;
}

/** Separates the value nearest to 0 when there are few values; else divides them in halves. */
function atNearest(q: number, bounds: Bounds): Split {
  const lo = bounds.lo[q] ?? 0, hi = bounds.hi[q] ?? 0;
  const nearest = bounds.nearest(q);
  if (bounds.width(q) > FEW_VALUES) {
    const at = floorDiv(add(lo, hi), 2);
    return { q, at, isAboveFirst: nearest > at };
  }
  return nearest < hi
    ? { q, at: nearest, isAboveFirst: false }
    : { q, at: sub(nearest, 1), isAboveFirst: true };
}

/**
 * The split of an unknown that is an operand of a quotient at 0: of the divisor, and where the quotient is known of the dividend.
 * Quotients are bounded by their operands, and related to them, on one side of 0 only.
 */
function openSign(space: Space, bounds: Bounds): Split | undefined {
  for (const constraint of space.constraints) {
    if (constraint.kind !== "operation" || constraint.op !== "div") continue;
    const { q, a, b } = constraint;
    const split = splitAtZero(b, space, bounds) ??
      (bounds.isFixed(q) ? splitAtZero(a, space, bounds) : undefined);
    if (split !== undefined) return split;
  }
  return undefined;
}

/** Separates what is below 0 from the rest, if there is something on both sides of 0. */
function splitAtZero(view: View, space: Space, bounds: Bounds): Split | undefined {
  if (!space.mentioned.includes(view.q)) return undefined;
  const { lo, hi } = viewRange(view, bounds.lo, bounds.hi);
  if (lo >= 0 || hi <= 0) return undefined;
  const { q, scale } = view, negative = quantityRange(view, { lo, hi: -1 });
  const at = scale > 0 ? negative.hi : sub(negative.lo, 1);
  return { q, at, isAboveFirst: bounds.nearest(q) > at };
}

/** A literal of an `or` that must hold and does not yet, or of an `and` that must fail: the one with the fewest open. */
function openAlternative(space: Space, bounds: Bounds): Split | undefined {
  let best: { readonly q: number; readonly isOne: boolean } | undefined, bestCount = Infinity;
  for (const constraint of space.constraints) {
    if (constraint.kind !== "or" && constraint.kind !== "and") continue;
    const wanted = constraint.kind === "or" ? 1 : 0;
    if (bounds.lo[constraint.truth] !== wanted || bounds.hi[constraint.truth] !== wanted) continue;
    const values = constraint.literals.map((literal) => literalValue(literal, bounds));
    if (values.includes(wanted)) continue;
    const first = constraint.literals[values.indexOf(-1)];
    const openCount = values.filter((value) => value < 0).length;
    if (first === undefined || openCount >= bestCount) continue;
    best = { q: first.q, isOne: (first.scale === 1) === (wanted === 1) };
    bestCount = openCount;
  }
  return best === undefined ? undefined : { q: best.q, at: 0, isAboveFirst: best.isOne };
}
