import { VALUE_PARTS_MAX } from "../base/limits.ts";
import { assertStrictEquals } from "../../std/assert.ts";
import { hasTooManyParts } from "./parts.ts";
import { intValue, type Value } from "./value.ts";

const array = (item: Value, length: number): Value => ({
  kind: "Array",
  items: Array<Value>(length).fill(item),
});

// covers: FAI-11
Deno.test("hasTooManyParts() counts a shared part as often as it occurs", () => {
  const most = array(intValue(1), VALUE_PARTS_MAX - 1);
  assertStrictEquals(hasTooManyParts(most), false);
  assertStrictEquals(hasTooManyParts(array(intValue(1), VALUE_PARTS_MAX)), true);
  const shared = array(array(intValue(1), 999), 1_000); // 1 + 1,000 times 1,000
  assertStrictEquals(hasTooManyParts(shared), true);
  assertStrictEquals(hasTooManyParts(array(array(intValue(1), 999), 999)), false);
  const fields = new Map([["a", shared]]);
  assertStrictEquals(hasTooManyParts({ kind: "Struct", ty: "S", fields }), true);
});
