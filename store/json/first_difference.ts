/**
 * Where two pieces of JSON differ.
 *
 * @module
 */

/** One difference: the path of the member, and what stands there on either side. `undefined` is an absent member. */
export interface FieldDifference {
  /** `bound.value.Int`, `effects.events[3].payload`; empty for the whole. */
  readonly field: string;
  readonly left: unknown;
  readonly right: unknown;
}

/** The first difference in the order of `left`'s members, then of `right`'s; `undefined` when there is none. */
export function firstDifference(
  left: unknown,
  right: unknown,
  field = "",
): FieldDifference | undefined {
  if (Object.is(left, right)) return undefined;
  if (Array.isArray(left) && Array.isArray(right)) {
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
      const inner = firstDifference(left[index], right[index], `${field}[${index}]`);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
  if (isObject(left) && isObject(right) && !Array.isArray(left) && !Array.isArray(right)) {
    for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const path = field === "" ? name : `${field}.${name}`;
      const inner = firstDifference(Reflect.get(left, name), Reflect.get(right, name), path);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
  return { field, left, right };
}

function isObject(content: unknown): content is object {
  return typeof content === "object" && content !== null;
}
