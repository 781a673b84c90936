/**
 * The number of parts of a value. A type bounds it, except through arrays of any length: a few nested literals could ask for more
 * parts than memory or one line of the log can hold.
 *
 * @module
 */
import { VALUE_PARTS_MAX } from "../base/limits.ts";
import { memoize } from "../base/memoize.ts";
import type { ArrayValue, StructValue, Value } from "./value.ts";

/** Whether the value has more parts than one event may have. */
export function hasTooManyParts(value: Value): boolean {
  return partsIn(value) > VALUE_PARTS_MAX;
}

/** Scalars and composites of the value, each counted as often as it occurs. */
function partsIn(value: Value): number {
  return value.kind === "Array" || value.kind === "Struct" ? partsInComposite(value) : 1;
}

/** Memoized: values never change, and the same composite may be part of many others. */
const partsInComposite = memoize((value: ArrayValue | StructValue) => {
  let sum = 1;
  const parts = value.kind === "Array" ? value.items : value.fields.values();
  for (const part of parts) sum += partsIn(part);
  return sum;
});
