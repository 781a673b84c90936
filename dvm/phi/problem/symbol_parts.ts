/**
 * Parts of symbols: a field, an item at an index that may be unknown.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import {
  type Defined,
  mergeDefined,
  mergeSymbols,
  type Symbol,
  undefinedSymbol,
} from "./symbol.ts";
import type { Term, Terms } from "./term.ts";

/** A field of a struct, whichever of several it is. */
export function fieldOf(terms: Terms, base: Symbol, name: string): Symbol {
  if (base.kind === "choice") {
    const { when, a, b } = base;
    return mergeSymbols(terms, when, fieldOf(terms, a, name), fieldOf(terms, b, name));
  }
  if (base.kind === "none") return base;
  const field = base.kind === "struct" ? base.fields.get(name) : undefined;
  assert(field !== undefined, `a ${base.kind} has no field ${name}`);
  return field;
}

/** The item of an array at an index; defined where the index lies within. */
export function itemOf(terms: Terms, array: Symbol, index: Term): Defined {
  if (array.kind === "choice") {
    return mergeDefined(
      terms,
      array.when,
      itemOf(terms, array.a, index),
      itemOf(terms, array.b, index),
    );
  }
  if (array.kind === "none") return undefinedSymbol(terms);
  assert(array.kind === "array", "an index into what is no array");
  const [first] = array.items;
  if (first === undefined) return undefinedSymbol(terms);
  const symbol = array.items.reduceRight((otherwise, item, position) =>
    mergeSymbols(terms, terms.eq(index, terms.int(position)), item, otherwise)
  );
  return { symbol, when: terms.within(index, 0, array.items.length - 1) };
}
