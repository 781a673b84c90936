/**
 * Converts offsets in the text of an artifact to lines and columns, when a diagnostic is made.
 *
 * @module
 */

/** A position in a text; both count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The line and column of an offset. */
export function positionAt(text: string, offset: number): Position {
  const starts = lineStartsOf(text);
  let low = 0, high = starts.length; // the line starts at starts[low], and before starts[high]
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** Line starts of the text that was asked for last: a broken artifact may have as many diagnostics as lines. */
let latest: { readonly text: string; readonly starts: readonly number[] } = {
  text: "",
  starts: [0],
};

function lineStartsOf(text: string): readonly number[] {
  if (latest.text === text) return latest.starts;
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  latest = { text, starts };
  return starts;
}

/**
 * The line and column of unit number `within` of the string whose JSON literal begins at `quote`. An escape is longer in the
 * artifact than in the string.
 */
export function positionInString(text: string, quote: number, within: number): Position {
  let at = quote + 1;
  for (let unit = 0; unit < within && at < text.length; unit++) {
    if (text[at] !== "\\") at++;
    else at += text[at + 1] === "u" ? 6 : 2;
  }
  return positionAt(text, at);
}
