/**
 * Large texts piece by piece, so that what is made of them need not be held as a whole beside them.
 *
 * @module
 */

/** UTF-16 units of a piece. */
export const PIECE_LENGTH = 64 * 1024;

/** The text in pieces, none longer than {@link PIECE_LENGTH} and one unit; no character is cut in two. */
export function* textPieces(text: string): Generator<string> {
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = start + PIECE_LENGTH;
    if (isHighSurrogate(text.charCodeAt(end - 1))) end++;
    yield text.slice(start, end);
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
