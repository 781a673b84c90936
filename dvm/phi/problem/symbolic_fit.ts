/**
 * Symbolic values converted to declared types (TYP-15).
 *
 * @module
 */
import { assert, unreachable } from "../../base/result.ts";
import { intMax, intMin, type Type } from "../../dir/type.ts";
import { fitValue } from "../../eval/fit_value.ts";
import {
  type GuardedValue,
  knownValue,
  mergeGuarded,
  symbolicConstant,
  type SymbolicValue,
  undefinedValue,
} from "./symbolic_value.ts";
import type { TermGraph } from "./term.ts";

/** A symbolic value converted to a declared type, and the condition under which it fits (TYP-15). */
export function fitToType(terms: TermGraph, symbol: SymbolicValue, type: Type): GuardedValue {
  switch (symbol.kind) {
    case "term":
      return {
        symbol,
        when: type.kind === "int"
          ? terms.within(symbol.term, intMin(type), intMax(type))
          : terms.true,
      };
    case "plain":
      return fitKnownValue(terms, symbol, type);
    case "choice":
      return mergeGuarded(
        terms,
        symbol.when,
        fitToType(terms, symbol.a, type),
        fitToType(terms, symbol.b, type),
      );
    case "array": {
      if (type.kind !== "array") return { symbol, when: terms.true };
      const items = symbol.items.map((item) => fitToType(terms, item, type.element));
      return {
        symbol: { kind: "array", items: items.map((item) => item.symbol) },
        when: terms.allOf(items.map((item) => item.when)),
      };
    }
    case "struct":
    case "witness":
      return { symbol, when: terms.true };
    case "none":
      return undefinedValue(terms);
    default:
      return unreachable(symbol);
  }
}

export function fitKnownValue(terms: TermGraph, symbol: SymbolicValue, type: Type): GuardedValue {
  const value = knownValue(symbol);
  assert(value !== undefined, "a float that depends on an unknown");
  const fitted = fitValue(value, type);
  return fitted.ok
    ? { symbol: symbolicConstant(terms, fitted.value), when: terms.true }
    : { symbol, when: terms.false };
}

/** A guarded value converted to a declared type. */
export function fitGuarded(terms: TermGraph, value: GuardedValue, type: Type): GuardedValue {
  const { symbol, when } = fitToType(terms, value.symbol, type);
  return { symbol, when: terms.and(value.when, when) };
}
