/**
 * `explore` and its reduction: compared with every schedule by brute force over the reference model, and with the counts of literature.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { exploreSchedules, load } from "../../../mod.ts";
import { Random } from "../../../campaign/random.ts";
import { proc, program } from "../../support/program.ts";
import { sized, testSeed } from "../../support/size.ts";
import { EXPLORE_BUGS } from "./explore_bugs.ts";
import { classicDifferences, type Explore, firstDifference } from "./explore_difference.ts";
import { plantInExplorer } from "./plant_explorer.ts";

Deno.test("explore finds the known counts and outcomes of the classic examples", () => {
  assertEquals(classicDifferences(exploreSchedules), []);
});

// covers: CCY-11
Deno.test("explore finds the classes and outcomes that brute force finds", () => {
  const random = new Random(testSeed("explore", 20261130));
  const { difference } = firstDifference(exploreSchedules, {
    random,
    count: sized({ quick: 20, ci: 200 }),
    statements: sized({ quick: 3, ci: 4 }),
  });
  assertEquals(difference, undefined);
});

Deno.test("threads that allocate in turn are one class, unless the memory is not enough for both", () => {
  const work = ["let m = alloc(8)", "call free(m)"];
  const text = program(
    proc("K::main()", "let t = spawn(work)", ...work, "call join(t)"),
    proc("K::work()", ...work),
  );
  const loaded = load([{ name: "memory.dir.json", text }]);
  assert(loaded.ok);
  const endsWith = (max_memory: number) => {
    const { schedules, ends } = exploreSchedules(loaded.value, {
      input: { limits: { max_memory } },
    });
    return { schedules, codes: ends.map(({ outcome }) => outcome.error?.code ?? "").sort() };
  };
  assertEquals(endsWith(16), { schedules: 1, codes: [""] });
  const { schedules, codes } = endsWith(8);
  assert(schedules > 2);
  assertEquals([...new Set(codes)], ["", "DR1104"]);
});

Deno.test("a bound that is reached is said, and the schedules found until then are counted", () => {
  const emits = ["emit 1", "emit 2", "emit 3"];
  const text = program(
    proc("K::main()", "let t = spawn(work)", ...emits),
    proc("K::work()", ...emits),
  );
  const loaded = load([{ name: "emits.dir.json", text }]);
  assert(loaded.ok);
  const all = exploreSchedules(loaded.value);
  assertEquals([all.schedules, all.cut, all.isComplete], [20, 0, true]);
  const some = exploreSchedules(loaded.value, { maxSchedules: 7 });
  assertEquals([some.schedules, some.cut, some.isComplete], [7, 0, false]);
  const stopped = exploreSchedules(loaded.value, { goesOn: (done) => done < 3 });
  assertEquals([stopped.schedules, stopped.isComplete], [3, false]);
  const cut = exploreSchedules(loaded.value, { input: { limits: { max_ticks: 5 } } });
  assertEquals([cut.schedules, cut.ends.length, cut.isComplete], [0, 0, true]);
  assert(cut.cut > 1);
});

Deno.test("seeds are a sample of the schedules, and each of its ends is that of the run with its seed", () => {
  const text = program(
    proc("K::main()", "let t = spawn(work)", "emit 1"),
    proc("K::work()", "emit 2"),
  );
  const loaded = load([{ name: "emits.dir.json", text }]);
  assert(loaded.ok);
  const { schedules, isComplete, ends } = exploreSchedules(loaded.value, { seeds: 40 });
  assert(schedules >= 2 && schedules <= 40);
  assertStrictEquals(isComplete, false);
  assertEquals(ends.map(({ chosenBy }) => "seed" in chosenBy), [true, true]);
});

const everyNth = sized({ quick: 8, ci: 1 });
for (const bug of EXPLORE_BUGS.filter((_, index) => index % everyNth === 0)) {
  Deno.test(`brute force finds a planted bug of explore: ${bug.name}`, async () => {
    const { exploreSchedules: planted }: { readonly exploreSchedules: Explore } = await import(
      plantInExplorer(bug)
    );
    const isFound = classicDifferences(planted).length > 0 || firstDifference(planted, {
          random: new Random(7),
          count: 60,
          statements: 3,
        }).difference !== undefined;
    assert(isFound, bug.name);
  });
}
