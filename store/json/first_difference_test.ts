import { assert, assertStrictEquals } from "../../std/assert.ts";
import { firstDifference, renderDifference } from "./first_difference.ts";

Deno.test("firstDifference() names the first member that differs, for any order of members", () => {
  const cases: readonly (readonly [left: unknown, right: unknown, field: string | undefined])[] = [
    [{ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, undefined],
    [{ a: 1, b: [1, { c: 2 }] }, { a: 1, b: [1, { c: 3 }] }, "b[1].c"],
    [[1, 2], [1, 2, 3], "[2]"],
    [{ a: 1 }, { a: 1, z: 0 }, "z"],
    [{}, [], ""],
    [null, undefined, ""],
    [{ Float: 0 }, { Float: -0 }, "Float"],
    [{ Int: 2n ** 60n }, { Int: 2n ** 60n }, undefined],
    [{ value: { String: "A" } }, { value: { Char: "A" } }, "value"],
  ];
  for (const [left, right, field] of cases) {
    assertStrictEquals(firstDifference(left, right)?.field, field, field);
  }
  assertStrictEquals(firstDifference(1, 2, "returned")?.field, "returned");
});

Deno.test("renderDifference() spells values in the notation of the language", () => {
  const difference = firstDifference({ returned: { Int: 2n ** 60n } }, {});
  assert(difference !== undefined);
  assertStrictEquals(
    renderDifference(difference),
    "returned: expected 1152921504606846976, got nothing",
  );
});
