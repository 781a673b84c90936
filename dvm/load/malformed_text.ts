/**
 * What makes a text no JSON in UTF-8 at all. That is reported before anything that its values lack (DIR-01).
 *
 * @module
 */
import { byteOrderMarkIn, jsonSyntaxError } from "../text/json_syntax.ts";
import type { LoadFailure } from "./load_failure.ts";

/**
 * The reasons why an artifact is refused, where its text is not JSON in UTF-8: this reason alone. In a JavaScript string, bytes that
 * are not UTF-8 are lone surrogates.
 */
export function reasonsOf(text: string, found: readonly LoadFailure[]): readonly LoadFailure[] {
  const mark = byteOrderMarkIn(text);
  if (mark !== undefined) return [malformed(mark, 0)];
  if (!text.isWellFormed()) {
    return [malformed("the text is not UTF-8", text.search(/\p{Surrogate}/u))];
  }
  if (found.some(({ code }) => code === "DR0101" || code === "DR0103")) return found;
  const error = jsonSyntaxError(text);
  return error === undefined ? found : [malformed(error.message, error.offset)];
}

function malformed(message: string, offset: number): LoadFailure {
  return { code: "DR0101", message, offset, path: "" };
}
