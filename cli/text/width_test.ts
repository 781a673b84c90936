import { assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { tableLines } from "./table.ts";
import { cut, displayWidth, fold, wrap } from "./width.ts";

Deno.test("displayWidth() is that of terminals", () => {
  const cases: readonly (readonly [string, number])[] = [
    ["", 0],
    ["abc", 3],
    ["✅", 2],
    ["⚡", 2],
    ["🟢", 2],
    ["🚀 go", 5],
    ["中文", 4],
    ["한글", 4],
    ["ｱ", 1], // halfwidth
    ["Ａ", 2], // fullwidth
    ["Φ", 1], // ambiguous, as most letters of Greek
    ["①", 1], // ambiguous
    ["e\u0301", 1], // a combining mark takes no column
    ["☀", 1], // an emoji only with a selector, which most terminals ignore
  ];
  for (const [text, width] of cases) assertStrictEquals(displayWidth(text), width, text);
});

Deno.test("tableLines(), wrap() and cut() count columns, not characters", () => {
  assertEquals(tableLines([["✅", "a"], ["ok", "b"], ["x", "c"]]), ["✅  a", "ok  b", "x   c"]);
  assertEquals(wrap("🟢🟢 ab", 6), ["🟢🟢", "ab"]);
  assertStrictEquals(displayWidth(cut("⚡".repeat(20), { start: 0, end: 0 }, 11).text) <= 11, true);
});

Deno.test("tableLines() takes any number of rows", () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => [String(index), "x"]);
  assertStrictEquals(tableLines(rows).length, 200_000);
});

Deno.test("fold() keeps the indentation, and no line but a long word is wider than asked", () => {
  assertEquals(fold("  help: a b", 40), ["  help: a b"]);
  assertEquals(fold("  help: run it again, with more", 16), [
    "  help: run it",
    "    again, with",
    "    more",
  ]);
});
