/**
 * Mazurkiewicz traces: which schedules differ only in the order of independent turns (language-v0.2, "explore").
 *
 * @module
 */
import type { Dispatch } from "../model/run.ts";
import { conflict } from "../model/races.ts";

/** Whether the order of two turns of different threads matters. */
export type Dependence = (a: Dispatch, b: Dispatch) => boolean;

/** The dependence of the language. What fails depends on everything. */
export function areDependent(a: Dispatch, b: Dispatch): boolean {
  return a.isFailure || b.isFailure ||
    a.touches.some((one) => b.touches.some((other) => conflict(one, other)));
}

/**
 * The trace of a schedule as text: each turn by its thread and its place there, with the turns before it on which it depends. Two
 * schedules have the same text exactly if they are equivalent.
 */
export function traceOf(
  dispatches: readonly Dispatch[],
  dependence: Dependence = areDependent,
): string {
  const turns = new Map<string, number>();
  const labels = dispatches.map(({ path }) => {
    const turn = (turns.get(path) ?? 0) + 1;
    turns.set(path, turn);
    return `${path}#${turn}`;
  });
  const lines = dispatches.map((dispatch, index) => {
    const before = labels.slice(0, index).filter((_, earlier) => {
      const other = dispatches[earlier];
      return other !== undefined && other.path !== dispatch.path && dependence(other, dispatch);
    });
    return `${labels[index]}<${before.sort().join()}`;
  });
  return lines.sort().join(" ");
}
