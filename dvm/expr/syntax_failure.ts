/**
 * Syntax failures of expressions.
 *
 * @module
 */

/** Why a text is not an expression. The codes are `DR0110` to `DR0116` of the registry. */
export interface ExprFailure {
  readonly code: ExprFailureCode;
  readonly message: string;
  /** What to write instead, where it is known; otherwise the code has a general help. */
  readonly help?: string;
  /** The part of the text at fault, `[start, end)` in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** The codes of expression syntax failures. */
export type ExprFailureCode =
  /** A character that begins no expression. */
  | "DR0110"
  /** Something else was expected here, or text follows the expression. */
  | "DR0111"
  /** A string or character literal that is not closed, or has an unknown escape. */
  | "DR0112"
  /** An integer that does not fit 64 bits. */
  | "DR0113"
  /** Nested more deeply than `EXPR_DEPTH_MAX`. */
  | "DR0114"
  /** Text that the compiler could not print, such as `{ ... }`. */
  | "DR0115"
  /** A word between operands that is not an operator. */
  | "DR0116";
