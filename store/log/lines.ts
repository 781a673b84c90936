/**
 * Splits a file into lines, with bounded memory.
 *
 * @module
 */
import { hostBuffer } from "../file/host_buffer.ts";
import type { Readable } from "../file/byte_file.ts";

/** One line, ended by LF. */
export interface LogLine {
  /** The line without its LF; `undefined` if its bytes are not UTF-8 or too many for one string. */
  readonly text: string | undefined;
  /** Byte offset in the file. */
  readonly offset: number;
  /** Its bytes, LF included. Valid until the next line is requested. */
  readonly bytes: Uint8Array;
}

/** The bytes after the last LF: none, or the beginning of a line that was never finished. */
export interface LogTail {
  /** Byte offset after the last LF. */
  readonly offset: number;
  /** Number of bytes. */
  readonly length: number;
}

const LF = 0x0a;
/** Bytes per read. */
const CHUNK_BYTES = 1024 * 1024;
/** Maximum length of an event's line: it is one string of less than 2^29 code units, of at most three bytes each. */
export const LINE_BYTES_MAX = 3 * 2 ** 29;

/**
 * The lines from byte offset `from`, which must be the beginning of one; returns the tail. Each line is decoded separately, so that
 * a kept substring of one line does not retain its neighbours in memory.
 */
export function* readLines(source: Readable, from = 0): Generator<LogLine, LogTail> {
  let buffer = new Uint8Array(Math.max(1, Math.min(CHUNK_BYTES, source.size() - from)));
  let filled = 0;
  let offset = from; // file offset of the buffer's first byte
  for (;;) {
    if (filled === buffer.length) {
      if (filled >= LINE_BYTES_MAX) return { offset, length: source.size() - offset };
      const grown = new Uint8Array(Math.min(2 * filled, LINE_BYTES_MAX));
      grown.set(buffer);
      buffer = grown;
    }
    const count = source.read(buffer.subarray(filled), offset + filled);
    if (count === 0) return { offset, length: filled };
    const end = buffer.subarray(0, filled + count).lastIndexOf(LF) + 1;
    filled += count;
    if (end === 0) continue;
    yield* linesIn(buffer.subarray(0, end), offset);
    buffer.copyWithin(0, end, filled);
    filled -= end;
    offset += end;
  }
}

/** The lines of bytes that end with one; `offset` is that of the first byte. */
export function* linesIn(chunk: Uint8Array, offset: number): Generator<LogLine, void> {
  const text = textsIn(chunk);
  for (let at = 0; at < chunk.length;) {
    const end = chunk.indexOf(LF, at);
    yield {
      text: text(at, end),
      offset: offset + at,
      bytes: chunk.subarray(at, end + 1),
    };
    at = end + 1;
  }
}

const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
const STRICT_DECODER = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** Bytes of which a part of many lines is decoded: for fewer, the host's buffers need not be loaded. */
const MANY_BYTES = 16 * 1024;

/** The {@link textOf} parts of bytes, from one offset to another; many of them in a third of the time. */
export function textsIn(bytes: Uint8Array): (at: number, end: number) => string | undefined {
  if (bytes.length < MANY_BYTES) return (at, end) => textOf(bytes.subarray(at, end));
  const buffer = hostBuffer(bytes);
  return (at, end) => {
    if (end - at > MANY_BYTES) return textOf(bytes.subarray(at, end));
    const text = buffer.toString("utf8", at, end);
    return text.includes("\ufffd") ? textOf(bytes.subarray(at, end)) : text;
  };
}

/**
 * The text of bytes; `undefined` if they are not UTF-8 or too many. Decoding strictly takes three times as long; only a text with a
 * replacement character needs it.
 */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = DECODER.decode(bytes);
    return text.includes("\ufffd") ? STRICT_DECODER.decode(bytes) : text;
  } catch {
    return undefined; // not UTF-8, or the host has no string of that length
  }
}
