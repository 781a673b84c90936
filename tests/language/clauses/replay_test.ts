/**
 * Replay: what a run depends on, and what it does not. (That replay confirms and denies is in `store/projection/replay/replay_test.ts` and
 * `tests/language/divergence_test.ts`; that runs repeat is in `tests/oracle/determinism_test.ts` and `tests/log/fold_test.ts`.)
 *
 * @module
 */
import { join } from "../../../std/path.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStrictEquals,
} from "../../../std/assert.ts";
import {
  diffLogs,
  execute,
  executeArtifacts,
  LogStates,
  replayLog,
  summaryTrace,
  type WireEvent,
} from "../../../mod.ts";
import { fixtures, loadFixture } from "../../support/fixtures.ts";
import { loopLog } from "../../support/loop_log.ts";
import { dustrun } from "../../support/memory_io.ts";
import { eventOfLine, recordedFixtures, recordFixture } from "../../support/recorded_fixtures.ts";

// covers: REP-02
Deno.test("locale, time zone and environment do not change the output of a run", () => {
  const script = new URL("../../oracle/print_digests.ts", import.meta.url).pathname;
  const digests = (env: { readonly [name: string]: string }) => {
    const { success, stdout } = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-read", script],
      env: { ...env, HOME: Deno.env.get("HOME") ?? "", DENO_DIR: Deno.env.get("DENO_DIR") ?? "" },
      clearEnv: true,
    }).outputSync();
    assert(success);
    return new TextDecoder().decode(stdout);
  };
  const here = digests({ LANG: "C", TZ: "UTC" });
  assert(here.split("\n").length > fixtures().length);
  assertStrictEquals(
    digests({ LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Asia/Kathmandu" }),
    here,
  );
});

// covers: REP-05
Deno.test("replay of a realized run writes nothing: its sinks stay as they are", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const [sink, log] = [join(folder, "sink.txt"), join(folder, "log.jsonl")];
    const program = new URL("../../../fixtures/programs/hello/program.dir.json", import.meta.url);
    const ran = await dustrun(program.pathname, "--log", log, "--realize", `emit=file:${sink}`);
    assertStrictEquals(ran.exit, 0, ran.stderr);
    const written = Deno.readTextFileSync(sink);
    assertMatch(written, /Hello, Dust!/);
    const before = Deno.readTextFileSync(log);
    const replayed = await dustrun("replay", log);
    assertStrictEquals(replayed.exit, 0, replayed.stdout);
    assertNotMatch(replayed.stdout, /Hello/);
    assertStrictEquals(Deno.readTextFileSync(sink), written);
    assertStrictEquals(Deno.readTextFileSync(log), before);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

// covers: REP-07
Deno.test("everything that a run depends on is in its log, and replay needs nothing else", () => {
  for (const { fixture, log, lines } of recordedFixtures()) {
    const header = eventOfLine(lines[0] ?? "");
    assert(header.kind === "run_started", fixture.name);
    assertEquals(Object.keys(header.args), Object.keys(fixture.input.args ?? {}).sort());
    assertStrictEquals(header.entry, fixture.input.entry ?? "main");
    assertEquals(header.limits.max_ticks, fixture.input.limits?.max_ticks ?? 10_000_000);
    assertStrictEquals(header.resources?.length, fixture.input.environment?.resources?.length);
    const replayed = replayLog(log);
    assert(replayed.ok && replayed.value.verdict === "reproduced", fixture.name);
  }
});

// covers: REP-08
Deno.test("the way of executing makes no difference: observed or not, logged or not, from a snapshot or from the beginning", () => {
  for (const fixture of fixtures()) {
    const program = loadFixture(fixture);
    const collected = execute(program, fixture.input);
    const watched: WireEvent[] = [];
    const other = execute(program, fixture.input, (event) => void watched.push(event));
    assertEquals<unknown>(watched, collected.events, fixture.name);
    assertEquals(other.outcome, collected.outcome);
    const logged = recordFixture(fixture).lines.map(eventOfLine)
      .filter(({ kind }) => kind !== "checkpoint")
      .map((event, seq) => ({ ...event, seq }));
    assertEquals<unknown>(logged, collected.events, fixture.name);
  }
  const states = LogStates.open(loopLog(300));
  assert(states.ok);
  const twice = [1, 2].map(() => states.value.at({ kind: "event", seq: 700 }));
  assertEquals(twice[0], twice[1]);
});

// covers: REP-09
Deno.test("simulation and realization of a program from one initial state give the same trace", () => {
  for (const fixture of fixtures()) {
    const { artifacts, input } = fixture;
    const trace = (mode: "simulate" | "realize") =>
      JSON.stringify(summaryTrace(executeArtifacts(artifacts, { ...input, mode })));
    assertStrictEquals(trace("realize"), trace("simulate"), fixture.name);
    const simulated = recordFixture(fixture, { mode: "simulate" }).log;
    const realized = recordFixture(fixture, { mode: "realize" }).log;
    assertStrictEquals(diffLogs(simulated, realized).same, true);
    const traced = diffLogs(simulated, realized, { level: "trace", ignore: ["field:mode"] });
    assertStrictEquals(traced.same, true, fixture.name);
  }
});
