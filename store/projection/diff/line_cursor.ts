/**
 * A log as lines of bytes, which are not decoded: two logs are compared at the speed of their bytes wherever they are equal.
 *
 * @module
 */
import { commonLength, hostBuffer } from "../../file/host_buffer.ts";
import type { Readable } from "../../file/byte_file.ts";
import { LINE_BYTES_MAX, textOf } from "../../log/lines.ts";

const LF = 0x0a;
const QUOTE = 0x22;
const CHUNK_BYTES = 128 * 1024;
/** So few bytes are compared here as fast as by the host. */
const SHORT_BYTES_MAX = 512;

/** A place in a log: the beginning of a line. */
export class LineCursor {
  readonly #source: Readable;
  #offset: number;
  #bytes = new Uint8Array(CHUNK_BYTES);
  #end = 0;
  #at = 0;
  #lineEnd = -1;

  /** Begins at a byte offset, which must be the beginning of a line. */
  constructor(source: Readable, offset: number) {
    this.#source = source;
    this.#offset = offset;
  }

  /** The buffer; the line begins at {@link at} and its LF is at {@link lineEnd}. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Index of the first byte of the line. */
  get at(): number {
    return this.#at;
  }

  /** Index of the line's LF; known after {@link hasLine}. */
  get lineEnd(): number {
    return this.#lineEnd;
  }

  /** Number of bytes from the beginning of the line that are in the buffer. */
  get available(): number {
    return this.#end - this.#at;
  }

  /** Byte offset of the line in the file. */
  get offset(): number {
    return this.#offset + this.#at;
  }

  /** Whether a whole line is here; it is in the buffer then. */
  hasLine(): boolean {
    if (this.#lineEnd >= 0) return true;
    for (let from = this.#at;;) {
      const found = this.#bytes.indexOf(LF, from);
      if (found >= 0 && found < this.#end) {
        this.#lineEnd = found;
        return true;
      }
      const searched = this.#end - this.#at;
      if (!this.load()) return false;
      from = this.#at + searched;
    }
  }

  /** The line with its LF. Valid until the cursor moves. */
  line(): Uint8Array {
    return this.#bytes.subarray(this.#at, this.#lineEnd + 1);
  }

  /** The text of the line without its LF; `undefined` if its bytes are not UTF-8. */
  text(): string | undefined {
    return textOf(this.#bytes.subarray(this.#at, this.#lineEnd));
  }

  /** The kind of the event; `""` if the line does not begin like one. */
  kind(): string {
    const bytes = this.#bytes;
    let at = this.#at + SEQ.length;
    while (isDigit(bytes[at])) at++;
    if (!startsAt(bytes, at, KIND)) return "";
    at += KIND.length;
    if (startsAt(bytes, at, STMT)) return "stmt";
    let kind = "";
    for (; bytes[at] !== QUOTE && at < this.#lineEnd; at++) {
      kind += String.fromCharCode(bytes[at] ?? 0);
    }
    return kind;
  }

  /** Moves to the next line. */
  next(): void {
    this.moveTo(this.#lineEnd + 1);
  }

  /** Moves to a line that begins at an index of the buffer. */
  moveTo(at: number): void {
    this.#at = at;
    this.#lineEnd = -1;
  }

  /** Reads more after what is in the buffer; `false` at the end of the file. */
  load(): boolean {
    this.#bytes.copyWithin(0, this.#at, this.#end);
    this.#offset += this.#at;
    this.#end -= this.#at;
    if (this.#lineEnd >= 0) this.#lineEnd -= this.#at;
    this.#at = 0;
    if (this.#end === this.#bytes.length) {
      if (this.#end >= LINE_BYTES_MAX) return false;
      const grown = new Uint8Array(2 * this.#end);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    const count = this.#source.read(this.#bytes.subarray(this.#end), this.#offset + this.#end);
    this.#end += count;
    return count > 0;
  }
}

const ENCODER = new TextEncoder();
/** What every line begins with. */
export const SEQ: Uint8Array = ENCODER.encode('{"seq":');
const KIND = ENCODER.encode(',"kind":"');
const STMT = ENCODER.encode('stmt"');

/** Whether `bytes` have `part` at an index. */
export function startsAt(bytes: Uint8Array, at: number, part: Uint8Array): boolean {
  for (let index = 0; index < part.length; index++) {
    if (bytes[at + index] !== part[index]) return false;
  }
  return true;
}

/** Whether a byte is a decimal digit. */
export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** Moves both cursors over all whole lines with equal bytes, up to the first that differ. */
export function skipEqualBytes(a: LineCursor, b: LineCursor): void {
  for (;;) {
    const length = Math.min(a.available, b.available);
    const equal = equalBytes(a, b, length);
    if (equal < Math.min(length, PROBE_BYTES)) return;
    const x = a.bytes.subarray(a.at, a.at + equal);
    const whole = x.lastIndexOf(LF) + 1;
    if (whole > 0) {
      a.moveTo(a.at + whole);
      b.moveTo(b.at + whole);
    }
    if (equal < length) return;
    // One of the buffers is used up to its end, except for the beginning of a line.
    const rest = length - whole;
    if (a.available === rest && !a.load()) return;
    if (b.available === rest && !b.load()) return;
  }
}

/** How many of the next `length` bytes are equal. */
function equalBytes(a: LineCursor, b: LineCursor, length: number): number {
  const probe = mismatch(a, b, { from: 0, to: Math.min(length, PROBE_BYTES) });
  if (probe < PROBE_BYTES || length === PROBE_BYTES) return probe;
  if (length <= SHORT_BYTES_MAX) return mismatch(a, b, { from: probe, to: length });
  return commonLength(
    hostBuffer(a.bytes.subarray(a.at, a.at + length)),
    hostBuffer(b.bytes.subarray(b.at, b.at + length)),
  );
}

/** Lines with different numbers differ in their first bytes. */
const PROBE_BYTES = 24;

/** The first of the bytes that differ; `to` if none do. */
function mismatch(
  a: LineCursor,
  b: LineCursor,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const [x, y, i, j] = [a.bytes, b.bytes, a.at, b.at];
  let at = from;
  while (at < to && x[i + at] === y[j + at]) at++;
  return at;
}
