/**
 * The escapes of JSON strings.
 *
 * @module
 */

/** Matches an escape without its backslash, at `lastIndex`. */
export const JSON_ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;

const LETTERS: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** The UTF-16 unit that an escape, given without its backslash, denotes. */
export function unescapeJson(escape: string): string {
  if (escape.startsWith("u")) return String.fromCharCode(parseInt(escape.slice(1), 16));
  return LETTERS.get(escape) ?? escape;
}
