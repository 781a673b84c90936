/**
 * Why a text is not an expression.
 *
 * @module
 */

/** Why a text is not an expression. The codes are `DR0110` to `DR0116` of the registry. */
export interface ExprFailure {
  readonly code: ExprFailureCode;
  readonly message: string;
  /** The offending part of the text, `[start, end)` in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** The codes of expression syntax failures. */
export type ExprFailureCode =
  /** A character that begins nothing. */
  | "DR0110"
  /** Something else was expected here, or text follows the expression. */
  | "DR0111"
  /** A string or character literal that is not closed, or has an unknown escape. */
  | "DR0112"
  /** An integer that does not fit 64 bits. */
  | "DR0113"
  /** Nested deeper than `EXPR_DEPTH_MAX`. */
  | "DR0114"
  /** Text that the compiler could not render, such as `{ ... }`. */
  | "DR0115"
  /** A word between operands that is no operator. */
  | "DR0116";
