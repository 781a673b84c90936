import assert from "node:assert/strict";
import { NameTable } from "./name_table.ts";

/** Asks for every name twice, in two orders, and compares with what a Map says. */
function assertNumbers(names: readonly string[]): void {
  const table = new NameTable();
  const expected = new Map<string, number>();
  for (const name of names) {
    if (!expected.has(name)) expected.set(name, expected.size);
    assert.equal(table.numberOf(name), expected.get(name), name);
  }
  for (const name of names.toReversed()) {
    assert.equal(table.numberOf(name), expected.get(name), name);
  }
}

Deno.test("NameTable numbers names in the order of their first mention", () => {
  assertNumbers(["b", "a", "b", "", "Φ", "a", "aa"]);
  assertNumbers(Array.from({ length: 5_000 }, (_, index) => `value_${(index * 7) % 4_000}`));
});

Deno.test("NameTable keeps its answers when every name has the same hash", () => {
  // "Aa" and "BB" collide under a hash that multiplies by 31, and so does every sequence of the two.
  const names = Array.from(
    { length: 4_096 },
    (_, bits) =>
      Array.from({ length: 12 }, (_, bit) => (bits >> bit) % 2 === 0 ? "Aa" : "BB").join(""),
  );
  assertNumbers(names.flatMap((name, index) => [name, `other_${index}`]));
});
