/**
 * What a log costs at least, as a separate process.
 *
 * `deno run -A bench/long_logs.ts hash-and-write FROM TO`
 *
 * @module
 */
import { createHash } from "node:crypto";

const PIECE_BYTES = 256 * 1024;

/** Reads a file, hashes it, and writes the same bytes to a new one, in pieces as the log's writer does. */
export function hashAndWrite(from: string, to: string): void {
  const source = Deno.openSync(from);
  const target = Deno.openSync(to, { write: true, createNew: true });
  const hash = createHash("sha256");
  const piece = new Uint8Array(PIECE_BYTES);
  for (let count = source.readSync(piece); count !== null; count = source.readSync(piece)) {
    hash.update(piece.subarray(0, count));
    target.writeSync(piece.subarray(0, count));
  }
  console.log(hash.digest("hex"));
}
