/**
 * Rows whose sum must lie between two near bounds over quantities with few values: candidates for meeting in the middle.
 *
 * @module
 */
import type { Bounds } from "./bounds.ts";
import { canMeet, countSums, meetInTheMiddle, type Part } from "./meet_in_the_middle.ts";
import type { Constraint, Space } from "./space.ts";
import type { Work } from "../number/work_budget.ts";

type Row = Extract<Constraint, { kind: "row" }>;

/** What meeting in the middle says of a row: values that add up, or that none do. */
export interface Met {
  readonly row: Row;
  readonly values: ReadonlyMap<number, number> | undefined;
}

/** Fewer sums than this are cheaper to split. */
const SUMS_MIN = 64;
/** More sums than this are not brought into reach by a few splits. */
const SUMS_MAX = 2 ** 36;
/** With fewer open quantities than this, thin directions take fewer cases than sums. */
const MANY_QUANTITIES = 12;

interface Sum {
  readonly row: Row;
  readonly parts: readonly Part[];
  readonly count: number;
}

/** Decides every row that is narrow and small enough, one after the other, until one has no sum. */
export function* meetRows(space: Space, bounds: Bounds, work: Work): Generator<Met> {
  for (const { row, parts, count } of narrowSums(space, bounds)) {
    if (count < SUMS_MIN || !canMeet(parts)) continue;
    work.spend(1 + (Math.ceil(Math.sqrt(count)) >> 3)); // sorting is cheap beside other steps
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

/** The quantity with the most values in a narrow row that has somewhat too many sums; splitting it brings them into reach. */
export function widestOfSum(space: Space, bounds: Bounds): number | undefined {
  for (const { row, parts, count } of narrowSums(space, bounds)) {
    const open = parts.filter(({ lo, hi }) => lo < hi).length;
    if (open < MANY_QUANTITIES || count > SUMS_MAX || canMeet(parts)) continue;
    return row.form.vars.reduce((widest, q) => bounds.width(q) > bounds.width(widest) ? q : widest);
  }
  return undefined;
}

function* narrowSums(space: Space, bounds: Bounds): Generator<Sum> {
  for (const row of space.constraints) {
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
    const largest = Math.max(...parts.map(({ coef }) => Math.abs(coef)));
    if (isExact && bounds.width(q) < largest) yield { row, parts, count: countSums(parts) };
  }
}
