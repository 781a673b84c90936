import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { createHash } from "node:crypto";
import { sha256 } from "./sha256.ts";
import { PIECE_LENGTH, textPieces } from "./text_pieces.ts";

Deno.test("textPieces() leaves nothing out, and cuts no character in two", () => {
  for (const before of [0, 1, PIECE_LENGTH - 2, PIECE_LENGTH - 1, PIECE_LENGTH, 2 * PIECE_LENGTH]) {
    const text = `${"a".repeat(before)}😀${"Φ".repeat(PIECE_LENGTH)}`;
    const pieces = [...textPieces(text)];
    assert(pieces.join("") === text);
    for (const piece of pieces) {
      assert(piece.isWellFormed() && piece.length > 0 && piece.length <= PIECE_LENGTH + 1);
    }
  }
  assertEquals([...textPieces("")], []);
});

Deno.test("sha256() digests the UTF-8 bytes of a text of any length", () => {
  for (const text of ["", "Φ", "😀", `${"x".repeat(PIECE_LENGTH - 1)}😀Φ`, "ab😀".repeat(50_000)]) {
    const bytes = new TextEncoder().encode(text);
    assertStrictEquals(sha256(text), createHash("sha256").update(bytes).digest("hex"));
  }
});
