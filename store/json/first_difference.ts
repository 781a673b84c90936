/**
 * Where two JSON values differ.
 *
 * @module
 */
import { renderContent, renderMemberPath } from "../../dvm/dir/wire_notation.ts";

/** One difference: the path of a member and its value on either side; `undefined` for an absent member. */
export interface FieldDifference {
  /** `bound.value.Int`, `effects.events[3].payload`; empty for the whole. */
  readonly field: string;
  readonly left: unknown;
  readonly right: unknown;
}

/**
 * The first difference in the order of `left`'s members, then of `right`'s; `undefined` when there is none. The order of members
 * does not matter, the order of lists does. `field` is the path of the two values.
 */
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
    if (isOtherTag(left, right)) return { field, left, right };
    for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const path = field === "" ? name : `${field}.${name}`;
      const inner = firstDifference(Reflect.get(left, name), Reflect.get(right, name), path);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
  return { field, left, right };
}

/** The difference as one sentence, in the notation of the language; `left` is what was expected. */
export function renderDifference({ field, left, right }: FieldDifference): string {
  const place = field === "" ? "" : `${renderMemberPath(field)}: `;
  return `${place}expected ${renderMember(left)}, got ${renderMember(right)}`;
}

function renderMember(content: unknown): string {
  if (content === undefined) return "nothing";
  return typeof content === "string" ? JSON.stringify(content) : renderContent(content);
}

/** Whether two objects have one member each, with other names: tagged values of two kinds differ as wholes. */
function isOtherTag(left: object, right: object): boolean {
  const names = [Object.keys(left), Object.keys(right)];
  return names.every(({ length }) => length === 1) && names[0]?.[0] !== names[1]?.[0];
}

function isObject(content: unknown): content is object {
  return typeof content === "object" && content !== null;
}
