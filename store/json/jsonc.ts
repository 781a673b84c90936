/**
 * JSON with comments, the format of fixtures and manifests. Comments are replaced by spaces and the rest is read by the strict
 * parser of plain JSON: integers stay exact, and offsets are those of the original text.
 *
 * @module
 */
import type { PlainArgument } from "../../dvm/event/input.ts";
import { parsePlain, type PlainFailure } from "../../dvm/event/plain_json.ts";
import type { Result } from "../../dvm/base/result.ts";

/**
 * Reads one JSON value; comments are allowed. Integers are exact, duplicate members are refused, and offsets in failures are those
 * of `text`.
 *
 * @example
 * ```ts
 * import { parseJsonc } from "../../mod.ts";
 * const parsed = parseJsonc('{ "n": 1 } // one');
 * if (!parsed.ok) throw new Error();
 * ```
 */
export function parseJsonc(text: string): Result<PlainArgument, PlainFailure> {
  return parsePlain(blankComments(text));
}

/** A string literal or a comment, whichever begins first. An unterminated comment is left in place and is then invalid JSON. */
const STRING_OR_COMMENT = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n\r]*|\/\*[^]*?\*\//g;

/** Replaces every comment by as many spaces; line breaks stay, so lines and columns do not change. */
function blankComments(text: string): string {
  return text.replaceAll(
    STRING_OR_COMMENT,
    (found) => found.startsWith('"') ? found : found.replaceAll(/[^\n\r]/g, " "),
  );
}
