/**
 * Random characters for properties of code that reads texts.
 *
 * @module
 */
import fc from "fast-check";

/**
 * Any character that UTF-8 can encode. The library's unit `binary` gives the same ones, but first builds a table of all of them,
 * which takes more than a second.
 */
export const anyCharacter = fc.oneof(
  fc.integer({ min: 0, max: 0xd7ff }),
  fc.integer({ min: 0xe000, max: 0x10ffff }),
).map((point) => String.fromCodePoint(point));
