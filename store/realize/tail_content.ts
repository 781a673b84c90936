/**
 * What the end of a file shows about a write that may or may not have happened. Other programs may have appended lines since.
 *
 * @module
 */
import { decodeText } from "../file/decode_text.ts";

/** What was found after the position where a write was to begin. */
export type TailContent =
  /** Nothing of what was to be written. */
  | { readonly kind: "none" }
  /** Exactly what was to be written. */
  | { readonly kind: "whole" }
  /** Its first `length` bytes at the very end of the file, and nothing of it elsewhere. */
  | { readonly kind: "beginning"; readonly length: number }
  /** Something that could be a part of it, among other content. */
  | { readonly kind: "unclear" };

/**
 * Judges the bytes after a position. `expected`, whole lines, is what was to be written there in one piece. Lines that are equal to a
 * line of it may be it or may be another program's, so they make the answer unclear.
 */
export function judgeTail(tail: Uint8Array, expected: Uint8Array): TailContent {
  const common = commonLength(tail, expected);
  if (common === tail.length) {
    if (common === expected.length) return { kind: "whole" };
    return common === 0 ? { kind: "none" } : { kind: "beginning", length: common };
  }
  const length = fragmentLength(tail, expected);
  if (mayHoldLine(tail.subarray(0, tail.length - length), expected)) return { kind: "unclear" };
  return length === 0 ? { kind: "none" } : { kind: "beginning", length };
}

/**
 * The same where what was to be written need not be whole lines: nothing shows then where it ends, so content of another program makes the
 * answer unclear.
 */
export function judgeRawTail(tail: Uint8Array, expected: Uint8Array): TailContent {
  if (expected.length === 0) return { kind: "whole" };
  const length = commonLength(tail, expected);
  if (length < tail.length) return { kind: "unclear" };
  if (length === expected.length) return { kind: "whole" };
  return length === 0 ? { kind: "none" } : { kind: "beginning", length };
}

const LF = 0x0a;

function commonLength(a: Uint8Array, b: Uint8Array): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}

/** Length of an unfinished last line that is the beginning of the first expected line. */
function fragmentLength(tail: Uint8Array, expected: Uint8Array): number {
  const fragment = tail.subarray(tail.lastIndexOf(LF) + 1);
  const isBeginning = commonLength(fragment, expected) === fragment.length;
  return isBeginning ? fragment.length : 0;
}

/** Whether a line may have been written by the one that expects it: it is equal, or begins with what was torn off the first one. */
function mayHoldLine(tail: Uint8Array, expected: Uint8Array): boolean {
  const lines = linesOf(expected);
  const known = new Set(lines);
  const [first = ""] = lines;
  return linesOf(tail).some((line) => known.has(line) || line.startsWith(first));
}

/** Lines without their ends. Bytes that are not UTF-8 may make two lines equal, which only makes an answer unclear. */
function linesOf(bytes: Uint8Array): string[] {
  const text = decodeText(bytes);
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
