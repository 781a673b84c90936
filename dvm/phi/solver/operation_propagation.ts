/**
 * What the propagators of nonlinear operations share: reading and narrowing the result and the operands, and relating them
 * linearly once the other operand is known.
 *
 * @module
 */
import type { Int } from "../number/integer.ts";
import type { Interval } from "../number/interval.ts";
import type { Bounds } from "./bounds.ts";
import type { OperationConstraint } from "./constraint.ts";
import { type AffineView, viewRange } from "./linear_form.ts";
import { narrow, rangeOfVariable, restrictView } from "./narrowing.ts";

/** One propagation of one operation. */
export interface OperationPropagation {
  readonly operation: OperationConstraint;
  /** The index of the constraint, which is the reason of the bounds that it derives. */
  readonly index: number;
  readonly bounds: Bounds;
}

/** An operand with at most this many values is not related linearly to the result. */
const LINEAR_WIDTH_MIN = 64;

/** The current range of an operand. */
export function rangeOf({ bounds }: OperationPropagation, view: AffineView): Interval {
  return viewRange(view, bounds.lo, bounds.hi);
}

/** The current range of the result. */
export function resultOf({ operation, bounds }: OperationPropagation): Interval {
  return { lo: bounds.lo[operation.q] ?? 0, hi: bounds.hi[operation.q] ?? 0 };
}

/** Narrows the result. */
export function narrowResult(
  { operation, index, bounds }: OperationPropagation,
  range: Interval,
): void {
  narrow(bounds, operation.q, range, index);
}

/** Narrows an operand, unless there is a conflict already. */
export function narrowOperand(
  { index, bounds }: OperationPropagation,
  view: AffineView,
  range: Interval,
): void {
  if (bounds.conflict >= 0 || view.q < 0) return;
  narrow(bounds, view.q, rangeOfVariable(view, range), index);
}

/** Whether relating an operand linearly is worthwhile, for linear programming: it has many values, and there is no conflict. */
export function isWide({ bounds }: OperationPropagation, operand: AffineView): boolean {
  return bounds.conflict < 0 && bounds.width(operand.q) >= LINEAR_WIDTH_MIN;
}

/** result = factor · operand. */
export function relateProduct(at: OperationPropagation, operand: AffineView, factor: Int): void {
  const { operation, index, bounds } = at;
  if (!isWide(at, operand)) return;
  const result = { q: operation.q, scale: 1, offset: 0 };
  restrictView(bounds.difference(result, operand, factor), { lo: 0, hi: 0 }, index, bounds);
}

/** dividend − divisor · result is the remainder, which lies in a range. */
export function relateQuotient(at: OperationPropagation, divisor: Int, remainder: Interval): void {
  const { bounds, index, operation } = at;
  if (!isWide(at, operation.a)) return;
  const result = { q: operation.q, scale: 1, offset: 0 };
  restrictView(bounds.difference(operation.a, result, divisor), remainder, index, bounds);
}
