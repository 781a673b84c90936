/**
 * Splits a file into lines, with bounded memory.
 *
 * @module
 */
import { Buffer, isUtf8 } from "node:buffer";
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
  readonly offset: number;
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
  let buffer = Buffer.allocUnsafe(Math.max(1, Math.min(CHUNK_BYTES, source.size() - from)));
  let filled = 0;
  let offset = from; // file offset of the buffer's first byte
  for (;;) {
    if (filled === buffer.length) {
      if (filled >= LINE_BYTES_MAX) return { offset, length: source.size() - offset };
      const grown = Buffer.allocUnsafe(Math.min(2 * filled, LINE_BYTES_MAX));
      grown.set(buffer);
      buffer = grown;
    }
    const count = source.read(buffer.subarray(filled), offset + filled);
    if (count === 0) return { offset, length: filled };
    const end = buffer.subarray(0, filled + count).lastIndexOf(LF) + 1;
    filled += count;
    if (end === 0) continue;
    yield* linesOf(buffer.subarray(0, end), offset);
    buffer.copyWithin(0, end, filled);
    filled -= end;
    offset += end;
  }
}

function* linesOf(chunk: Buffer, offset: number): Generator<LogLine, void> {
  const isText = isUtf8(chunk);
  for (let at = 0; at < chunk.length;) {
    const end = chunk.indexOf(LF, at);
    const bytes = chunk.subarray(at, end + 1);
    const text = isText || isUtf8(bytes) ? textOf(chunk.subarray(at, end)) : undefined;
    yield { text, offset: offset + at, bytes };
    at = end + 1;
  }
}

/** Fewer bytes than this always fit into one string. */
const STRING_BYTES_MIN = 2 ** 28;

function textOf(bytes: Buffer): string | undefined {
  if (bytes.length < STRING_BYTES_MIN) return bytes.toString("utf8");
  try {
    return bytes.toString("utf8");
  } catch {
    return undefined; // the string would be too long for the runtime
  }
}
