/**
 * Results of evaluation: a value, a failure, or a call whose result is needed first.
 *
 * @module
 */
import type { CallExpr, Expr } from "../expr/ast.ts";
import type { Value } from "../value/value.ts";
import type { EvaluationCause } from "./failure.ts";

/** A failed evaluation: why, and the part of the expression, `[start, end)` in UTF-16 units. */
export interface EvaluationFailure {
  readonly kind: "failure";
  readonly cause: EvaluationCause;
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
export function failed(cause: EvaluationCause, at: Expr): EvaluationFailure {
  return { kind: "failure", cause, start: at.start, end: at.end };
}
