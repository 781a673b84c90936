/**
 * Finds bytes within bytes. The host does it natively; short ones are searched here, as loading the host's buffers takes longer than
 * the search (and than the rest of `dustrun verify`).
 *
 * @module
 */
import { hostBuffer } from "./host_buffer.ts";

const SHORT_BYTES_MAX = 64 * 1024;

/** Where `pattern` occurs first in `bytes`, at `from` or later; -1 if nowhere. The pattern is not empty. */
export function findBytes(bytes: Uint8Array, pattern: Uint8Array, from: number): number {
  if (bytes.length > SHORT_BYTES_MAX) return hostBuffer(bytes).indexOf(pattern, from);
  const [first = 0] = pattern;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (pattern.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
