/**
 * Access to parts of symbolic values: a field, or an item at an index that may depend on unknowns.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import {
  type GuardedValue,
  mergeGuarded,
  mergeValues,
  type SymbolicValue,
  undefinedValue,
} from "./symbolic_value.ts";
import type { Term, TermGraph } from "./term.ts";

/** A field of a struct. */
export function fieldOf(terms: TermGraph, base: SymbolicValue, name: string): SymbolicValue {
  if (base.kind === "choice") {
    const { when, a, b } = base;
    return mergeValues(terms, when, fieldOf(terms, a, name), fieldOf(terms, b, name));
  }
  if (base.kind === "none") return base;
  const field = base.kind === "struct" ? base.fields.get(name) : undefined;
  assert(field !== undefined, `a ${base.kind} has no field ${name}`);
  return field;
}

/** The item of an array at an index; defined where the index is within the array. */
export function itemOf(terms: TermGraph, array: SymbolicValue, index: Term): GuardedValue {
  if (array.kind === "choice") {
    return mergeGuarded(
      terms,
      array.when,
      itemOf(terms, array.a, index),
      itemOf(terms, array.b, index),
    );
  }
  if (array.kind === "none") return undefinedValue(terms);
  assert(array.kind === "array", `expected an array, found a ${array.kind}`);
  const [first] = array.items;
  if (first === undefined) return undefinedValue(terms);
  const symbol = array.items.reduceRight((otherwise, item, position) =>
    mergeValues(terms, terms.eq(index, terms.int(position)), item, otherwise)
  );
  return { symbol, when: terms.within(index, 0, array.items.length - 1) };
}
