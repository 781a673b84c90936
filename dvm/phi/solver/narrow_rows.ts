/**
 * Narrow rows: sums over variables with few values whose bounds are closer than the largest coefficient. Meeting in the middle
 * decides them.
 *
 * @module
 */
import type { WorkBudget } from "../number/work_budget.ts";
import type { Bounds } from "./bounds.ts";
import type { RowConstraint } from "./constraint.ts";
import type { ConstraintSystem } from "./constraint_system.ts";
import { countSums, isMeetFeasible, meetInTheMiddle, type Part } from "./meet_in_the_middle.ts";

/** The result for one row: values that satisfy it, or `undefined` if there are none. */
export interface RowDecision {
  readonly row: RowConstraint;
  readonly values: ReadonlyMap<number, number> | undefined;
}

/** Below this number of sums, splitting is cheaper. */
const SUMS_MIN = 64;
/** Above this number of sums, a few splits do not bring the row within reach. */
const SUMS_MAX = 2 ** 36;
/** Below this number of open variables, thin directions need fewer cases. */
const MANY_QUANTITIES = 12;

interface NarrowRow {
  readonly row: RowConstraint;
  readonly parts: readonly Part[];
  readonly count: number;
}

/** Decides each narrow row with few enough sums, in order, on demand. */
export function* decideNarrowRows(
  system: ConstraintSystem,
  bounds: Bounds,
  work: WorkBudget,
): Generator<RowDecision> {
  for (const { row, parts, count } of narrowRows(system, bounds)) {
    if (count < SUMS_MIN || !isMeetFeasible(parts)) continue;
    work.spend(1 + (Math.ceil(Math.sqrt(count)) >> 3)); // sorting is cheap compared to other steps
    const lo = Number(bounds.lo[row.q] ?? 0), hi = Number(bounds.hi[row.q] ?? 0);
    const met = meetInTheMiddle(parts, lo, hi);
    const values = met === undefined
      ? undefined
      : new Map(row.form.vars.map((q, i) => [q, valueOf(met, parts[i])]));
    yield { row, values };
  }
}

function valueOf(values: ReadonlyMap<Part, number>, part: Part | undefined): number {
  return part === undefined ? 0 : values.get(part) ?? 0;
}

/** The variable with the most values in the first narrow row that has too many sums, but not far too many. */
export function widestInNarrowRow(system: ConstraintSystem, bounds: Bounds): number | undefined {
  for (const { row, parts, count } of narrowRows(system, bounds)) {
    const open = parts.filter(({ lo, hi }) => lo < hi).length;
    if (open < MANY_QUANTITIES || count > SUMS_MAX || isMeetFeasible(parts)) continue;
    return row.form.vars.reduce((widest, q) => bounds.width(q) > bounds.width(widest) ? q : widest);
  }
  return undefined;
}

function* narrowRows(system: ConstraintSystem, bounds: Bounds): Generator<NarrowRow> {
  for (const row of system.constraints) {
    if (row.kind !== "row" || row.form.vars.length < 4) continue;
    const { q, form } = row;
    const parts = form.vars.map((v, i): Part => ({
      coef: Number(form.coefs[i] ?? 0),
      lo: Number(bounds.lo[v] ?? 0),
      hi: Number(bounds.hi[v] ?? 0),
    }));
    if (parts.filter(({ lo, hi }) => lo < hi).length < 4) continue;
    const sizes = parts.map(({ coef, lo, hi }) =>
      Math.abs(coef) * Math.max(Math.abs(lo), Math.abs(hi))
    );
    const isExact = sizes.reduce((sum, size) => sum + size, 0) < 2 ** 50;
    const largest = parts.reduce((most, { coef }) => Math.max(most, Math.abs(coef)), 0);
    if (isExact && bounds.width(q) < largest) yield { row, parts, count: countSums(parts) };
  }
}
