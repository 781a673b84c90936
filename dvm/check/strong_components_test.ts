import assert from "node:assert/strict";
import { cyclesOf } from "./strong_components.ts";

Deno.test("cyclesOf() numbers the cycles, and leaves out what is in none", () => {
  const table: readonly (readonly [readonly (readonly number[])[], readonly boolean[]])[] = [
    [[], []],
    [[[]], [false]],
    [[[0]], [true]],
    [[[1], [2], []], [false, false, false]],
    [[[1], [0], [0]], [true, true, false]],
    [[[1], [2], [0], [4], [3, 0]], [true, true, true, true, true]],
    [[[1, 1], [1]], [false, true]],
  ];
  for (const [edges, inCycle] of table) {
    assert.deepEqual(cyclesOf(edges).map((cycle) => cycle >= 0), inCycle, JSON.stringify(edges));
  }
  const [first, second, , third, fourth] = cyclesOf([[1], [0], [], [4], [3]]);
  assert.equal(first, second);
  assert.equal(third, fourth);
  assert.notEqual(first, third);
});

Deno.test("cyclesOf() needs no stack for a long chain, nor for a long circle", () => {
  const count = 200_000;
  const chain = Array.from({ length: count }, (_, n) => n + 1 < count ? [n + 1] : []);
  assert.ok(cyclesOf(chain).every((cycle) => cycle === -1));
  const circle = chain.map((edges, n) => edges.length > 0 ? edges : [n + 1 - count]);
  assert.ok(cyclesOf(circle).every((cycle) => cycle === 0));
});
