/**
 * Splits a log into its blocks without decoding its lines: each with the line of the checkpoint that ends it.
 *
 * @module
 */
import { decodeText } from "../file/decode_text.ts";
import type { Readable } from "../file/byte_file.ts";
import { BytePattern } from "../file/find_bytes.ts";
import { LINE_BYTES_MAX, type LogTail } from "./lines.ts";
import { CHECKPOINT_EVENTS } from "./log_tally.ts";

/** One block, as bytes. They are valid until the next block is requested. */
export interface LogBlock {
  /** Its lines, without those of checkpoints. */
  readonly bytes: Uint8Array;
  /** Byte offset of its first line. */
  readonly offset: number;
  /** The line of the checkpoint after it, with its LF; `undefined` for the lines after the last one. */
  readonly checkpoint: Uint8Array | undefined;
}

const LF = 0x0a;
const CHUNK_BYTES = 1024 * 1024;
const PATTERN = new BytePattern(',"kind":"checkpoint",');
const HEAD = /^\{"seq":[0-9]+$/;

/** The blocks of a log; returns the bytes after its last LF. A block with more events than one may have is cut. */
export function* readBlocks(source: Readable): Generator<LogBlock, LogTail> {
  let buffer = new Uint8Array(Math.max(1, Math.min(CHUNK_BYTES, source.size())));
  let [filled, used, searched] = [0, 0, 0];
  let offset = 0; // file offset of the buffer's first byte
  for (;;) {
    for (;;) {
      const line = checkpointIn(buffer, { from: searched, end: filled });
      if (line === undefined) break;
      const bytes = buffer.subarray(used, line.start);
      const checkpoint = buffer.subarray(line.start, line.end);
      yield { bytes, offset: offset + used, checkpoint };
      used = searched = line.end;
    }
    // The pattern, or the line that it is in, may not be whole yet.
    searched = Math.max(used, buffer.subarray(0, filled).lastIndexOf(LF) + 1);
    if (isOverfull(buffer.subarray(used, searched))) {
      yield {
        bytes: buffer.subarray(used, searched),
        offset: offset + used,
        checkpoint: undefined,
      };
      used = searched;
    }
    buffer.copyWithin(0, used, filled);
    [offset, filled, searched, used] = [offset + used, filled - used, searched - used, 0];
    if (filled === buffer.length) {
      if (filled - searched >= LINE_BYTES_MAX) return yield* rest();
      const grown = new Uint8Array(2 * buffer.length);
      grown.set(buffer);
      buffer = grown;
    }
    const count = source.read(buffer.subarray(filled), offset + filled);
    if (count === 0) return yield* rest();
    filled += count;
  }

  function* rest(): Generator<LogBlock, LogTail> {
    if (searched > 0) yield { bytes: buffer.subarray(0, searched), offset, checkpoint: undefined };
    return { offset: offset + searched, length: source.size() - offset - searched };
  }
}

/** The first whole line of a checkpoint that begins at `from` or later; a line begins at `from`. */
function checkpointIn(
  buffer: Uint8Array,
  { from, end }: { readonly from: number; readonly end: number },
): { readonly start: number; readonly end: number } | undefined {
  const bytes = buffer.subarray(0, end);
  for (let at = PATTERN.findIn(bytes, from); at >= 0; at = PATTERN.findIn(bytes, at + 1)) {
    const start = Math.max(from, bytes.lastIndexOf(LF, at) + 1);
    const head = bytes.subarray(start, Math.min(at, start + 32));
    if (!HEAD.test(decodeText(head))) continue;
    const newline = bytes.indexOf(LF, at);
    return newline < 0 ? undefined : { start, end: newline + 1 };
  }
  return undefined;
}

/** Whether bytes have more lines than a block. */
function isOverfull(bytes: Uint8Array): boolean {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (++lines > CHECKPOINT_EVENTS) return true;
  }
  return false;
}
