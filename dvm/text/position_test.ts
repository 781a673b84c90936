import { assertEquals } from "../../std/assert.ts";
import { positionAt, positionInString } from "./position.ts";

Deno.test("positionAt() counts lines and columns from 1, whichever text was asked for before", () => {
  const text = "ab\nc\n\nlast";
  const table: readonly (readonly [number, number, number])[] = [
    [0, 1, 1],
    [1, 1, 2],
    [2, 1, 3],
    [3, 2, 1],
    [5, 3, 1],
    [6, 4, 1],
    [10, 4, 5],
  ];
  for (const [offset, line, column] of table) {
    assertEquals(positionAt("other\ntext", 7), { line: 2, column: 2 });
    assertEquals(positionAt(text, offset), { line, column }, `${offset}`);
  }
  assertEquals(positionAt("", 0), { line: 1, column: 1 });
});

Deno.test("positionInString() counts escapes at their length in the artifact", () => {
  const text = String.raw`{"expr": "a\n\u0041b"}`; // the string is a, LF, A, b
  const columns = [0, 1, 2, 3].map((unit) => positionInString(text, 9, unit).column);
  assertEquals(columns, [11, 12, 14, 20]);
});
