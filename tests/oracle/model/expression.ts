/**
 * Expressions as the model sees them, and what they hold (docs/dir.md, "Expressions").
 *
 * @module
 */
import type { Exact } from "./decimal.ts";

/** An expression. */
export type Expression =
  /** A number: `whole` is the integer of a text without a fraction. */
  | { readonly kind: "number"; readonly exact: Exact; readonly whole: bigint | undefined }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "string" | "char"; readonly value: string }
  | NameExpression
  | {
    readonly kind: "call";
    readonly callee: string;
    readonly args: readonly Expression[];
    /** The call is a memory statement: no process is meant (MEM-08). */
    readonly isStatement?: boolean;
  }
  | { readonly kind: "field"; readonly base: Expression; readonly field: string }
  | { readonly kind: "index"; readonly base: Expression; readonly index: Expression }
  | { readonly kind: "array"; readonly items: readonly Expression[] }
  | { readonly kind: "shape"; readonly name: string; readonly fields: readonly FieldInit[] }
  | { readonly kind: "unary"; readonly op: "Neg" | "Not"; readonly operand: Expression }
  | Binary
  | Match;

/** One mention of a name. */
export interface NameExpression {
  readonly kind: "name";
  readonly name: string;
}

/** An expression of one kind. */
export type ExpressionOf<Kind extends Expression["kind"]> = Extract<Expression, { kind: Kind }>;

/** One `name: value` of a shape literal. */
export interface FieldInit {
  readonly name: string;
  readonly value: Expression;
}

/** `left op right`. */
export interface Binary {
  readonly kind: "binary";
  readonly op: string;
  readonly left: Expression;
  readonly right: Expression;
}

/** `match of { pattern => value, … }`. */
export interface Match {
  readonly kind: "match";
  readonly of: Expression;
  readonly arms: readonly Arm[];
}

/** One arm of a match. */
export interface Arm {
  readonly pattern: Pattern;
  readonly value: Expression;
}

/** What an arm fits: some literals, or everything, which it may name. */
export type Pattern =
  | { readonly kind: "literals"; readonly literals: readonly Expression[] }
  | { readonly kind: "any"; readonly name: string | undefined };

/** The direct parts of an expression, in the order they are evaluated. */
export function partsOf(expr: Expression): readonly Expression[] {
  switch (expr.kind) {
    case "call":
      return expr.args;
    case "field":
      return [expr.base];
    case "index":
      return [expr.base, expr.index];
    case "array":
      return expr.items;
    case "shape":
      return expr.fields.map(({ value }) => value);
    case "unary":
      return [expr.operand];
    case "binary":
      return [expr.left, expr.right];
    case "match":
      return [expr.of, ...expr.arms.map(({ value }) => value)];
    default:
      return [];
  }
}

/** Every call in an expression, inner ones first. */
export function callsIn(expr: Expression): ExpressionOf<"call">[] {
  const inner = partsOf(expr).flatMap(callsIn);
  return expr.kind === "call" ? [...inner, expr] : inner;
}

/** Every mention of a name in an expression. */
export function mentionsIn(expr: Expression): NameExpression[] {
  return expr.kind === "name" ? [expr] : partsOf(expr).flatMap(mentionsIn);
}

/** Whether an expression holds a match, which needs version 0.2. */
export function holdsMatch(expr: Expression): boolean {
  return expr.kind === "match" || partsOf(expr).some(holdsMatch);
}
