/**
 * A line that comes again and again with other numbers, in a form that is quickly copied: only the last two digits of its number change
 * from one time to the next, and the others once in a hundred lines.
 *
 * @module
 */
import { INTEGER_LENGTH_MAX, integerAt } from "./digits.ts";

/** The beginning of a line, whose number has at least three digits. */
export interface RepeatedLine {
  /** What follows the number. */
  readonly rest: Uint8Array;
  /** The number without its last two digits; 0 before the first one. */
  hundreds: number;
  /** Where its last two digits are; they are written by who copies the line. */
  pair: number;
  /** How many bytes there are. */
  length: number;
  /** The bytes, and zeros after them up to a multiple of eight. */
  bytes: Uint8Array;
  /** The same, eight bytes in each. */
  words: Float64Array;
}

/** The line whose number is followed by these bytes. */
export function repeatedLine(rest: Uint8Array): RepeatedLine {
  const words = new Float64Array();
  return { rest, hundreds: 0, pair: 0, length: 0, bytes: new Uint8Array(words.buffer), words };
}

/** Changes the number, but for its last two digits. */
export function renumber(line: RepeatedLine, hundreds: number): void {
  const pair = integerAt(HEAD, START.length, hundreds);
  if (pair !== line.pair) lengthen(line, pair);
  for (let at = 0; at < pair; at++) line.bytes[at] = HEAD[at] ?? 0;
  line.hundreds = hundreds;
}

/** Makes room for a number with another count of digits. */
function lengthen(line: RepeatedLine, pair: number): void {
  line.pair = pair;
  line.length = pair + 2 + line.rest.length;
  line.words = new Float64Array(Math.ceil(line.length / 8));
  line.bytes = new Uint8Array(line.words.buffer);
  line.bytes.set(line.rest, pair + 2);
}

const START = new TextEncoder().encode('{"seq":');

/** Where beginnings of lines are written before they are copied. */
const HEAD = new Uint8Array(START.length + INTEGER_LENGTH_MAX);
HEAD.set(START);
