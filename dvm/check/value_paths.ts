/**
 * Paths to values: a cell of a process, and the steps from its value to one held in it.
 *
 * @module
 */

/** One step from a value to one held in it: `.field`, `[3]`, or `[*]` for an element whose index is not known. */
export type PathStep = string;

/** Several steps, outermost first. */
export type PathSteps = readonly PathStep[];

/** The value in a cell, or one held in it. */
export interface ValuePath {
  readonly slot: number;
  readonly steps: PathSteps;
}

/** The step to an element of an array whose index is not known. */
export const ANY_ELEMENT: PathStep = "[*]";

/** The steps that lead on from `prefix` to `whole`; `undefined` if `whole` does not lead through `prefix`. */
export function stepsAfter(prefix: PathSteps, whole: PathSteps): PathSteps | undefined {
  if (prefix.length > whole.length) return undefined;
  const leads = prefix.every((step, index) => mayBeSameStep(step, whole[index] ?? ""));
  return leads ? whole.slice(prefix.length) : undefined;
}

/** Whether two steps may lead to the same part of a value. */
export function mayBeSameStep(a: PathStep, b: PathStep): boolean {
  if (a === b) return true;
  return (a === ANY_ELEMENT && b.startsWith("[")) || (b === ANY_ELEMENT && a.startsWith("["));
}

/** Whether one path may lead to what the other leads to, or to what holds it. */
export function overlap(a: PathSteps, b: PathSteps): boolean {
  return stepsAfter(a, b) !== undefined || stepsAfter(b, a) !== undefined;
}

/** A path with further steps. */
export function extended({ slot, steps }: ValuePath, further: PathSteps): ValuePath {
  return further.length === 0 ? { slot, steps } : { slot, steps: [...steps, ...further] };
}

/** The text that stands for a path in keys. */
export function pathKey({ slot, steps }: ValuePath): string {
  return `${slot}${steps.join("")}`;
}

/** The path that these steps mean, the first of which is the number of a cell. */
export function pathFromCell([slot, ...steps]: PathSteps): ValuePath {
  return { slot: Number(slot), steps };
}
