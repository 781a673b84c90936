/**
 * Recognizes lines of statements as bytes. They are nearly all lines of a log, and checking one needs no text and no event. What is
 * not plain here (names with escapes, nested values, ranges, other threads) is left to the decoder, which decides what is valid: every
 * line that is recognized decodes to a statement with that number.
 *
 * @module
 */

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

/** The offset after an expected text; -1 where it is not next. */
function after(bytes: Uint8Array, at: number, expected: Uint8Array): number {
  if (at < 0) return -1;
  const { length } = expected;
  for (let index = 0; index < length; index++) {
    if (bytes[at + index] !== expected[index]) return -1;
  }
  return at + length;
}

/** The offset after the decimal digits of a number. */
function numberEnd(bytes: Uint8Array, start: number, expected: number): number {
  const end = digitsEnd(bytes, start);
  if (end < 0) return -1;
  let value = 0;
  for (let at = start; at < end; at++) value = 10 * value + (bytes[at] ?? 0) - ZERO;
  return value === expected ? end : -1;
}

/** The offset after a number of at most 15 digits, which is exact. */
function digitsEnd(bytes: Uint8Array, start: number): number {
  if (start < 0) return -1;
  let at = start;
  while (isDigit(bytes[at])) at++;
  const count = at - start;
  return count === 0 || count > 15 || (count > 1 && bytes[start] === ZERO) ? -1 : at;
}

/** The offset after a place and its closing quote: a reference of a process in identifiers, then the path of a statement. */
function placeEnd(bytes: Uint8Array, start: number): number {
  let at = after(bytes, referenceEnd(bytes, start), BODY);
  for (;;) {
    at = digitsEnd(bytes, at);
    if (at < 0 || bytes[at] !== CLOSING_BRACKET) return -1;
    if (bytes[at + 1] === QUOTE) return at + 2;
    const block = bytes[at + 2] === LOWER_B ? BODY : bytes[at + 2] === LOWER_T ? THEN : ELSE;
    at = after(bytes, at + 1, block);
  }
}

/** The offset after `p`, `K::p` or `B::K::p`. */
function referenceEnd(bytes: Uint8Array, start: number): number {
  let end = identifierEnd(bytes, start);
  if (end < 0 || bytes[end] !== COLON) return end;
  let part = start;
  for (let parts = 1; parts < 3 && bytes[end] === COLON; parts++) {
    if (bytes[end + 1] !== COLON) return -1;
    const isRegime = end - part === 1 && (bytes[part] === UPPER_K || bytes[part] === UPPER_Q);
    part = end + 2;
    end = identifierEnd(bytes, part);
    if (end < 0 || (bytes[end] !== COLON && !isRegime)) return -1;
  }
  return end;
}

function identifierEnd(bytes: Uint8Array, start: number): number {
  if (start < 0 || isDigit(bytes[start])) return -1;
  let at = start;
  while (isIdentifierByte(bytes[at])) at++;
  return at === start ? -1 : at;
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

/** The offset after a string of printable ASCII without escapes, whose opening quote is before `start`. */
function stringEnd(bytes: Uint8Array, start: number): number {
  if (start < 0) return -1;
  for (let at = start;; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === undefined || byte < 0x20 || byte > 0x7e || byte === BACKSLASH) return -1;
  }
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

function integerEnd(bytes: Uint8Array, at: number): number {
  if (at < 0 || bytes[at] !== MINUS) return digitsEnd(bytes, at);
  return bytes[at + 1] === ZERO ? -1 : digitsEnd(bytes, at + 1);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= 0x39;
}

function isIdentifierByte(byte: number | undefined): boolean {
  return byte !== undefined && IDENTIFIER_BYTES[byte] === 1;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const COLON = 0x3a;
const UPPER_B = 0x42;
const UPPER_I = 0x49;
const UPPER_K = 0x4b;
const UPPER_Q = 0x51;
const UPPER_S = 0x53;
const BACKSLASH = 0x5c;
const CLOSING_BRACKET = 0x5d;
const LOWER_B = 0x62;
const LOWER_C = 0x63;
const LOWER_T = 0x74;
const CLOSING_BRACE = 0x7d;

const ENCODER = new TextEncoder();
const SEQ = ENCODER.encode('{"seq":');
const STMT_AT = ENCODER.encode(',"kind":"stmt","at":"');
const BODY = ENCODER.encode(".body[");
const THEN = ENCODER.encode(".then_body[");
const ELSE = ENCODER.encode(".else_body[");
const CONTROL = ENCODER.encode(',"control":"');
const CONTROLS = ["body", "none", "then", "else", "break", "continue"].map((control) =>
  ENCODER.encode(`${control}"`)
);
const SET = ENCODER.encode(',"set":{"');
const INT = ENCODER.encode('{"Int":');
const TRUE = ENCODER.encode('{"Bool":true');
const FALSE = ENCODER.encode('{"Bool":false');
const STRING = ENCODER.encode('{"String":"');
const UNIT = ENCODER.encode('"Unit"');
const LINE_END = ENCODER.encode("}\n");

/** 1 for the bytes of identifiers. */
const IDENTIFIER_BYTES = new Uint8Array(256);
for (
  const byte of ENCODER.encode("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789")
) {
  IDENTIFIER_BYTES[byte] = 1;
}
