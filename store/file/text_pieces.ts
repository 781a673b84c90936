/**
 * Splits large texts into pieces, so that their encoded form need not be held in memory as a whole.
 *
 * @module
 */

/** Length of a piece in UTF-16 code units. */
export const PIECE_LENGTH = 64 * 1024;

/** The text in pieces of at most {@link PIECE_LENGTH} + 1 code units; surrogate pairs are never split. */
export function* textPieces(text: string): Generator<string> {
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = start + PIECE_LENGTH;
    if (isHighSurrogate(text.charCodeAt(end - 1))) end++;
    yield text.slice(start, end);
  }
}

function isHighSurrogate(codeUnit: number): boolean {
  return codeUnit >= 0xd800 && codeUnit <= 0xdbff;
}
