/**
 * How much text a value holds. Arrays and shapes mention the same text many times over, and the log writes it each time: a small
 * artifact could ask for a line that no host can hold.
 *
 * @module
 */
import { VALUE_TEXT_MAX } from "../base/limits.ts";
import type { Value } from "./value.ts";

/** Sums of composites. Values never change, so a sum holds for as long as its value lives. */
const known = new WeakMap<Value, number>();

/** Whether the value holds more text than one event may. */
export function holdsTooMuchText(value: Value): boolean {
  return textIn(value) > VALUE_TEXT_MAX;
}

/** UTF-16 units of all texts in the value, names of shapes and fields included, each as often as it occurs. */
function textIn(value: Value): number {
  switch (value.kind) {
    case "String":
    case "Char":
      return value.value.length;
    case "Array":
    case "Struct": {
      const before = known.get(value);
      if (before !== undefined) return before;
      const sum = value.kind === "Array" ? textInItems(value.items) : textInStruct(value);
      known.set(value, sum);
      return sum;
    }
    default:
      return 0;
  }
}

function textInItems(items: readonly Value[]): number {
  let sum = 0;
  for (const item of items) sum += textIn(item);
  return sum;
}

function textInStruct({ ty, fields }: Extract<Value, { kind: "Struct" }>): number {
  let sum = ty.length;
  for (const [name, field] of fields) sum += name.length + textIn(field);
  return sum;
}
