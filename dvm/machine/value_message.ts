/**
 * The sentences about values: why an expression has none, why one does not fit a type, why an argument cannot be read.
 *
 * @module
 */
import {
  ARGUMENT_DEPTH_MAX,
  ARGUMENT_PARTS_MAX,
  ARGUMENT_TEXT_MAX,
  VALUE_PARTS_MAX,
  VALUE_TEXT_MAX,
} from "../base/limits.ts";
import { unreachable } from "../base/result.ts";
import { renderType } from "../dir/type.ts";
import type { EvaluationCause, EvaluationCode, FitFailure } from "../eval/failure.ts";
import type { ArgumentFailure, PlainForm, Unrecordable } from "./failure.ts";

/** Why a value does not fit a type. */
export function fitMessage(failure: FitFailure): string {
  switch (failure.kind) {
    case "out_of_range":
      return `${failure.value} is outside the range of ${renderType(failure.type)}`;
    case "other_kind":
      return `a value of kind ${failure.found} is not ${renderType(failure.type)}`;
    case "other_length":
      return `an array of length ${failure.length} is not ${renderType(failure.type)}`;
    case "unknown_type":
      return `${failure.name} is not a known type`;
    default:
      return unreachable(failure);
  }
}

/** Why evaluation fails. */
export function evaluationMessage(cause: EvaluationCause): string {
  switch (cause.kind) {
    case "overflow":
      return `integer overflow: ${cause.left} ${cause.op} ${cause.right}`;
    case "negation_overflow":
      return `integer overflow: Neg(${cause.operand})`;
    case "division_by_zero":
      return cause.dividend === undefined
        ? "division by zero"
        : `division by zero: ${cause.dividend} Div 0`;
    case "shift_count":
      return `shift count ${cause.count} is outside 0 to 63`;
    case "index":
      return `index ${cause.index} is outside an array of length ${cause.length}`;
    case "not_finite":
      return `the result of ${cause.op} is not a finite number`;
    case "no_arm":
      return "no arm of the match applies to its subject";
    case "field":
      return `${fitMessage(cause.failure)} (field ${cause.field} of ${cause.shape})`;
    case "too_much_text":
      return `a value holds more than ${VALUE_TEXT_MAX} characters of text`;
    case "too_many_parts":
      return `a value has more than ${VALUE_PARTS_MAX} parts`;
    default:
      return unreachable(cause);
  }
}

/** The smallest fix of each evaluation failure. */
export function evaluationHelp(code: EvaluationCode): string {
  return EVALUATION_HELP[code];
}

const EVALUATION_HELP: { readonly [code in EvaluationCode]: string } = {
  DR0801: "keep the operands small enough that the result fits 64 bits",
  DR0802: "make sure that the divisor is not zero",
  DR0803: "shift by 0 to 63",
  DR0804: "keep the index within the array",
  DR0805: "keep the operands small enough that the result is finite",
  DR0806: "add an arm for every value, or end with _",
  DR0807: "declare a wider type, or keep the value in range",
  DR0808: "keep long texts out of arrays and shapes, or emit them one by one",
  DR0809: "build smaller arrays, or emit their elements one by one",
};

/** Why the argument `name` cannot be read. */
export function argumentMessage(name: string, failure: ArgumentFailure): string {
  return `argument ${name}: ${argumentReason(failure)}`;
}

function argumentReason(failure: ArgumentFailure): string {
  switch (failure.kind) {
    case "unrecordable":
      return unrecordableReason(failure.cause);
    case "misfit":
      return fitMessage(failure.failure);
    case "missing_field":
      return `${failure.shape} needs a field ${failure.field}`;
    case "unknown_field":
      return `${failure.shape} has no field ${failure.field}`;
    case "field":
      return `${failure.field}: ${argumentReason(failure.failure)}`;
    case "lone_surrogate":
      return "the text holds a lone surrogate";
    case "not_one_character":
      return "a char is exactly one character";
    case "not_an_integer":
      return `${failure.given} is not a 64-bit integer`;
    case "outside":
      return `${failure.given} is outside the range of ${renderType(failure.type)}`;
    case "other_form":
      return `${renderType(failure.type)} cannot be read from ${formText(failure)}`;
    default:
      return unreachable(failure);
  }
}

/** A short string itself, or what the argument is. */
function formText(
  { found, text }: Extract<ArgumentFailure, { readonly kind: "other_form" }>,
): string {
  return text === undefined || text.length > SHOWN_TEXT_MAX
    ? FORM_WORDS[found]
    : `the string ${JSON.stringify(text)}`;
}

/** A string of more UTF-16 units is not repeated in a message. */
const SHOWN_TEXT_MAX = 40;

const FORM_WORDS: { readonly [form in PlainForm]: string } = {
  null: "null",
  array: "an array",
  object: "an object",
  number: "a number",
  string: "a string",
  boolean: "a boolean",
};

function unrecordableReason(cause: Unrecordable): string {
  switch (cause.kind) {
    case "parts":
      return `it has more than ${ARGUMENT_PARTS_MAX} parts`;
    case "text":
      return `it has more than ${ARGUMENT_TEXT_MAX} units of text`;
    case "depth":
      return `it nests deeper than ${ARGUMENT_DEPTH_MAX}`;
    case "not_finite":
      return `${cause.number} is not a finite number`;
    case "not_json":
      return `${cause.type} is no JSON value`;
    default:
      return unreachable(cause);
  }
}
