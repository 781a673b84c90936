/**
 * Threads in the reference model: every schedule of the classic examples and of small programs, by brute force, and the rule that
 * chooses one (CCY-03 to CCY-12; `docs/decisions/0015-threads.md`).
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { generateThreadCase } from "../../../campaign/threads.ts";
import { Random } from "../../../campaign/random.ts";
import { proc, program } from "../../support/program.ts";
import { sized, testSeed } from "../../support/size.ts";
import { execute, prepare } from "../model/model.ts";
import { modelInput } from "../model/reference.ts";
import type { Dispatch } from "../model/run.ts";
import { mix } from "../model/schedule.ts";
import { CLASSIC_EXAMPLES } from "./classic_examples.ts";
import { everyInterleaving, type Interleavings } from "./interleavings.ts";
import { smallProgram } from "./small_program.ts";
import { longestWaits } from "./waits.ts";
import { areDependent, type Dependence } from "./traces.ts";

Deno.test("the classic examples have the number of schedules that is known of them", () => {
  for (const { name, text, classes, outcomes } of CLASSIC_EXAMPLES) {
    const found = everyInterleaving(prepare(text), {}, { isByTrace: true });
    assert(found !== undefined, name);
    assertStrictEquals(found.traces.size, classes, name);
    assertEquals([...found.outcomes.keys()].sort(), outcomes, name);
    assertSound(found, name);
  }
});

Deno.test("one schedule of each class is enough: the same classes and outcomes as from all schedules", () => {
  const random = new Random(testSeed("every schedule", 20261129));
  const statements = sized({ quick: 2, ci: 3 });
  const ends = new Set<string>();
  for (let count = 0; count < sized({ quick: 20, ci: 60 }); count++) {
    const { text, input } = smallProgram(random, statements);
    const prepared = prepare(text);
    const all = everyInterleaving(prepared, modelInput(input), { most: 1_000 });
    if (all === undefined) continue;
    const some = everyInterleaving(prepared, modelInput(input), { isByTrace: true });
    assert(some !== undefined);
    assertSound(all, text);
    assertEquals([...some.traces.keys()].sort(), [...all.traces.keys()].sort(), text);
    assertEquals([...some.outcomes.keys()].sort(), [...all.outcomes.keys()].sort(), text);
    for (const outcome of all.outcomes.keys()) ends.add(outcome.split(";")[0] ?? "");
  }
  assert(ends.size >= 2, [...ends].join());
});

Deno.test("a relation that forgets a kind of dependence is found", () => {
  const random = new Random(7);
  const programs = Array.from({ length: 40 }, () => smallProgram(random, 2));
  for (const forgotten of ["effects", "port serial"]) {
    const dependence = forgetting((on) => on === forgotten);
    const isFound = programs.some(({ text, input }) => {
      const options = { dependence, most: 500 };
      const found = everyInterleaving(prepare(text), modelInput(input), options);
      return [...found?.traces.values() ?? []].some(({ outcomes }) => outcomes.size > 1);
    });
    assert(isFound, `no schedules with the same trace differ without ${forgotten}`);
  }
  // Whoever takes a lock first may matter to nobody, but deadlock and the counts of literature depend on it.
  const dependence = forgetting((on) => typeof on === "object" && on !== null && "released" in on);
  const counts = CLASSIC_EXAMPLES.filter(({ name }) => name.includes("philosophers"));
  for (const { name, text, classes } of counts) {
    const found = everyInterleaving(prepare(text), {}, { dependence, isByTrace: true });
    assert(found !== undefined && found.traces.size < classes, name);
  }
});

/** The dependence of the language, without some of what is touched. */
function forgetting(isForgotten: (on: unknown) => boolean): Dependence {
  const part = (one: Dispatch) => ({
    ...one,
    touches: one.touches.filter(({ on }) => !isForgotten(on)),
  });
  return (a, b) => areDependent(part(a), part(b));
}

// covers: CCY-05
Deno.test("mix() is SplitMix64", () => {
  // The first outputs for the seed 1234567, each from the state of the one before.
  const outputs = [6457827717110365317n, 3203168211198807973n, 9817491932198370423n];
  outputs.forEach((output, at) =>
    assertEquals(mix(1234567n + BigInt(at) * 0x9e3779b97f4a7c15n), output)
  );
});

// covers: CCY-05, CCY-06
Deno.test("1,000 seeds give two threads of ten statements at least 900 different schedules", () => {
  const emits = Array.from({ length: 10 }, (_, at) => `emit ${at}`);
  const text = program(
    proc("K::main()", "call spawn(work)", ...emits),
    proc("K::work()", ...emits),
  );
  const prepared = prepare(text);
  const first = testSeed("schedules", 1);
  const schedules = new Set<string>();
  for (let seed = first; seed < first + 1_000; seed++) {
    const { dispatches } = execute(prepared, { seed });
    schedules.add(dispatches.map(({ thread }) => thread).join(""));
  }
  assert(schedules.size >= 900, String(schedules.size));
});

// covers: CCY-05, CCY-09
Deno.test("a ready thread waits for at most seven dispatches, and one more of each other thread", () => {
  const first = testSeed("waits", 1);
  let longest = 0;
  for (let seed = first; seed < first + sized({ quick: 100, ci: 400 }); seed++) {
    const { text, input } = generateThreadCase(seed);
    for (const { waited, others } of longestWaits(text, { ...modelInput(input), seed })) {
      assert(waited <= 7 + others, `seed ${seed}: ${waited} dispatches, ${others} others\n${text}`);
      longest = Math.max(longest, waited - others);
    }
    const hasSeeds = /, (?:3|7|0 Sub 1)\)/.test(text);
    for (const { waited, others } of longestWaits(text, modelInput(input))) {
      assert(waited <= others || hasSeeds, `seed ${seed}: ${waited} dispatches, no seed\n${text}`);
    }
  }
  assert(longest >= 4, `at most ${longest} more than one for each other thread`);
});

function assertSound({ traces }: Interleavings, text: string): void {
  for (const { outcomes } of traces.values()) assertStrictEquals(outcomes.size, 1, text);
}
