/**
 * A text with its UTF-16 units in an array. Loading reads each unit several times, and an array access is several times faster
 * than `charCodeAt`.
 *
 * @module
 */

/** A text and its units; `units[at] ?? 0` is the unit at an offset, and 0 after the end. */
export class SourceText {
  readonly text: string;
  readonly units: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

  constructor(text: string) {
    this.text = text;
    this.units = asciiOf(text) ?? unitsOf(text);
  }

  /** Gives the memory of the units back at once: they may be many, and a collection of them late. The text stays. */
  release(): void {
    this.units.buffer.transfer(0);
  }
}

/** The longest encoding of one character in UTF-8. */
const UTF8_LENGTH_MAX = 4;

/**
 * The units of an ASCII text, which are its UTF-8 bytes; `undefined` for any other text, which has more bytes than units. There is room for
 * one character more, so that the number of bytes decides: Deno 2.6.8 counts wrongly how many units of a Latin-1 text were read.
 */
function asciiOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(text.length + UTF8_LENGTH_MAX);
  const { written } = new TextEncoder().encodeInto(text, bytes);
  return written === text.length ? bytes.subarray(0, written) : undefined;
}

function unitsOf(text: string): Uint16Array<ArrayBuffer> {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at);
  return units;
}

/** Whether the units from `start` up to `end` are those of `word`. */
export function isWordAt(
  units: SourceText["units"],
  start: number,
  end: number,
  word: string,
): boolean {
  if (word.length !== end - start) return false;
  for (let unit = 0; unit < word.length; unit++) {
    if (word.charCodeAt(unit) !== units[start + unit]) return false;
  }
  return true;
}
