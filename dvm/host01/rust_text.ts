/**
 * Texts as Rust's standard library sees them: what is white space, and how `Debug` shows a string.
 *
 * @module
 */
import { isEscapedInDebug } from "./escaped_characters.ts";

/** The 25 characters with the Unicode property White_Space. ECMAScript's `\s` has U+FEFF instead of U+0085. */
const WHITE_SPACE =
  "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

/** Whether the UTF-16 unit at this index is white space. */
export function isWhiteSpaceAt(text: string, index: number): boolean {
  return index >= 0 && index < text.length && WHITE_SPACE.includes(text.charAt(index));
}

/** Whether a text is one ASCII digit. */
export function isDigit(character: string): boolean {
  return character.length === 1 && character >= "0" && character <= "9";
}

/** The text without leading and trailing white space. */
export function trimWhiteSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhiteSpaceAt(text, start)) start++;
  while (end > start && isWhiteSpaceAt(text, end - 1)) end--;
  return text.slice(start, end);
}

/** The `Debug` form of a string: quoted, with quotes, backslashes and invisible characters escaped. */
export function debugString(text: string): string {
  let shown = '"';
  for (const character of text) shown += debugCharacter(character);
  return `${shown}"`;
}

function debugCharacter(character: string): string {
  switch (character) {
    case '"':
      return '\\"';
    case "\\":
      return "\\\\";
    case "\0":
      return "\\0";
    case "\t":
      return "\\t";
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    default: {
      const codePoint = character.codePointAt(0) ?? 0;
      return isEscapedInDebug(codePoint) ? `\\u{${codePoint.toString(16)}}` : character;
    }
  }
}
