/**
 * Whether two lines have the same event, decided on their bytes. `numbering.ts` decides the same on texts, for all lines: what is not
 * understood here is called different.
 *
 * @module
 */
import { isDigit, type LineCursor, SEQ, startsAt } from "./line_cursor.ts";

/** `renumbered`: the events differ only in numbers that follow from what is before them. */
export type LineMatch = "same" | "renumbered" | "different";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const ENCODER = new TextEncoder();
const AT = ENCODER.encode('"at":"');
const THREAD = ENCODER.encode('"thread":');
const INDEX = ENCODER.encode(',"index":');
/** These numbers end with a quote. */
const QUOTED = [',"id":"C', ',"resource":"q'].map((text) => ENCODER.encode(text));
const MEMORY_KIND = ENCODER.encode(',"kind":"mem_');
const REGION = ENCODER.encode(',"region":"m');
/** Two numbers with a point between them name a holder; these members have it in an event of memory. */
const HOLDERS = [',"holder":"m', ',"from":"m'].map((text) => ENCODER.encode(text));
const HANDLE = ENCODER.encode('{"Mem":"m');

/** Compares the lines of two cursors. With `places`, the position of a statement in its list is one of the numbers. */
export function matchLines(
  left: LineCursor,
  right: LineCursor,
  { places }: { readonly places: boolean },
): LineMatch {
  const [a, b] = [left.bytes, right.bytes];
  if (!startsAt(a, left.at, SEQ) || !startsAt(b, right.at, SEQ)) return "different";
  let i = digitsEnd(a, left.at + SEQ.length), j = digitsEnd(b, right.at + SEQ.length);
  const body = i, bodyB = j;
  let place = -1;
  let match: LineMatch = "same";
  for (;;) {
    while (i < left.lineEnd && a[i] === b[j]) {
      i++;
      j++;
    }
    if (i === left.lineEnd && j === right.lineEnd) return match;
    let start = i;
    while (start > body && isDigit(a[start - 1])) start--;
    const startB = j - (i - start);
    const endA = digitsEnd(a, start), endB = digitsEnd(b, startB);
    if (endA === start || endB === startB) return "different";
    if (endA === i && endB === j) return "different"; // the numbers are equal, and what follows them is not
    i = endA;
    j = endB;
    if (a[start - 1] === BRACKET) {
      if (!places) return "different";
      if (place < 0) place = placeStart(a, body, left.lineEnd);
      if (place < 0 || !isPlain(a, place, start)) return "different";
    } else if (endsWith(a, start, INDEX)) {
      if (a[i] !== b[j]) return "different";
    } else {
      const isId = a[i] === QUOTE && b[j] === QUOTE &&
        QUOTED.some((part) => endsWith(a, start, part));
      if (!isId && !(isInMemory(a, start, body) && isInMemory(b, startB, bodyB))) {
        return "different";
      }
    }
    match = "renumbered";
  }
}

function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at++;
  return at;
}

function endsWith(bytes: Uint8Array, end: number, part: Uint8Array): boolean {
  return startsAt(bytes, end - part.length, part);
}

/** Where the text of the member `at` begins, which follows `kind` and `thread`; -1 if there is none. */
function placeStart(bytes: Uint8Array, body: number, end: number): number {
  let at = bytes.indexOf(COMMA, body + 1) + 1; // after `,"kind":"…"`
  if (at === 0 || at > end) return -1;
  if (startsAt(bytes, at, THREAD)) at = digitsEnd(bytes, at + THREAD.length) + 1;
  return startsAt(bytes, at, AT) ? at + AT.length : -1;
}

const COMMA = 0x2c;
const POINT = 0x2e;

/** Whether the digits at `start` are a number of a region or of a holder. */
function isInMemory(bytes: Uint8Array, start: number, body: number): boolean {
  const isEvent = startsAt(bytes, body, MEMORY_KIND);
  if (isEvent && endsWith(bytes, start, REGION)) return bytes[digitsEnd(bytes, start)] === QUOTE;
  let first = start;
  if (bytes[start - 1] === POINT) {
    first--;
    while (isDigit(bytes[first - 1])) first--;
  }
  const isHolder = endsWith(bytes, first, HANDLE) ||
    (isEvent && HOLDERS.some((part) => endsWith(bytes, first, part)));
  const point = digitsEnd(bytes, first), last = digitsEnd(bytes, point + 1);
  return isHolder && point > first && bytes[point] === POINT && last > point + 1 &&
    bytes[last] === QUOTE;
}

/** Whether bytes of a text neither end it nor have a name in quotes, in which brackets would mean nothing. */
function isPlain(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (bytes[at] === QUOTE || bytes[at] === BACKSLASH) return false;
  }
  return from <= to;
}
