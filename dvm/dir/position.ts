/**
 * From offsets in an artifact's text to lines and columns. Computed when a diagnostic is made, never kept.
 *
 * @module
 */

/** A place in a text; both count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The line and column of an offset. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (;;) {
    const newline = text.indexOf("\n", lineStart);
    if (newline < 0 || newline >= offset) return { line, column: offset - lineStart + 1 };
    line++;
    lineStart = newline + 1;
  }
}

/**
 * The line and column of unit number `within` of the string whose JSON literal begins at `quote`: escapes are longer in the
 * artifact than in the string they stand for.
 */
export function positionInString(text: string, quote: number, within: number): Position {
  let at = quote + 1;
  for (let unit = 0; unit < within && at < text.length; unit++) {
    if (text[at] !== "\\") at++;
    else at += text[at + 1] === "u" ? 6 : 2;
  }
  return positionAt(text, at);
}
