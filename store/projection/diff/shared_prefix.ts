/**
 * The common prefix of two logs.
 *
 * @module
 */
import { decodeText } from "../../file/decode_text.ts";
import type { Buffer } from "node:buffer";
import { commonLength, hostBuffer } from "../../file/host_buffer.ts";
import { type Readable, readRange } from "../../file/byte_file.ts";
import { sharedCheckpointEnd } from "./shared_checkpoint.ts";

/** The common prefix of two logs. */
export interface SharedPrefix {
  /** Length in bytes; a line begins there in both logs. */
  readonly offset: number;
  /** Whether both logs are equal as a whole. */
  readonly isWhole: boolean;
}

/** Logs up to this size are compared byte by byte: that takes a few hundredths of a second. */
const READ_BYTES_MAX = 32 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/** The common prefix of two logs: by their bytes if they are small or `full` is set, else by their checkpoints. */
export function sharedPrefix(
  left: Readable,
  right: Readable,
  { full }: { readonly full: boolean },
): SharedPrefix {
  const sizes = { left: left.size(), right: right.size() };
  const isRead = full || Math.max(sizes.left, sizes.right) <= READ_BYTES_MAX;
  const offset = equalBytes(left, right, isRead ? 0 : sharedCheckpointEnd(left, right));
  const isWhole = offset === sizes.left && offset === sizes.right;
  return { offset: isWhole ? offset : lineStart(left, offset), isWhole };
}

/** The offset of the first byte that differs, or the length of the shorter log. */
function equalBytes(left: Readable, right: Readable, from: number): number {
  for (let at = from;;) {
    const a = chunkAt(left, at);
    const b = chunkAt(right, at);
    const length = Math.min(a.length, b.length);
    const common = commonLength(a.subarray(0, length), b.subarray(0, length));
    at += common;
    if (common < CHUNK_BYTES) return at;
  }
}

function chunkAt(source: Readable, at: number): Buffer {
  return hostBuffer(readRange(source, { at, end: at + CHUNK_BYTES }));
}

/** The offset of the line that contains the byte at `offset`. */
function lineStart(source: Readable, offset: number): number {
  for (let length = 4_096;; length *= 8) {
    const at = Math.max(0, offset - length);
    const bytes = readRange(source, { at, end: offset });
    const newline = bytes.lastIndexOf(0x0a);
    if (newline >= 0) return at + newline + 1;
    if (at === 0) return 0;
  }
}

/** Up to `count` lines before the line at `offset`, oldest first. */
export function linesBefore(source: Readable, offset: number, count: number): string[] {
  if (count === 0 || offset === 0) return [];
  for (let length = 4_096;; length *= 8) {
    const at = Math.max(0, offset - length);
    const text = decodeText(readRange(source, { at, end: offset - 1 }));
    const lines = text.split("\n");
    // The first line is whole only at the beginning of the file.
    const whole = at === 0 ? lines : lines.slice(1);
    if (whole.length >= count || at === 0) return whole.slice(-count);
  }
}
