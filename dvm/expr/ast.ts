/**
 * The expression tree. A DIR expression is text, which `dvm/expr/parse.ts` parses once, when the artifact is loaded. Nodes keep their
 * span, so that a diagnostic can mark a part of the text.
 *
 * @module
 */
import type { Int64 } from "../value/int64.ts";

/** The part `[start, end)` of the expression's text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Every binary operator, by its word in DIR. */
export const BINARY_OPERATORS = [
  "Or",
  "And",
  "Eq",
  "Ne",
  "Lt",
  "Le",
  "Gt",
  "Ge",
  "BitOr",
  "BitXor",
  "BitAnd",
  "Shl",
  "Shr",
  "Add",
  "Sub",
  "Mul",
  "Div",
] as const;

/** One binary operator. */
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];
/** One unary operator. */
export type UnaryOperator = "Neg" | "Not";

/** A decimal integer that fits 64 bits; the sign of a literal such as `-5` belongs to it. */
export interface IntLiteral extends Span {
  readonly kind: "int";
  readonly value: Int64;
  /** Its value where its uses make it a float, rounded once from the text. Filled by `dvm/load/elaborate.ts`. */
  float: number | undefined;
}
/** A decimal fraction, `3.14`. */
export interface FloatLiteral extends Span {
  readonly kind: "float";
  /** The nearest f64, or where its uses make it f32, the f32 nearest to the text. `dvm/load/elaborate.ts` replaces it then. */
  value: number;
}
/** `true` or `false`. */
export interface BoolLiteral extends Span {
  readonly kind: "bool";
  readonly value: boolean;
}
/** A string literal, with its escapes replaced. */
export interface StringLiteral extends Span {
  readonly kind: "string";
  readonly value: string;
}
/** A quoted character, `'c'`. */
export interface CharLiteral extends Span {
  readonly kind: "char";
  readonly value: string;
}
/** A name. `dvm/load/scope.ts` fills `slot`, the index of its cell in the frame; -1 for an unbound name. */
export interface NameExpr extends Span {
  readonly kind: "name";
  readonly name: string;
  slot: number;
}
/**
 * A call, `f(x)`, `K::f(x)` or `Forge::K::f(x)`; `callee` is the path as written. `dvm/load/scope.ts` makes a `spawn` the call of the
 * process that it starts, with the seed as one more argument.
 */
export interface CallExpr extends Span {
  readonly kind: "call";
  callee: string;
  args: readonly Expr[];
}
/** `base.field`. */
export interface FieldExpr extends Span {
  readonly kind: "field";
  readonly base: Expr;
  readonly field: string;
}
/** `base[index]`. */
export interface IndexExpr extends Span {
  readonly kind: "index";
  readonly base: Expr;
  readonly index: Expr;
}
/** One `name: value` of a shape literal. */
export interface FieldInit extends Span {
  readonly name: string;
  readonly value: Expr;
}
/** `Shape{a: 1, b: 2}`. */
export interface ShapeExpr extends Span {
  readonly kind: "shape";
  readonly name: string;
  readonly fields: readonly FieldInit[];
}
/** `[a, b, c]`. */
export interface ArrayExpr extends Span {
  readonly kind: "array";
  readonly items: readonly Expr[];
}
/** `Neg(x)`, `Not(x)`, `-x`, `!x`. */
export interface UnaryExpr extends Span {
  readonly kind: "unary";
  readonly op: UnaryOperator;
  readonly operand: Expr;
}
/** `left op right`. */
export interface BinaryExpr extends Span {
  readonly kind: "binary";
  readonly op: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
  /** Whether this is an operation on f32, each operand and the result rounded to it. Filled by `dvm/load/elaborate.ts`. */
  isSingle: boolean;
}
/** A pattern of a match arm: one or several literals joined by `|`, a name that binds the subject, or `_`. */
export type Pattern =
  | {
    readonly kind: "literals";
    readonly values:
      readonly (IntLiteral | FloatLiteral | BoolLiteral | StringLiteral | CharLiteral)[];
  }
  | { readonly kind: "bind"; readonly name: string; slot: number }
  | { readonly kind: "any" };
/** One `pattern => body` of a match. */
export interface MatchArm extends Span {
  readonly pattern: Pattern;
  readonly body: Expr;
}
/** `match subject { pattern => body, … }`; its value is that of the first arm that applies. */
export interface MatchExpr extends Span {
  readonly kind: "match";
  readonly subject: Expr;
  readonly arms: readonly MatchArm[];
}

/** Any expression. */
export type Expr =
  | IntLiteral
  | FloatLiteral
  | BoolLiteral
  | StringLiteral
  | CharLiteral
  | NameExpr
  | CallExpr
  | FieldExpr
  | IndexExpr
  | ShapeExpr
  | ArrayExpr
  | UnaryExpr
  | BinaryExpr
  | MatchExpr;
