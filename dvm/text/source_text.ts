/**
 * A text with its UTF-16 units in an array. Loading looks at each unit several times, and asking a string for one takes several
 * times what asking an array takes.
 *
 * @module
 */

/** A text and its units; `units[at] ?? 0` is the unit at an offset, and 0 behind the end. */
export class SourceText {
  readonly text: string;
  readonly units: Uint8Array | Uint16Array;

  constructor(text: string) {
    this.text = text;
    this.units = asciiOf(text) ?? unitsOf(text);
  }
}

/** The units of a text that is all ASCII: its UTF-8 bytes, of which others have more than units. */
function asciiOf(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  const { read, written } = new TextEncoder().encodeInto(text, bytes);
  return read === text.length && written === text.length ? bytes : undefined;
}

function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at);
  return units;
}

/** Whether the units from `start` up to `end` are those of this word. */
export function standsIn(
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
