/**
 * JSON strings with escapes, and malformed ones. Strings without escapes, almost all of an artifact, are slices of its text.
 *
 * @module
 */
import type { JsonCode } from "./json_failure.ts";

/** Stops the reading of the text at an offset. */
export type StopAt = (code: JsonCode, message: string, offset: number) => never;

/** The string whose opening quote is at `start`, and the offset after its closing quote. */
export function readEscapedString(
  text: string,
  start: number,
  stop: StopAt,
): { readonly value: string; readonly end: number } {
  let value = "";
  let at = start + 1;
  for (;;) {
    const char = text[at];
    if (char === '"') break;
    if (char === undefined) stop("DR0101", "a string is not closed", start);
    if (char < " ") stop("DR0101", "a control character in a string", at);
    if (char !== "\\") {
      value += char;
      at++;
      continue;
    }
    const escape = text[at + 1] ?? "";
    const simple = SIMPLE_ESCAPES[escape];
    if (simple !== undefined) {
      value += simple;
      at += 2;
      continue;
    }
    const hex = text.slice(at + 2, at + 6);
    if (escape !== "u" || !/^[0-9a-fA-F]{4}$/.test(hex)) {
      stop("DR0101", "a string has an escape that JSON does not define", at);
    }
    value += String.fromCharCode(parseInt(hex, 16));
    at += 6;
  }
  if (!value.isWellFormed()) stop("DR0107", "a string contains a lone surrogate", start);
  return { value, end: at + 1 };
}

const SIMPLE_ESCAPES: { readonly [escape: string]: string } = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
