/**
 * SHA-256, from the host. The machine is pure and has it handed in; the log's integrity rests on it.
 *
 * @module
 */
import { createHash, type Hash } from "node:crypto";
import { PIECE_LENGTH, textPieces } from "./text_pieces.ts";

/** Lower-case hex SHA-256 of a text's UTF-8 bytes. */
export function sha256(text: string): string {
  if (text.length <= PIECE_LENGTH) return createHash("sha256").update(text, "utf8").digest("hex");
  const hash = createHash("sha256");
  for (const piece of textPieces(text)) hash.update(piece, "utf8");
  return hash.digest("hex");
}

/** A hash in progress: `update` bytes, `copy` to look at what it comes to so far. */
export function startSha256(): Hash {
  return createHash("sha256");
}
