import { assertStrictEquals } from "../../std/assert.ts";
import { hashStep, NameTable } from "./name_table.ts";

/** Asks for every name twice, in two orders, and compares with what a Map says. */
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

Deno.test("NameTable keeps its answers when every name has the same hash", () => {
  const [one, other] = collision();
  // The hash goes on from where it stands, so every sequence of the two collides as well.
  const names = Array.from(
    { length: 4_096 },
    (_, bits) =>
      Array.from({ length: 12 }, (_, bit) => (bits >> bit) % 2 === 0 ? one : other).join(""),
  );
  assertNumbers(names.flatMap((name, index) => [name, `other_${index}`]));
});

Deno.test("NameTable keeps its answers when names stand side by side", () => {
  const digits = Array.from({ length: 20_000 }, (_, index) => `v${index.toString(36)}`);
  const units = Array.from({ length: 300 }, (_, unit) => `x${String.fromCharCode(0x21 + unit)}`);
  assertNumbers([...digits, ...units, ...digits.toReversed()]);
});

/** Two texts of one length with the same hash: among so many, some must meet. */
function collision(): readonly [string, string] {
  const met = new Map<number, string>();
  for (let count = 0;; count++) {
    const scattered = Math.imul(count, 0x9e3779b1) >>> 0; // texts that count up differ too little to collide
    const text = `n${scattered.toString(36).padStart(7, "0")}`;
    let hash = 0;
    for (let at = 0; at < text.length; at++) hash = hashStep(hash, text.charCodeAt(at));
    const earlier = met.get(hash);
    if (earlier !== undefined) return [earlier, text];
    met.set(hash, text);
  }
}
