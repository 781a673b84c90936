import { assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { dustrun } from "../../tests/support/memory_io.ts";
import { proc, program } from "../../tests/support/program.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url).pathname;
const DEADLOCK = `${FIXTURES}programs/threads_deadlock/program.dir.json`;
const RACE = `${FIXTURES}diagnostics/threads/data_race/program.dir.json`;
const HELLO = `${FIXTURES}programs/hello/program.dir.json`;

Deno.test("explore says what the schedules do, by its output and its exit code", async () => {
  const store = Deno.makeTempDirSync();
  const loops = `${store}/loops.dir.json`;
  const body = Array.from({ length: 6 }, () => "emit 2");
  Deno.writeTextFileSync(
    loops,
    program(proc("K::main()", "let t = spawn(work)", ...body), proc("K::work()", "emit 1")),
  );
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [[HELLO], 0, /^1 schedule, .*\n.*returned 0; emit "Hello, Dust!"\nthe outcome is the same/],
    [[DEADLOCK], 1, /^3 schedules, [^]*\nthe outcome depends on the schedule \(CCY-11\)\n/],
    [[DEADLOCK, "--logs", "0"], 1, /no log[^]*schedule \(CCY-11\)\n$/],
    [[DEADLOCK, "--max-schedules", "1"], 14, /^the first 1 schedule; there are more/],
    [[DEADLOCK, "--seeds", "1"], 0, /^1 different order for 1 seed\n[^]*others may\n$/],
    [[DEADLOCK, "--seeds", "2", "--max-schedules", "1"], 5, /^$/],
    [[RACE], 10, /^6 schedules, [^]*\nevery schedule fails\n$/],
    [[RACE, "-e", "nobody"], 11, /^$/],
    [[loops, "--max-ticks", "4"], 14, /^0 schedules, .*cut at max_ticks\nnone ended/],
  ];
  for (const [words, code, output] of cases) {
    const { exit, stdout } = await dustrun("explore", ...words, "--store", `${store}/runs`);
    assertMatch(stdout, output, words.join(" "));
    assertStrictEquals(exit, code, words.join(" "));
  }
});

Deno.test("a run in any order of threads is judged in that order, by its log, its seed, or both", async () => {
  const folder = Deno.makeTempDirSync();
  const store = ["--store", `${folder}/runs`];
  const counter = `${FIXTURES}programs/threads_counter/program.dir.json`;
  await dustrun("explore", counter, ...store);
  const log = `${folder}/runs/runs/000002-program.jsonl`;
  assertStrictEquals((await dustrun("equiv", counter, "--against", log)).exit, 0);
  const trace = `${folder}/trace.json`;
  const run = await dustrun("--simulate", "--seed", "3", "--emit-trace", counter, ...store);
  Deno.writeTextFileSync(trace, run.stdout);
  const exits = async (...words: readonly string[]) => [
    (await dustrun("equiv", counter, "--against", trace, ...words)).exit,
    (await dustrun("replay", trace, counter, ...words)).exit,
  ];
  assertEquals(await exits("--seed", "3"), [0, 0]);
  assertEquals(await exits(), [1, 1]);
  assertStrictEquals((await dustrun("replay", log, "--seed", "3")).exit, 5);
});
