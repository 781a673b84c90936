/**
 * What an expression of a Φ process comes to before its unknowns are known: terms where integers and booleans stand, plain
 * values where nothing unknown can be.
 *
 * @module
 */
import { assert, bug, unreachable } from "../../base/result.ts";
import { intMax, intMin, type Type } from "../../dir/type.ts";
import { evaluate, type Scope } from "../../eval/evaluate.ts";
import { isValue } from "../../eval/evaluated.ts";
import { fitValue } from "../../eval/fit_value.ts";
import type { BinaryExpr, UnaryExpr } from "../../expr/ast.ts";
import { INT64_MAX, INT64_MIN, int64FromBigInt } from "../../value/int64.ts";
import { boolValue, equalValues, intValue, type Value } from "../../value/value.ts";
import { intOf } from "../number/integer.ts";
import type { ArithmeticKind, Term, Terms } from "./term.ts";

/** A value over the unknowns. */
export type Symbol =
  | { readonly kind: "term"; readonly term: Term }
  /** A float, string, character or unit: never over unknowns. */
  | { readonly kind: "plain"; readonly value: Value }
  /** What evaluation that always fails comes to: no value at all. It is used nowhere that counts. */
  | { readonly kind: "none" }
  /** A witness: equal to itself only. */
  | { readonly kind: "witness" }
  | { readonly kind: "struct"; readonly ty: string; readonly fields: ReadonlyMap<string, Symbol> }
  | { readonly kind: "array"; readonly items: readonly Symbol[] }
  /** Values that do not merge into one term, such as two strings. */
  | {
    readonly kind: "choice";
    readonly when: Term;
    readonly a: Symbol;
    readonly b: Symbol;
  };

/** A symbol, and the condition under which its evaluation succeeds. */
export interface Defined {
  readonly symbol: Symbol;
  readonly when: Term;
}

/** The symbol of a known value. */
export function symbolOf(terms: Terms, value: Value): Symbol {
  switch (value.kind) {
    case "Int":
      return { kind: "term", term: terms.int(value.value) };
    case "Bool":
      return { kind: "term", term: terms.truth(value.value) };
    case "Struct": {
      if (value.ty === "PhiWitness") return { kind: "witness" };
      const fields = new Map<string, Symbol>();
      for (const [name, field] of value.fields) fields.set(name, symbolOf(terms, field));
      return { kind: "struct", ty: value.ty, fields };
    }
    case "Array":
      return { kind: "array", items: value.items.map((item) => symbolOf(terms, item)) };
    default:
      return { kind: "plain", value };
  }
}

/** The symbol of what always fails, which is defined nowhere. */
export function undefinedSymbol(terms: Terms): Defined {
  return { symbol: { kind: "none" }, when: terms.false };
}

/** The term of a symbol that the static checks know to be an integer or a boolean. */
export function termOf(terms: Terms, symbol: Symbol): Term {
  if (symbol.kind === "none") return terms.false;
  assert(symbol.kind === "term", `a term was expected, not a ${symbol.kind}`);
  return symbol.term;
}

/** `a` where `when` holds, else `b`. */
export function mergeSymbols(terms: Terms, when: Term, a: Symbol, b: Symbol): Symbol {
  if (a === b || when === terms.true || b.kind === "none") return a;
  if (when === terms.false || a.kind === "none") return b;
  if (a.kind === "term" && b.kind === "term" && a.term.isBool === b.term.isBool) {
    return { kind: "term", term: terms.choice(when, a.term, b.term) };
  }
  if (a.kind === "plain" && b.kind === "plain" && equalValues(a.value, b.value)) return a;
  if (a.kind === "struct" && b.kind === "struct" && a.ty === b.ty) {
    const fields = new Map<string, Symbol>();
    for (const [name, field] of a.fields) {
      fields.set(name, mergeSymbols(terms, when, field, b.fields.get(name) ?? field));
    }
    return { kind: "struct", ty: a.ty, fields };
  }
  if (a.kind === "array" && b.kind === "array" && a.items.length === b.items.length) {
    const items = a.items.map((item, index) =>
      mergeSymbols(terms, when, item, b.items[index] ?? item)
    );
    return { kind: "array", items };
  }
  return { kind: "choice", when, a, b };
}

/** Whether two symbols are equal, as `Eq` has it. */
export function equalSymbols(terms: Terms, a: Symbol, b: Symbol): Term {
  if (a.kind === "choice") {
    return terms.choice(a.when, equalSymbols(terms, a.a, b), equalSymbols(terms, a.b, b));
  }
  if (b.kind === "choice") return equalSymbols(terms, b, a);
  if (a.kind === "term" && b.kind === "term") return terms.eq(a.term, b.term);
  if (isNumber(a) && isNumber(b)) return terms.truth(numberOf(a) === numberOf(b));
  if (a.kind === "plain" && b.kind === "plain") return terms.truth(equalValues(a.value, b.value));
  if (a.kind === "witness" && b.kind === "witness") return terms.truth(a === b);
  if (a.kind === "struct" && b.kind === "struct" && a.ty === b.ty) {
    return terms.and(
      ...[...a.fields].map(([name, field]) =>
        equalSymbols(terms, field, b.fields.get(name) ?? field)
      ),
    );
  }
  if (a.kind === "array" && b.kind === "array") {
    if (a.items.length !== b.items.length) return terms.false;
    return terms.and(
      ...a.items.map((item, index) => equalSymbols(terms, item, b.items[index] ?? item)),
    );
  }
  return terms.false;
}

/** Whether a symbol is a float, or an integer literal that stands beside one. */
function isNumber(symbol: Symbol): boolean {
  return numberOf(symbol) !== undefined;
}

function numberOf(symbol: Symbol): number | undefined {
  if (symbol.kind === "plain") {
    return symbol.value.kind === "Float" ? symbol.value.value : undefined;
  }
  return symbol.kind === "term" && symbol.term.kind === "const" && !symbol.term.isBool
    ? Number(symbol.term.value)
    : undefined;
}

function isFloat(symbol: Symbol): boolean {
  return symbol.kind === "plain" && symbol.value.kind === "Float";
}

/** Integer literals among floats are floats. */
export function sameNumbers(items: readonly Symbol[]): readonly Symbol[] {
  const float = items.find(isFloat);
  return float === undefined ? items : items.map((item) => symbolLike(item, float));
}

/** The symbol as a place holds it that held `before`: an integer literal assigned to a float is a float. */
export function symbolLike(symbol: Symbol, before: Symbol): Symbol {
  if (isFloat(before) && symbol.kind === "term" && symbol.term.kind === "const") {
    return { kind: "plain", value: { kind: "Float", value: Number(symbol.term.value) } };
  }
  if (symbol.kind !== "array" || before.kind !== "array") return symbol;
  const [first] = before.items;
  if (first === undefined) return symbol;
  return { kind: "array", items: symbol.items.map((item) => symbolLike(item, first)) };
}

const ARITHMETIC: { readonly [op: string]: ArithmeticKind } = {
  Add: "add",
  Sub: "sub",
  Mul: "mul",
  Div: "div",
  BitAnd: "bitAnd",
  BitOr: "bitOr",
  BitXor: "bitXor",
  Shl: "shl",
  Shr: "shr",
};

/** A binary operation, with the condition under which it succeeds. */
export function binarySymbol(terms: Terms, expr: BinaryExpr, a: Symbol, b: Symbol): Defined {
  if (a.kind === "none" || b.kind === "none") return undefinedSymbol(terms);
  if (a.kind === "term" && b.kind === "term") return binaryTerm(terms, expr, a.term, b.term);
  if (a.kind === "choice") {
    const x = binarySymbol(terms, expr, a.a, b), y = binarySymbol(terms, expr, a.b, b);
    return mergeDefined(terms, a.when, x, y);
  }
  if (b.kind === "choice") {
    const x = binarySymbol(terms, expr, a, b.a), y = binarySymbol(terms, expr, a, b.b);
    return mergeDefined(terms, b.when, x, y);
  }
  const left = knownValue(a), right = knownValue(b);
  if (left !== undefined && right !== undefined) {
    return evaluated(terms, { ...expr, left: cell(0, expr), right: cell(1, expr) }, [left, right]);
  }
  assert(expr.op === "Eq" || expr.op === "Ne", `${expr.op} of a ${a.kind} and a ${b.kind}`);
  const equal = equalSymbols(terms, a, b);
  return {
    symbol: { kind: "term", term: expr.op === "Eq" ? equal : terms.not(equal) },
    when: terms.true,
  };
}

function binaryTerm(terms: Terms, { op }: BinaryExpr, a: Term, b: Term): Defined {
  const kind = ARITHMETIC[op];
  if (kind === undefined) {
    return { symbol: { kind: "term", term: comparison(terms, op, a, b) }, when: terms.true };
  }
  const term = terms.arithmetic(kind, a, b);
  const fits = terms.within(term, intOf(INT64_MIN), intOf(INT64_MAX));
  return { symbol: { kind: "term", term }, when: terms.and(operandCheck(terms, kind, b), fits) };
}

/** What must hold of the second operand. */
function operandCheck(terms: Terms, kind: ArithmeticKind, b: Term): Term {
  if (kind === "div") return terms.not(terms.eq(b, terms.int(0)));
  return kind === "shl" || kind === "shr" ? terms.within(b, 0, 63) : terms.true;
}

function comparison(terms: Terms, op: BinaryExpr["op"], a: Term, b: Term): Term {
  switch (op) {
    case "And":
      return terms.and(a, b);
    case "Or":
      return terms.or(a, b);
    case "Eq":
      return terms.eq(a, b);
    case "Ne":
      return terms.not(terms.eq(a, b));
    case "Lt":
      return terms.lt(a, b);
    case "Le":
      return terms.le(a, b);
    case "Gt":
      return terms.lt(b, a);
    case "Ge":
      return terms.le(b, a);
    default:
      return bug(`${op} is no comparison`);
  }
}

/** A unary operation, with the condition under which it succeeds. */
export function unarySymbol(terms: Terms, expr: UnaryExpr, a: Symbol): Defined {
  if (a.kind === "none") return undefinedSymbol(terms);
  if (a.kind === "choice") {
    return mergeDefined(
      terms,
      a.when,
      unarySymbol(terms, expr, a.a),
      unarySymbol(terms, expr, a.b),
    );
  }
  if (a.kind === "plain") return evaluated(terms, { ...expr, operand: cell(0, expr) }, [a.value]);
  const term = termOf(terms, a);
  if (expr.op === "Not") {
    return { symbol: { kind: "term", term: terms.not(term) }, when: terms.true };
  }
  const negated = terms.arithmetic("sub", terms.int(0), term);
  const when = terms.within(negated, intOf(INT64_MIN), intOf(INT64_MAX));
  return { symbol: { kind: "term", term: negated }, when };
}

/** `a` where `when` holds, else `b`, defined where the one chosen is. */
export function mergeDefined(terms: Terms, when: Term, a: Defined, b: Defined): Defined {
  return {
    symbol: mergeSymbols(terms, when, a.symbol, b.symbol),
    when: terms.choice(when, a.when, b.when),
  };
}

/** The symbol as a declared type holds it, and the condition under which it fits (TYP-15). */
export function fitSymbol(terms: Terms, symbol: Symbol, type: Type): Defined {
  switch (symbol.kind) {
    case "term":
      if (type.kind === "float") return fitPlain(terms, symbol, type);
      return {
        symbol,
        when: type.kind === "int"
          ? terms.within(symbol.term, intMin(type), intMax(type))
          : terms.true,
      };
    case "plain":
      return fitPlain(terms, symbol, type);
    case "choice":
      return mergeDefined(
        terms,
        symbol.when,
        fitSymbol(terms, symbol.a, type),
        fitSymbol(terms, symbol.b, type),
      );
    case "array": {
      if (type.kind !== "array") return { symbol, when: terms.true };
      const items = symbol.items.map((item) => fitSymbol(terms, item, type.element));
      return {
        symbol: { kind: "array", items: items.map((item) => item.symbol) },
        when: terms.and(...items.map((item) => item.when)),
      };
    }
    case "struct":
    case "witness":
      return { symbol, when: terms.true };
    case "none":
      return undefinedSymbol(terms);
    default:
      return unreachable(symbol);
  }
}

function fitPlain(terms: Terms, symbol: Symbol, type: Type): Defined {
  const value = knownValue(symbol);
  assert(value !== undefined, "a float over unknowns");
  const fitted = fitValue(value, type);
  return fitted.ok
    ? { symbol: symbolOf(terms, fitted.value), when: terms.true }
    : { symbol, when: terms.false };
}

/** The value of a scalar symbol over no unknowns. */
function knownValue(symbol: Symbol): Value | undefined {
  if (symbol.kind === "plain") return symbol.value;
  if (symbol.kind !== "term" || symbol.term.kind !== "const") return undefined;
  const { value, isBool } = symbol.term;
  if (isBool) return boolValue(value === 1);
  const held = int64FromBigInt(BigInt(value));
  return held === undefined ? undefined : intValue(held);
}

/** What the ordinary evaluator makes of an operation whose operands are the cells given. */
function evaluated(terms: Terms, expr: BinaryExpr | UnaryExpr, cells: readonly Value[]): Defined {
  const scope: Scope = {
    cells,
    results: [],
    findShape: () => undefined,
    isIntrinsic: () => false,
  };
  const value = evaluate(expr, scope);
  return isValue(value)
    ? { symbol: symbolOf(terms, value), when: terms.true }
    : { symbol: { kind: "plain", value: { kind: "Float", value: 0 } }, when: terms.false };
}

function cell(slot: number, { start, end }: { readonly start: number; readonly end: number }) {
  return { kind: "name", name: `operand ${slot}`, slot, start, end } as const;
}
