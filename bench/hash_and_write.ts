/**
 * What a log costs at least: reads a file, hashes it and writes the same bytes to a new one, in pieces as the log's writer does.
 *
 * `deno run -A bench/hash_and_write.ts FROM TO`
 *
 * @module
 */
import { createHash } from "node:crypto";

const PIECE_BYTES = 256 * 1024;

const [from = "", to = ""] = Deno.args;
const source = Deno.openSync(from);
const target = Deno.openSync(to, { write: true, createNew: true });
const hash = createHash("sha256");
const piece = new Uint8Array(PIECE_BYTES);
for (let count = source.readSync(piece); count !== null; count = source.readSync(piece)) {
  hash.update(piece.subarray(0, count));
  target.writeSync(piece.subarray(0, count));
}
console.log(hash.digest("hex"));
