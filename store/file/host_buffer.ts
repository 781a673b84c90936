/**
 * The host's buffers, which search and compare bytes natively. They are loaded when first used: most commands use none.
 *
 * @module
 */
import type { Buffer } from "node:buffer";

/** The same bytes as a buffer of the host; nothing is copied. */
export function hostBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  const host = globalThis.process.getBuiltinModule("node:buffer");
  return host.Buffer.from(buffer, byteOffset, byteLength);
}

/** So few bytes are compared one by one as fast as by the host. */
const FEW_BYTES = 24;

/** How many bytes two buffers of one length have in common, from the first on. */
export function commonLength(a: Buffer, b: Buffer): number {
  if (a.equals(b)) return a.length;
  let [low, high] = [0, a.length];
  while (high - low > FEW_BYTES) {
    const middle = (low + high) >> 1;
    if (a.subarray(low, middle).equals(b.subarray(low, middle))) low = middle;
    else high = middle;
  }
  while (a[low] === b[low]) low++; // one of them differs
  return low;
}
