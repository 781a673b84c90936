/**
 * The operators of the language over symbolic values, each with the condition under which its evaluation is defined: the
 * result fits 64 bits, the divisor is not 0, a shift count is from 0 to 63.
 *
 * @module
 */
import { assert, bug } from "../../base/result.ts";
import { evaluate, type Scope } from "../../eval/evaluate.ts";
import { isValue } from "../../eval/evaluated.ts";
import type { BinaryExpr, UnaryExpr } from "../../expr/ast.ts";
import { INT64_MAX, INT64_MIN } from "../../value/int64.ts";
import type { Value } from "../../value/value.ts";
import { intOf } from "../number/integer.ts";
import type { ArithmeticKind } from "./arithmetic.ts";
import {
  type GuardedValue,
  knownValue,
  mergeGuarded,
  symbolicConstant,
  type SymbolicValue,
  termOfScalar,
  undefinedValue,
  valueEquality,
} from "./symbolic_value.ts";
import type { Term, TermGraph } from "./term.ts";

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

/** The result of a binary operator. */
export function applyBinary(
  terms: TermGraph,
  expr: BinaryExpr,
  a: SymbolicValue,
  b: SymbolicValue,
): GuardedValue {
  if (a.kind === "none" || b.kind === "none") return undefinedValue(terms);
  if (a.kind === "term" && b.kind === "term") {
    return applyBinaryToTerms(terms, expr, a.term, b.term);
  }
  if (a.kind === "choice") {
    const x = applyBinary(terms, expr, a.a, b), y = applyBinary(terms, expr, a.b, b);
    return mergeGuarded(terms, a.when, x, y);
  }
  if (b.kind === "choice") {
    const x = applyBinary(terms, expr, a, b.a), y = applyBinary(terms, expr, a, b.b);
    return mergeGuarded(terms, b.when, x, y);
  }
  const left = knownValue(a), right = knownValue(b);
  if (left !== undefined && right !== undefined) {
    return evaluateConcretely(terms, {
      ...expr,
      left: operandCell(0, expr),
      right: operandCell(1, expr),
    }, [left, right]);
  }
  assert(expr.op === "Eq" || expr.op === "Ne", `${expr.op} of a ${a.kind} and a ${b.kind}`);
  const equal = valueEquality(terms, a, b);
  return {
    symbol: { kind: "term", term: expr.op === "Eq" ? equal : terms.not(equal) },
    when: terms.true,
  };
}

export function applyBinaryToTerms(
  terms: TermGraph,
  { op }: BinaryExpr,
  a: Term,
  b: Term,
): GuardedValue {
  const kind = ARITHMETIC[op];
  if (kind === undefined) {
    return { symbol: { kind: "term", term: comparison(terms, op, a, b) }, when: terms.true };
  }
  const term = terms.arithmetic(kind, a, b);
  const fits = terms.within(term, intOf(INT64_MIN), intOf(INT64_MAX));
  return { symbol: { kind: "term", term }, when: terms.and(operandGuard(terms, kind, b), fits) };
}

/** The condition on the second operand under which an operation is defined. */
export function operandGuard(terms: TermGraph, kind: ArithmeticKind, b: Term): Term {
  if (kind === "div") return terms.not(terms.eq(b, terms.int(0)));
  return kind === "shl" || kind === "shr" ? terms.within(b, 0, 63) : terms.true;
}

export function comparison(terms: TermGraph, op: BinaryExpr["op"], a: Term, b: Term): Term {
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
      return bug(`not a comparison: ${op}`);
  }
}

/** The result of a unary operator. */
export function applyUnary(terms: TermGraph, expr: UnaryExpr, a: SymbolicValue): GuardedValue {
  if (a.kind === "none") return undefinedValue(terms);
  if (a.kind === "choice") {
    return mergeGuarded(
      terms,
      a.when,
      applyUnary(terms, expr, a.a),
      applyUnary(terms, expr, a.b),
    );
  }
  if (a.kind === "plain") {
    return evaluateConcretely(terms, { ...expr, operand: operandCell(0, expr) }, [a.value]);
  }
  const term = termOfScalar(terms, a);
  if (expr.op === "Not") {
    return { symbol: { kind: "term", term: terms.not(term) }, when: terms.true };
  }
  const negated = terms.arithmetic("sub", terms.int(0), term);
  const when = terms.within(negated, intOf(INT64_MIN), intOf(INT64_MAX));
  return { symbol: { kind: "term", term: negated }, when };
}

/** Applies the evaluator of the K regime to an operator with known operands. */
export function evaluateConcretely(
  terms: TermGraph,
  expr: BinaryExpr | UnaryExpr,
  cells: readonly Value[],
): GuardedValue {
  const scope: Scope = {
    cells,
    results: [],
    findShape: () => undefined,
    isIntrinsic: () => false,
  };
  const value = evaluate(expr, scope);
  return isValue(value)
    ? { symbol: symbolicConstant(terms, value), when: terms.true }
    : { symbol: { kind: "plain", value: { kind: "Float", value: 0 } }, when: terms.false };
}

export function operandCell(
  slot: number,
  { start, end }: { readonly start: number; readonly end: number },
) {
  return { kind: "name", name: `operand ${slot}`, slot, start, end } as const;
}
