import { assert, assertEquals } from "../../std/assert.ts";
import { PIECE_LENGTH, textPieces } from "./text_pieces.ts";

Deno.test("textPieces() keeps the whole text and splits no surrogate pair", () => {
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
