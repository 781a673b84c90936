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
import { executeText, fileInput, type RunInput } from "../../../mod.ts";
import type { Bug } from "../model/bugs.ts";
import { execute, type Judged, type ModelInput, prepare } from "../model/model.ts";
import { modelInput } from "../model/reference.ts";
import type { Dispatch } from "../model/run.ts";
import { mix } from "../model/schedule.ts";
import { judgedDifference, schedulesDifference, threadDifference } from "./agreement.ts";
import { CLASSIC_EXAMPLES } from "./classic_examples.ts";
import { everyInterleaving, type Interleavings } from "./interleavings.ts";
import { smallProgram } from "./small_program.ts";
import { longestWaits } from "./waits.ts";
import { areDependent, type Dependence } from "./traces.ts";

// covers: CCY-09, CCY-11, CCY-12
Deno.test("the classic examples have the schedules that are known of them, in machine and model", () => {
  for (const { name, text, classes, outcomes } of CLASSIC_EXAMPLES) {
    const found = everyInterleaving(prepare(text), {}, { isByTrace: true });
    assert(found !== undefined, name);
    assertStrictEquals(found.traces.size, classes, name);
    assertEquals([...found.outcomes.keys()].sort(), outcomes, name);
    assertSound(found, name);
    assertStrictEquals(schedulesDifference({ text, input: {} }, found), undefined, name);
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

// covers: CCY-03, CCY-04, CCY-06, CCY-08, CCY-09, CCY-10, CCY-11, CCY-12
Deno.test("generated programs with threads end in every way, and show planted bugs", () => {
  const first = testSeed("threads", 1);
  const runs = Array.from({ length: 300 }, (_, index) => {
    const { text, input } = generateThreadCase(first + index);
    return { text, input, execution: executeText(text, input) };
  });
  const codes = new Set(runs.map(({ execution }) => execution.outcome.error?.code));
  for (const code of [undefined, "DR0917", "DR0918", "DR0919", "DR0920", "DR1106"]) {
    assert(codes.has(code), `no program ended in ${code}`);
  }
  const invalid = [...codes].filter((code) => code !== undefined && code < "DR0600");
  assertEquals(invalid, [], "a generated program is valid");
  for (const bug of SHOWN_BUGS) {
    const isShown = runs.some(({ text, input, execution }) => {
      const judged = judgedWith(bug, text, input);
      return judged === undefined || judgedDifference(execution, judged) !== undefined;
    });
    assert(isShown, bug);
  }
});

/** The run of a model with a bug; `undefined` where the bug makes it crash. */
function judgedWith(bug: Bug, text: string, input: RunInput): Judged | undefined {
  try {
    return execute(prepare(text, bug), modelInput(input));
  } catch {
    return undefined;
  }
}

/** Bugs of every kind that random programs are enough to find. */
const SHOWN_BUGS: readonly Bug[] = [
  "a thread runs until it waits",
  "of equal turns the newest thread is first",
  "the seed is ignored",
  "the delay of a thread never changes",
  "the seed of a spawn is ignored",
  "a spawned thread has no seed of its spawner",
  "join does not wait",
  "a second join gives the value again",
  "a join takes no time of the thread",
  "a bound counts the ticks of all threads",
  "a thread gets the holders of its spawner",
  "what nobody joins is no leak",
  "the run ends with its first thread",
  "a lock admits everybody",
  "a thread locks again what it holds",
  "an unlock of a free lock is ignored",
  "a thread ends with what it has locked",
  "a deadlock ends the run well",
  "races are let through",
  "two reads race",
  "joins order nothing",
  "locks order nothing",
  "a free writes nothing",
];

// covers: CCY-10, RES-08
Deno.test("a lock that a thread leaves is found before a file that the run leaves", () => {
  const text = program(
    proc("K::main()", 'let f = open("x", "r")', "let m = mutex_new()", "call mutex_lock(m)"),
  );
  const inputs = [fileInput({ name: "x", modes: "r", content: new Uint8Array() })];
  const input = { environment: { inputs } };
  assertStrictEquals(threadDifference(text, input), undefined);
  assertStrictEquals(executeText(text, input).outcome.error?.code, "DR0919");
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
    for (const { waited, others } of longestWaits(text, withoutSeed(modelInput(input)))) {
      assert(waited <= others || hasSeeds, `seed ${seed}: ${waited} dispatches, no seed\n${text}`);
    }
  }
  assert(longest >= 4, `at most ${longest} more than one for each other thread`);
});

function withoutSeed({ seed: _, ...others }: ModelInput): ModelInput {
  return others;
}

function assertSound({ traces }: Interleavings, text: string): void {
  for (const { outcomes } of traces.values()) assertStrictEquals(outcomes.size, 1, text);
}
