/**
 * The amount of text in a value. An array or a shape can have the same text in it many times, and the log writes each of them: a
 * small artifact could ask for a line longer than any string of the host.
 *
 * @module
 */
import { VALUE_TEXT_MAX } from "../base/limits.ts";
import { memoize } from "../base/memoize.ts";
import type { ArrayValue, StructValue, Value } from "./value.ts";

/** Whether the value holds more text than one event may have. */
export function holdsTooMuchText(value: Value): boolean {
  return textIn(value) > VALUE_TEXT_MAX;
}

/** UTF-16 units of all texts in the value, names of shapes and fields included, counted as often as they occur. */
function textIn(value: Value): number {
  switch (value.kind) {
    case "String":
    case "Char":
      return value.value.length;
    case "Array":
    case "Struct":
      return textInComposite(value);
    default:
      return 0;
  }
}

/** Memoized: values never change, and the same composite may be part of many others. */
const textInComposite = memoize((value: ArrayValue | StructValue) =>
  value.kind === "Array" ? textInItems(value.items) : textInStruct(value)
);

function textInItems(items: readonly Value[]): number {
  let sum = 0;
  for (const item of items) sum += textIn(item);
  return sum;
}

function textInStruct({ ty, fields }: StructValue): number {
  let sum = ty.length;
  for (const [name, field] of fields) sum += name.length + textIn(field);
  return sum;
}
