/**
 * Devices and pipes as destinations.
 *
 * @module
 */
/** A write-only stream: a terminal, a pipe, a device. */
export interface ByteStream {
  /** Writes bytes and returns how many were written, which may be fewer than given. Errors of the host are thrown. */
  writeSync(bytes: Uint8Array): number;
}

/** Opens a device or pipe for writing. A pipe that nobody reads is refused, since opening it would wait for a reader. */
export function openDevice(path: string): ByteStream {
  if (!Deno.statSync(path).isFifo) return Deno.openSync(path, { write: true });
  const fs = globalThis.process.getBuiltinModule("node:fs");
  const { O_WRONLY, O_NONBLOCK = 0 } = fs.constants;
  let probe: number;
  try {
    probe = fs.openSync(path, O_WRONLY | O_NONBLOCK);
  } catch {
    throw new Deno.errors.BrokenPipe("nobody reads the pipe");
  }
  // Open for both, the pipe has a reader until it is open for writing, even if the other one leaves: no opening waits.
  const both = Deno.openSync(path, { read: true, append: true });
  try {
    return Deno.openSync(path, { write: true });
  } finally {
    both.close();
    fs.closeSync(probe); // not before: the reader must not see an end
  }
}
