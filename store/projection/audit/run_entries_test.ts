import { assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { effectKey } from "../../realize/effect_key.ts";
import { RunEntries } from "./run_entries.ts";

function add(entries: RunEntries, entry: number, effect: number): void {
  const key = effectKey("run", effect);
  const rest = { payload: `${entry}`, digest: "", before: "" };
  entries.add({ entry, run: "run", effect, kind: "seal", key, ...rest });
}

Deno.test("RunEntries finds the first entry of each effect, in whatever order they come", () => {
  const random = new Random(16);
  for (let round = 0; round < 300; round++) {
    const entries = new RunEntries("run");
    const firsts = new Map<number, number>();
    const start = random.below(3) * 1_000;
    for (let entry = 0; entry < 12; entry++) {
      const isNext = random.below(4) > 0;
      const effect = isNext ? start + 2 * entry - random.below(2) : start + random.below(20);
      add(entries, entry, Math.max(0, effect));
      if (!firsts.has(Math.max(0, effect))) firsts.set(Math.max(0, effect), entry);
    }
    assertStrictEquals(entries.size, firsts.size);
    assertEquals([...entries.all()].map(({ effect }) => effect).sort(), [...firsts.keys()].sort());
    for (const effect of [0, Number.MAX_SAFE_INTEGER, ...Array(60).keys()]) {
      assertStrictEquals(entries.find(effect)?.entry, firsts.get(effect));
      assertStrictEquals(entries.find(start + effect)?.entry, firsts.get(start + effect));
    }
  }
});

Deno.test("RunEntries says what is doubled, out of order, or has another key", () => {
  const entries = new RunEntries("run");
  for (const [entry, effect] of [3, 4, 4, 0].entries()) add(entries, entry, effect);
  const rest = { kind: "seal", payload: "", digest: "", before: "" };
  entries.add({ entry: 4, run: "run", effect: 9, key: effectKey("run", 8), ...rest });
  assertEquals(entries.faults, [
    "entry 2 is effect 4 again, which is entry 1",
    "entry 3 is effect 0, after effect 4",
    "entry 4 has not the key of effect 9",
  ]);
});
