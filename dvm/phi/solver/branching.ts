/**
 * Branching: which variable a case is split on, and at which value.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import { add, floorDiv, type Int, sub } from "../number/integer.ts";
import { literalValue, rangeOfVariable } from "./narrowing.ts";
import type { Bounds } from "./bounds.ts";
import type { ConstraintSystem } from "./constraint_system.ts";
import { type AffineView, viewRange } from "./linear_form.ts";
import { isWhole } from "./linear_program.ts";
import { widestInNarrowRow } from "./narrow_rows.ts";
import type { Fraction } from "./simplex.ts";

/** A split into the cases q ≤ `at` and q > `at`. */
export interface Split {
  readonly q: number;
  readonly at: Int;
  /** Whether the second case is searched first. */
  readonly isAboveFirst: boolean;
}

/** Whether both cases of a split are possible. */
export function isOpen({ q, at }: Split, bounds: Bounds): boolean {
  return (bounds.lo[q] ?? 0) <= at && at < (bounds.hi[q] ?? 0);
}

/** An unknown with at most this distance between its bounds is enumerated, unless a junction is open. */
const FEW_VALUES = 12;
/** An unknown wider than this is not split at the solution of the linear program, which could take that many steps. */
const WIDE = 256;

/**
 * Chooses a split: of a boolean unknown, then of a literal of an open junction, then of an unknown with few values. `vertex` is a solution
 * of the linear program, by variable, if there is one; `weights` say how much each constraint was needed in refutations of late.
 */
export function chooseSplit(
  system: ConstraintSystem,
  bounds: Bounds,
  vertex: ReadonlyMap<number, Fraction>,
  weights: readonly number[],
): Split {
  const smallest = narrowestUnknown(system, bounds);
  const width = smallest === undefined ? Infinity : bounds.width(smallest);
  if (smallest !== undefined && width <= 1) return splitUnknown(smallest, bounds);
  const literal = splitOfJunction(system, bounds, weights);
  if (literal !== undefined) return literal;
  if (smallest !== undefined && width <= FEW_VALUES) return splitUnknown(smallest, bounds);
  const sign = splitOfQuotientOperand(system, bounds);
  if (sign !== undefined) return sign;
  for (const [q, value] of vertex) {
    if (isWhole(value) || bounds.width(q) > WIDE) continue;
    return { q, at: floorDiv(value.num, value.den), isAboveFirst: value.num < 0 };
  }
  assert(smallest !== undefined, "a case in which every unknown has one value is decided");
  return splitUnknown(smallest, bounds);
}

/** The split that brings a narrow row within reach of meeting in the middle; `undefined` if there is no such row. */
export function splitOfNarrowRow(system: ConstraintSystem, bounds: Bounds): Split | undefined {
  const widest = widestInNarrowRow(system, bounds);
  return widest === undefined ? undefined : splitUnknown(widest, bounds);
}

function narrowestUnknown(system: ConstraintSystem, bounds: Bounds): number | undefined {
  let best: number | undefined, bestWidth = Infinity;
  for (const q of system.mentioned) {
    if (bounds.isFixed(q)) continue;
    const width = bounds.width(q);
    if (width >= bestWidth) continue;
    best = q;
    bestWidth = width;
  }
  return best;
}

/** Separates the value nearest to 0 from few values, and halves many. */
function splitUnknown(q: number, bounds: Bounds): Split {
  const lo = bounds.lo[q] ?? 0, hi = bounds.hi[q] ?? 0;
  const nearest = bounds.nearestToZero(q);
  if (bounds.width(q) > FEW_VALUES) {
    const at = floorDiv(add(lo, hi), 2);
    return { q, at, isAboveFirst: nearest > at };
  }
  return nearest < hi
    ? { q, at: nearest, isAboveFirst: false }
    : { q, at: sub(nearest, 1), isAboveFirst: true };
}

/**
 * A split at 0 of an operand of a quotient: of the divisor, or of the dividend if the quotient is known. The propagation of
 * quotients needs the signs of the operands.
 */
function splitOfQuotientOperand(system: ConstraintSystem, bounds: Bounds): Split | undefined {
  for (const constraint of system.constraints) {
    if (constraint.kind !== "operation" || constraint.op !== "div") continue;
    const { q, a, b } = constraint;
    const split = splitAtZero(b, system, bounds) ??
      (bounds.isFixed(q) ? splitAtZero(a, system, bounds) : undefined);
    if (split !== undefined) return split;
  }
  return undefined;
}

/** Separates the negative values of a view from the others, if it has both. */
function splitAtZero(
  view: AffineView,
  system: ConstraintSystem,
  bounds: Bounds,
): Split | undefined {
  if (!system.mentioned.includes(view.q)) return undefined;
  const { lo, hi } = viewRange(view, bounds.lo, bounds.hi);
  if (lo >= 0 || hi <= 0) return undefined;
  const { q, scale } = view, negative = rangeOfVariable(view, { lo, hi: -1 });
  const at = scale > 0 ? negative.hi : sub(negative.lo, 1);
  return { q, at, isAboveFirst: bounds.nearestToZero(q) > at };
}

/**
 * A split of a literal of a true disjunction, or false conjunction, that is not yet satisfied: of one with the fewest open literals, and
 * among those of the one with the greatest weight (Boussemart and others 2004).
 */
function splitOfJunction(
  system: ConstraintSystem,
  bounds: Bounds,
  weights: readonly number[],
): Split | undefined {
  let best: { readonly q: number; readonly isOne: boolean } | undefined,
    bestCount = Infinity,
    bestWeight = 0;
  for (const [index, constraint] of system.constraints.entries()) {
    if (constraint.kind !== "or" && constraint.kind !== "and") continue;
    const wanted = constraint.kind === "or" ? 1 : 0;
    if (bounds.lo[constraint.truth] !== wanted || bounds.hi[constraint.truth] !== wanted) continue;
    const values = constraint.literals.map((literal) => literalValue(literal, bounds));
    if (values.includes(wanted)) continue;
    const first = constraint.literals[values.indexOf(-1)];
    const openCount = values.filter((value) => value < 0).length;
    const weight = weights[index] ?? 0;
    if (first === undefined || openCount > bestCount) continue;
    if (openCount === bestCount && weight <= bestWeight) continue;
    bestWeight = weight;
    best = { q: first.q, isOne: (first.scale === 1) === (wanted === 1) };
    bestCount = openCount;
  }
  return best === undefined ? undefined : { q: best.q, at: 0, isAboveFirst: best.isOne };
}
