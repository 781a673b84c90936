/**
 * Values over the unknowns of a Φ process: integers and booleans are terms, values that cannot depend on an unknown are plain,
 * and compound values consist of these. Merging joins the values of two paths.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import { boolValue, equalValues, intValue, type Value } from "../../value/value.ts";
import { int64FromBigInt } from "../../value/int64.ts";
import type { Term, TermGraph } from "./term.ts";

/** A value over the unknowns. */
export type SymbolicValue =
  /** An integer or a boolean. */
  | { readonly kind: "term"; readonly term: Term }
  /** A float, string, character or unit: these never depend on an unknown. */
  | { readonly kind: "plain"; readonly value: Value }
  /** The result of an evaluation that always fails. It occurs only under the condition false. */
  | { readonly kind: "none" }
  /** A witness: equal to itself only. */
  | { readonly kind: "witness" }
  | {
    readonly kind: "struct";
    readonly ty: string;
    readonly fields: ReadonlyMap<string, SymbolicValue>;
  }
  | { readonly kind: "array"; readonly items: readonly SymbolicValue[] }
  /** `a` if `when` is true, else `b`: values that do not merge into one, such as two strings. */
  | {
    readonly kind: "choice";
    readonly when: Term;
    readonly a: SymbolicValue;
    readonly b: SymbolicValue;
  };

/** A symbolic value, and the condition under which its evaluation is defined. */
export interface GuardedValue {
  readonly symbol: SymbolicValue;
  readonly when: Term;
}

/** The symbolic form of a known value. */
export function symbolicConstant(terms: TermGraph, value: Value): SymbolicValue {
  switch (value.kind) {
    case "Int":
      return { kind: "term", term: terms.int(value.value) };
    case "Bool":
      return { kind: "term", term: terms.truth(value.value) };
    case "Struct": {
      if (value.ty === "PhiWitness") return { kind: "witness" };
      const fields = new Map<string, SymbolicValue>();
      for (const [name, field] of value.fields) fields.set(name, symbolicConstant(terms, field));
      return { kind: "struct", ty: value.ty, fields };
    }
    case "Array":
      return { kind: "array", items: value.items.map((item) => symbolicConstant(terms, item)) };
    default:
      return { kind: "plain", value };
  }
}

/** The value of an expression that is undefined everywhere. */
export function undefinedValue(terms: TermGraph): GuardedValue {
  return { symbol: { kind: "none" }, when: terms.false };
}

/** The term of a value whose type, by the static checks, is an integer or a boolean. */
export function termOfScalar(terms: TermGraph, symbol: SymbolicValue): Term {
  if (symbol.kind === "none") return terms.false;
  assert(symbol.kind === "term", `expected a term, found a ${symbol.kind}`);
  return symbol.term;
}

/** `a` if `when` is true, else `b`. */
export function mergeValues(
  terms: TermGraph,
  when: Term,
  a: SymbolicValue,
  b: SymbolicValue,
): SymbolicValue {
  if (a === b || when === terms.true || b.kind === "none") return a;
  if (when === terms.false || a.kind === "none") return b;
  if (a.kind === "term" && b.kind === "term" && a.term.isBool === b.term.isBool) {
    return { kind: "term", term: terms.choice(when, a.term, b.term) };
  }
  if (a.kind === "plain" && b.kind === "plain" && equalValues(a.value, b.value)) return a;
  if (a.kind === "struct" && b.kind === "struct" && a.ty === b.ty) {
    const fields = new Map<string, SymbolicValue>();
    for (const [name, field] of a.fields) {
      fields.set(name, mergeValues(terms, when, field, b.fields.get(name) ?? field));
    }
    return { kind: "struct", ty: a.ty, fields };
  }
  if (a.kind === "array" && b.kind === "array" && a.items.length === b.items.length) {
    const items = a.items.map((item, index) =>
      mergeValues(terms, when, item, b.items[index] ?? item)
    );
    return { kind: "array", items };
  }
  return { kind: "choice", when, a, b };
}

/** Whether two values are equal, as defined for `Eq`. */
export function valueEquality(terms: TermGraph, a: SymbolicValue, b: SymbolicValue): Term {
  if (a.kind === "choice") {
    return terms.choice(a.when, valueEquality(terms, a.a, b), valueEquality(terms, a.b, b));
  }
  if (b.kind === "choice") return valueEquality(terms, b, a);
  if (a.kind === "term" && b.kind === "term") return terms.eq(a.term, b.term);
  if (a.kind === "plain" && b.kind === "plain") return terms.truth(equalValues(a.value, b.value));
  if (a.kind === "witness" && b.kind === "witness") return terms.truth(a === b);
  if (a.kind === "struct" && b.kind === "struct" && a.ty === b.ty) {
    return terms.allOf(
      [...a.fields].map(([name, field]) =>
        valueEquality(terms, field, b.fields.get(name) ?? field)
      ),
    );
  }
  if (a.kind === "array" && b.kind === "array") {
    if (a.items.length !== b.items.length) return terms.false;
    return terms.allOf(
      a.items.map((item, index) => valueEquality(terms, item, b.items[index] ?? item)),
    );
  }
  return terms.false;
}

/** `a` if `when` is true, else `b`; defined where the chosen one is. */
export function mergeGuarded(
  terms: TermGraph,
  when: Term,
  a: GuardedValue,
  b: GuardedValue,
): GuardedValue {
  return {
    symbol: mergeValues(terms, when, a.symbol, b.symbol),
    when: terms.choice(when, a.when, b.when),
  };
}

/** The value of a scalar that depends on no unknown. */
export function knownValue(symbol: SymbolicValue): Value | undefined {
  if (symbol.kind === "plain") return symbol.value;
  if (symbol.kind !== "term" || symbol.term.kind !== "const") return undefined;
  const { value, isBool } = symbol.term;
  if (isBool) return boolValue(value === 1);
  const held = int64FromBigInt(BigInt(value));
  return held === undefined ? undefined : intValue(held);
}

/** A value that never depends on unknowns, always defined. */
export function plainValue(terms: TermGraph, value: Value): GuardedValue {
  return { symbol: { kind: "plain", value }, when: terms.true };
}
