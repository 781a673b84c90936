/**
 * JSON with comments, as fixtures and manifests are written. Comments are blanked out and the rest is read by the strict reader of
 * plain JSON: no package is needed, and the sources run from a URL without an import map.
 *
 * @module
 */
import type { PlainArgument } from "../../dvm/event/input.ts";
import { parsePlain, type PlainFailure } from "../../dvm/event/plain_json.ts";
import type { Result } from "../../dvm/base/result.ts";

/**
 * Reads one JSON value whose text may hold comments. Exact integers, no member twice; offsets are those of the text as given.
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

/** A string literal, or a comment: what stands first decides. A comment that is not closed is left, and is no JSON. */
const STRING_OR_COMMENT = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n\r]*|\/\*[^]*?\*\//g;

/** The text with every comment replaced by as many spaces; line breaks stay, so that lines and columns do too. */
function blankComments(text: string): string {
  return text.replaceAll(
    STRING_OR_COMMENT,
    (found) => found.startsWith('"') ? found : found.replaceAll(/[^\n\r]/g, " "),
  );
}
