/**
 * Why an expression has no value, and why a value does not fit a declared type: closed unions with the particulars. The
 * sentences are made in `dvm/machine/value_message.ts`.
 *
 * @module
 */
import type { Type } from "../dir/type.ts";
import type { BinaryOperator } from "../expr/ast.ts";
import type { Int64 } from "../value/int64.ts";

/** Why a value does not fit a declared type (TYP-15, X-23). */
export type FitFailure =
  /** A number outside the type's range. */
  | { readonly kind: "out_of_range"; readonly value: Int64; readonly type: Type }
  /** A value of another kind, or of another shape: `found` names it. */
  | { readonly kind: "other_kind"; readonly found: string; readonly type: Type }
  /** An array of another length. */
  | { readonly kind: "other_length"; readonly length: number; readonly type: Type }
  /** The declared name is no type. */
  | { readonly kind: "unknown_type"; readonly name: string };

/** Why evaluation fails. */
export type EvaluationCause =
  /** The exact result of an integer operation leaves 64 bits. */
  | {
    readonly kind: "overflow";
    readonly op: BinaryOperator;
    readonly left: Int64;
    readonly right: Int64;
  }
  /** The same for a negation. */
  | { readonly kind: "negation_overflow"; readonly operand: Int64 }
  /** `dividend` is absent for floats. */
  | { readonly kind: "division_by_zero"; readonly dividend?: Int64 }
  /** A shift count outside 0 to 63. */
  | { readonly kind: "shift_count"; readonly count: Int64 }
  /** An index outside the array. */
  | { readonly kind: "index"; readonly index: Int64; readonly length: number }
  /** The result of a float operation is not finite. */
  | { readonly kind: "not_finite"; readonly op: BinaryOperator }
  /** No arm of a match fits its subject. */
  | { readonly kind: "no_arm" }
  /** A value does not fit the field of the shape that is being made. */
  | {
    readonly kind: "field";
    readonly shape: string;
    readonly field: string;
    readonly failure: FitFailure;
  }
  /** A value holds more text than one event of the log may. */
  | { readonly kind: "too_much_text" }
  /** A value with arrays of any length has more parts than one event of the log may. */
  | { readonly kind: "too_many_parts" };

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
  /** No arm of a match fits. */
  | "DR0806"
  /** A value does not fit the declared type of the place it enters. */
  | "DR0807"
  /** A value holds more text than an event can. */
  | "DR0808"
  /** A value has more parts than an event can. */
  | "DR0809";

/** The code of each cause. */
export const EVALUATION_CODES: { readonly [kind in EvaluationCause["kind"]]: EvaluationCode } = {
  overflow: "DR0801",
  negation_overflow: "DR0801",
  division_by_zero: "DR0802",
  shift_count: "DR0803",
  index: "DR0804",
  not_finite: "DR0805",
  no_arm: "DR0806",
  field: "DR0807",
  too_much_text: "DR0808",
  too_many_parts: "DR0809",
};
