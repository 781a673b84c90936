import {
  assert,
  assertEquals,
  assertNotStrictEquals,
  assertStrictEquals,
} from "../../std/assert.ts";
import { cyclesOf } from "./strong_components.ts";

Deno.test("cyclesOf() numbers the cycles, and omits nodes outside of cycles", () => {
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
    assertEquals(cyclesOf(edges).map((cycle) => cycle >= 0), inCycle, JSON.stringify(edges));
  }
  const [first, second, , third, fourth] = cyclesOf([[1], [0], [], [4], [3]]);
  assertStrictEquals(first, second);
  assertStrictEquals(third, fourth);
  assertNotStrictEquals(first, third);
});

Deno.test("cyclesOf() needs no stack for a long chain, nor for a long cycle", () => {
  const count = 200_000;
  const chain = Array.from({ length: count }, (_, n) => n + 1 < count ? [n + 1] : []);
  assert(cyclesOf(chain).every((cycle) => cycle === -1));
  const circle = chain.map((edges, n) => edges.length > 0 ? edges : [n + 1 - count]);
  assert(cyclesOf(circle).every((cycle) => cycle === 0));
});
