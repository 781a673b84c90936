import { assertStrictEquals } from "../../std/assert.ts";
import { hashStep, NameTable } from "./name_table.ts";

/** Looks every name up twice, in two orders, and compares with a Map. */
function assertNumbers(names: readonly string[]): void {
  const table = new NameTable();
  const expected = new Map<string, number>();
  for (const name of names) {
    if (!expected.has(name)) expected.set(name, expected.size);
    assertStrictEquals(table.numberOf(name), expected.get(name), name);
  }
  for (const name of names.toReversed()) {
    assertStrictEquals(table.numberOf(name), expected.get(name), name);
  }
}

Deno.test("NameTable numbers names in the order of their first mention", () => {
  assertNumbers(["b", "a", "b", "", "Φ", "a", "aa"]);
  assertNumbers(Array.from({ length: 5_000 }, (_, index) => `value_${(index * 7) % 4_000}`));
});

/** Two texts of the same length and hash, found by search. */
const COLLIDING = ["n08iaveb", "n1f03m4v"] as const;

Deno.test("NameTable finds every name when all have the same hash", () => {
  const [one, other] = COLLIDING;
  assertStrictEquals(hashOf(one), hashOf(other));
  // The hash of a text depends on the hash of its beginning only, so all sequences of the two collide as well.
  const names = Array.from(
    { length: 4_096 },
    (_, bits) =>
      Array.from({ length: 12 }, (_, bit) => (bits >> bit) % 2 === 0 ? one : other).join(""),
  );
  assertNumbers(names.flatMap((name, index) => [name, `other_${index}`]));
});

Deno.test("NameTable finds every name when many share their neighbourhood", () => {
  const digits = Array.from({ length: 20_000 }, (_, index) => `v${index.toString(36)}`);
  const units = Array.from({ length: 300 }, (_, unit) => `x${String.fromCharCode(0x21 + unit)}`);
  assertNumbers([...digits, ...units, ...digits.toReversed()]);
});

function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = hashStep(hash, text.charCodeAt(at));
  return hash;
}

Deno.test("NameTable.release() keeps the names and their numbers", () => {
  const table = new NameTable();
  const names = Array.from({ length: 1_000 }, (_, index) => `name_${index}`);
  for (const name of names) table.numberOf(name);
  table.release();
  assertStrictEquals(table.size, names.length);
  for (const [number, name] of names.entries()) assertStrictEquals(table.nameOf(number), name);
});
