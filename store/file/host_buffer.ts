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
