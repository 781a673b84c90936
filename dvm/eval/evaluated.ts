/**
 * Results of evaluation: a value, a failure, or a call whose result is needed first.
 *
 * @module
 */
import type { CallExpr, Expr } from "../expr/ast.ts";
import type { Value } from "../value/value.ts";

/** The codes of evaluation failures; all of kind `Runtime`. */
export type EvaluationCode =
  /** An integer result leaves 64 bits. */
  | "DR0801"
  /** Division by zero. */
  | "DR0802"
  /** A shift count outside 0 to 63. */
  | "DR0803"
  /** An index outside the array. */
  | "DR0804"
  /** A float result is not finite. */
  | "DR0805"
  /** No arm of a match applies. */
  | "DR0806"
  /** A value does not fit the declared type of the position it enters. */
  | "DR0807"
  /** A value holds more text than an event may have. */
  | "DR0808";

/** A failed evaluation: why, and the part of the expression, `[start, end)` in UTF-16 units. */
export interface EvaluationFailure {
  readonly kind: "failure";
  readonly code: EvaluationCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** An evaluation that needs the result of a call to continue. */
export interface CallNeeded {
  readonly kind: "call";
  readonly call: CallExpr;
  readonly args: readonly Value[];
}

/** The result of an evaluation. */
export type Evaluated = Value | EvaluationFailure | CallNeeded;

/** Whether the result is a value. */
export function isValue(evaluated: Evaluated): evaluated is Value {
  return evaluated.kind !== "failure" && evaluated.kind !== "call";
}

/** The failure of a part of an expression. */
export function failed(code: EvaluationCode, message: string, at: Expr): EvaluationFailure {
  return { kind: "failure", code, message, start: at.start, end: at.end };
}
