/**
 * Recognizes lines of statements as bytes. They are nearly all lines of a log, and checking one needs no text and no event. What is
 * not plain here (names with escapes, nested values, ranges, other threads) is left to the decoder, which decides what is valid: every
 * line that is recognized decodes to a statement with that number.
 *
 * @module
 */
import {
  after,
  fixed,
  INT,
  integerEnd,
  LINE_END,
  numberEnd,
  placeEnd,
  SEQ,
  STRING,
  stringEnd,
} from "./ascii_bytes.ts";

/** Where the line of a plain statement with this `seq` ends that begins at `start`: the offset after its LF. -1 for any other line. */
export function plainStmtEnd(bytes: Uint8Array, start: number, seq: number): number {
  let at = numberEnd(bytes, after(bytes, start, SEQ), seq);
  at = placeEnd(bytes, after(bytes, at, STMT_AT));
  if (at < 0) return -1;
  if (bytes[at] === COMMA && bytes[at + 2] === LOWER_C) at = controlEnd(bytes, at);
  if (at < 0) return -1;
  if (bytes[at] === COMMA) at = setEnd(bytes, after(bytes, at, SET));
  return after(bytes, at, LINE_END);
}

/** The offset after the member `control`, which begins at `at`. */
function controlEnd(bytes: Uint8Array, at: number): number {
  const word = after(bytes, at, CONTROL);
  if (word < 0) return -1;
  for (const control of CONTROLS) {
    const end = after(bytes, word, control);
    if (end >= 0) return end;
  }
  return -1;
}

/** The offset after the content of the member `set`, a name and its value, and the closing brace. */
function setEnd(bytes: Uint8Array, at: number): number {
  const colon = stringEnd(bytes, at);
  if (colon < 0 || bytes[colon] !== COLON) return -1;
  const end = valueEnd(bytes, colon + 1);
  return end >= 0 && bytes[end] === CLOSING_BRACE ? end + 1 : -1;
}

/** The offset after a value that is an integer, a boolean, a string or the unit. */
function valueEnd(bytes: Uint8Array, at: number): number {
  let end: number;
  switch (bytes[at + 2]) {
    case UPPER_I:
      end = integerEnd(bytes, after(bytes, at, INT));
      break;
    case UPPER_B:
      end = after(bytes, at, bytes[at + 8] === LOWER_T ? TRUE : FALSE);
      break;
    case UPPER_S:
      end = stringEnd(bytes, after(bytes, at, STRING));
      break;
    default:
      return after(bytes, at, UNIT);
  }
  return end >= 0 && bytes[end] === CLOSING_BRACE ? end + 1 : -1;
}

const COMMA = 0x2c;
const COLON = 0x3a;
const UPPER_B = 0x42;
const UPPER_I = 0x49;
const UPPER_S = 0x53;
const LOWER_C = 0x63;
const LOWER_T = 0x74;
const CLOSING_BRACE = 0x7d;

const STMT_AT = fixed(',"kind":"stmt","at":"');
const CONTROL = fixed(',"control":"');
const CONTROLS = ["body", "none", "then", "else", "break", "continue"].map((control) =>
  fixed(`${control}"`)
);
const SET = fixed(',"set":{"');
const TRUE = fixed('{"Bool":true');
const FALSE = fixed('{"Bool":false');
const UNIT = fixed('"Unit"');
