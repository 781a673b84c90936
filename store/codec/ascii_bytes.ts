/**
 * Recognizes the parts of plain lines as bytes: fixed texts, numbers, places, strings without escapes and simple values. Each function
 * returns the offset after what it looks for, or -1 where that is not next; given -1, it returns -1.
 *
 * @module
 */

/** The offset after an expected text. */
export function after(bytes: Uint8Array, at: number, expected: Uint8Array): number {
  if (at < 0) return -1;
  const { length } = expected;
  for (let index = 0; index < length; index++) {
    if (bytes[at + index] !== expected[index]) return -1;
  }
  return at + length;
}

/** The offset after the decimal digits of a number. */
export function numberEnd(bytes: Uint8Array, start: number, expected: number): number {
  const end = digitsEnd(bytes, start);
  return end >= 0 && naturalIn(bytes, start, end) === expected ? end : -1;
}

/** The number whose digits are from one offset to another. */
export function naturalIn(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = 10 * value + (bytes[at] ?? 0) - ZERO;
  return value;
}

/** The offset after a number of at most 15 digits, which is exact. */
export function digitsEnd(bytes: Uint8Array, start: number): number {
  if (start < 0) return -1;
  let at = start;
  while (isDigit(bytes[at])) at++;
  const count = at - start;
  return count === 0 || count > 15 || (count > 1 && bytes[start] === ZERO) ? -1 : at;
}

/** The offset after an integer of at most 15 digits. */
export function integerEnd(bytes: Uint8Array, at: number): number {
  if (at < 0 || bytes[at] !== MINUS) return digitsEnd(bytes, at);
  return bytes[at + 1] === ZERO ? -1 : digitsEnd(bytes, at + 1);
}

/** The offset after a place and its closing quote: a reference of a process in identifiers, then the path of a statement. */
export function placeEnd(bytes: Uint8Array, start: number): number {
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

/** The offset after a string of printable ASCII without escapes and its closing quote; the opening one is before `start`. */
export function stringEnd(bytes: Uint8Array, start: number): number {
  if (start < 0) return -1;
  for (let at = start;; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === undefined || byte < 0x20 || byte > 0x7e || byte === BACKSLASH) return -1;
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= 0x39;
}

function isIdentifierByte(byte: number | undefined): boolean {
  return byte !== undefined && IDENTIFIER_BYTES[byte] === 1;
}

const QUOTE = 0x22;
const MINUS = 0x2d;
const ZERO = 0x30;
const COLON = 0x3a;
const UPPER_K = 0x4b;
const UPPER_Q = 0x51;
const BACKSLASH = 0x5c;
const CLOSING_BRACKET = 0x5d;
const LOWER_B = 0x62;
const LOWER_T = 0x74;

const ENCODER = new TextEncoder();

/** A fixed text, for {@link after}. */
export function fixed(text: string): Uint8Array {
  return ENCODER.encode(text);
}

const BODY = fixed(".body[");
const THEN = fixed(".then_body[");
const ELSE = fixed(".else_body[");

/** How each line begins. */
export const SEQ = fixed('{"seq":');
/** How values begin. */
export const INT = fixed('{"Int":');
export const STRING = fixed('{"String":"');
/** How each line ends. */
export const LINE_END = fixed("}\n");

/** 1 for the bytes of identifiers. */
const IDENTIFIER_BYTES = new Uint8Array(256);
for (
  const byte of fixed("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789")
) {
  IDENTIFIER_BYTES[byte] = 1;
}
