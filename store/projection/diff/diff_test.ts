import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../../std/assert.ts";
import {
  eventOfLine,
  linesOf,
  logOfLines,
  recordFixture,
  sealedLog,
} from "../../../tests/support/recorded_fixtures.ts";
import type { WireEvent } from "../../../dvm/event/wire_event.ts";
import { fixtures } from "../../../tests/support/fixtures.ts";
import { CountedFile, LOOP_PROGRAM, loopLog } from "../../../tests/support/loop_log.ts";
import { executeToLog, LogWriter, type RunInput } from "../../../mod.ts";
import { MemoryFile } from "../../file/byte_file.ts";
import type { DiffCause } from "./cause.ts";
import { diffLogs } from "./diff.ts";
import type { DiffOptions } from "./report.ts";
import { diffTraces } from "./diff_traces.ts";
import { sharedCheckpointEnd } from "./shared_checkpoint.ts";
import { parseSummary } from "../trace/parse_trace.ts";

/** The events of a log without its checkpoints. */
function eventsOf(log: MemoryFile): WireEvent[] {
  return linesOf(log).map(eventOfLine).filter(({ kind }) => kind !== "checkpoint");
}

function withEvents(log: MemoryFile, change: (events: WireEvent[]) => WireEvent[]): MemoryFile {
  return sealedLog(change(eventsOf(log)));
}

/** Replaces the value that the event at an index of `events` binds. */
function rebind(events: WireEvent[], index: number): WireEvent[] {
  const event = events[index];
  assert(event?.kind === "stmt" && event.set !== undefined);
  return events.with(index, {
    ...event,
    set: Object.fromEntries(Object.keys(event.set).map((name) => [name, { Int: -1 }])),
  });
}

function boundAfter(events: readonly WireEvent[], from: number): number {
  return events.findIndex((event, index) =>
    index >= from && event.kind === "stmt" && event.set !== undefined
  );
}

/** Another value of each member of an input, and the cause that it is; `mode` decides nothing of an execution. */
const CAUSES: {
  readonly [M in keyof Required<RunInput>]: readonly [RunInput, DiffCause["kind"] | undefined];
} = {
  entry: [{ entry: "K::main" }, "entry"],
  args: [{ args: { n: 3 } }, "argument"],
  semantics: [{ semantics: "host-0.1" }, "semantics"],
  mode: [{ mode: "realize" }, undefined],
  limits: [{ limits: { max_ticks: 50 } }, "limits"],
  seed: [{ seed: 7 }, "seed"],
  schedule: [{ schedule: [0] }, "schedule"],
  environment: [{ environment: { tick_us: 2 } }, "environment"],
};

function loopLogWith(input: RunInput): MemoryFile {
  const log = new MemoryFile();
  const artifacts = [{ name: "loop.dir.json", text: LOOP_PROGRAM }];
  executeToLog({ artifacts, input: { args: { n: 2 }, ...input } }, new LogWriter(log));
  return log;
}

const isCheckpoint = (line: string) => line.includes('"kind":"checkpoint"');

const TRACE: DiffOptions = { level: "trace" };

Deno.test("diffLogs() calls equal logs the same at every level", () => {
  for (const level of ["observational", "trace", "bytes"] as const) {
    const report = diffLogs(loopLog(50), loopLog(50), { level });
    assertStrictEquals(report.same, true);
    assertEquals(report.counts, {});
    assertStrictEquals(report.traceDiffersFrom, undefined);
  }
});

Deno.test("diffLogs() names whichever member of the input differs as the cause", () => {
  for (const [member, [input, kind]] of Object.entries(CAUSES)) {
    const { cause } = diffLogs(loopLogWith({}), loopLogWith(input), TRACE);
    assertStrictEquals(cause?.kind, kind, member);
  }
});

Deno.test("diffLogs() names the first dispatch in which two schedules differ", () => {
  const { cause } = diffLogs(
    loopLogWith({ schedule: [0, 1, 1] }),
    loopLogWith({ schedule: [0, 1, 2] }),
    TRACE,
  );
  assertEquals(cause, { kind: "schedule", name: "2", left: "thread 1", right: "thread 2" });
});

// covers: REP-06
Deno.test("diffLogs() sees only status, value and effects at the observational level", () => {
  const log = loopLog(50);
  const seq = boundAfter(eventsOf(log), 40);
  const inside = withEvents(log, (events) => rebind(events, seq));
  const observed = diffLogs(log, inside);
  assertStrictEquals(observed.same, true);
  assertStrictEquals(observed.traceDiffersFrom, seq + 1); // a checkpoint stands behind the header
  assertStrictEquals(diffLogs(log, inside, TRACE).same, false);
  const effect = withEvents(
    log,
    (events) =>
      events.map((event) =>
        event.kind === "effect" && event.index === 1 ? { ...event, value: { String: "16" } } : event
      ),
  );
  const report = diffLogs(log, effect);
  // The payload is the same text, and the value another one.
  assertEquals(report.counts, { effects: { changed: 1, onlyLeft: 0, onlyRight: 0 } });
  assertStrictEquals(report.differences[0]?.field, "value");
});

// covers: REP-06
Deno.test("diffLogs() distinguishes an admissible from an inadmissible run though neither has effects", () => {
  const failing = (message: string): MemoryFile =>
    withEvents(loopLog(0), (events) => [
      ...events.slice(0, 3),
      {
        seq: 0,
        kind: "outcome",
        status: "inadmissible",
        error: { code: "DR0901", kind: "Inadmissible", message, where: "" },
        ticks: 0,
        effects: 0,
      },
    ]);
  const report = diffLogs(loopLog(0), failing("a"));
  assertEquals(Object.keys(report.counts), ["outcome"]);
  assertStrictEquals(
    diffLogs(failing("a"), failing("b")).same,
    true,
    "messages are not observable",
  );
  assertStrictEquals(diffLogs(failing("a"), failing("b"), TRACE).same, false);
});

Deno.test("diffLogs() counts no effect of a run that failed", () => {
  const log = loopLog(50);
  const failed = (events: WireEvent[]): WireEvent[] =>
    events.map((event) =>
      event.kind !== "outcome" ? event : {
        seq: 0,
        kind: "outcome",
        status: "failed",
        error: { code: "DR1101", kind: "Runtime", message: "", where: "" },
        ticks: 0,
        effects: 0,
      }
    );
  const some = withEvents(log, failed);
  const none = withEvents(log, (events) => failed(events).filter(({ kind }) => kind !== "effect"));
  assertStrictEquals(diffLogs(some, none).same, true);
});

Deno.test("diffLogs() continues after an inserted event, and distinguishes shifted from different events", () => {
  const log = loopLog(60);
  const events = eventsOf(log);
  const index = boundAfter(events, 30);
  const event = events[index];
  assert(event !== undefined);
  const more = withEvents(log, (all) => all.toSpliced(index, 0, event));
  const report = diffLogs(log, more, TRACE);
  assertEquals(report.counts, { values: { changed: 0, onlyLeft: 0, onlyRight: 1 } });
  assertStrictEquals(report.before.length, 3);
  assertStrictEquals(report.differences.length, 1);
  const shifted = withEvents(
    log,
    (all) =>
      all.map((later) => later.kind === "effect" ? { ...later, index: later.index + 1 } : later),
  );
  assertEquals(Object.keys(diffLogs(log, shifted, TRACE).counts), ["numbering"]);
});

/** The log with a member of the checkpoint at an index of its lines changed. */
function withCheckpoint(
  lines: readonly string[],
  at: number,
  change: (line: string) => string,
): MemoryFile {
  const line = lines[at] ?? "";
  assert(change(line) !== line);
  return logOfLines(lines.with(at, change(line)));
}

Deno.test("diffLogs() reports each damaged checkpoint in which equal logs differ", () => {
  const log = loopLog(1_500);
  const lines = linesOf(log);
  const last = lines.findLastIndex(isCheckpoint);
  const changes: readonly ((line: string) => string)[] = [
    (line) => line.replace(/"block":"[0-9a-f]{64}"/, `"block":"${"0".repeat(64)}"`),
    (line) => line.replace(/"root":"[0-9a-f]{64}"/, `"root":"${"0".repeat(64)}"`),
    (line) => line.replace(/"bytes":/, '"bytes":1'),
    (line) => line.replace(/"seq":/, '"seq":1'),
    (line) => line.replace(/"tick":/, '"tick":1'),
    (line) => line.replace(/"block"/, '"blocc"'),
  ];
  for (const [at, line] of lines.entries()) {
    if (!isCheckpoint(line) || at === last) continue;
    for (const [number, change] of changes.entries()) {
      if (change(line) === line) continue;
      const damaged = withCheckpoint(lines, at, change);
      for (const level of ["observational", "trace"] as const) {
        const claim = `change ${number} of line ${at + 1}, ${level}`;
        assertStrictEquals(diffLogs(damaged, log, { level }).damage?.side, "left", claim);
        assertStrictEquals(diffLogs(log, damaged, { level }).damage?.side, "right", claim);
      }
    }
  }
});

Deno.test("diffLogs() reports a checkpoint with another hash than its block after a difference", () => {
  const log = loopLog(1_500);
  const changed = withEvents(log, (events) => rebind(events, boundAfter(events, 30)));
  for (const options of [{}, TRACE, { ...TRACE, ignore: ["field:set"] }]) {
    assertStrictEquals(diffLogs(log, changed, options).damage, undefined);
    const lines = linesOf(changed);
    for (const [at, line] of lines.entries()) {
      if (!isCheckpoint(line) || at < 30) continue;
      const zeros = (text: string) =>
        text.replace(/"block":"[0-9a-f]{64}"/, `"block":"${"0".repeat(64)}"`);
      const damaged = withCheckpoint(lines, at, zeros);
      const { damage } = diffLogs(log, damaged, options);
      assertEquals([damage?.side, damage?.line], ["right", at + 1]);
    }
  }
});

Deno.test("diffLogs() ignores kinds, fields and processes", () => {
  const log = loopLog(60);
  const changed = withEvents(log, (events) => rebind(events, boundAfter(events, 30)));
  const isSame = (word: string) => diffLogs(log, changed, { level: "trace", ignore: [word] }).same;
  assertStrictEquals(isSame("stmt"), true);
  assertStrictEquals(isSame("kind:stmt"), true);
  assertStrictEquals(isSame("set"), true);
  assertStrictEquals(isSame("field:set"), true);
  assertStrictEquals(isSame("main"), true);
  assertStrictEquals(isSame("effect"), false);
  assertStrictEquals(isSame("at"), false);
  assertStrictEquals(isSame("proc:other"), false);
});

Deno.test("diffLogs() at the level of bytes sees checkpoints and realization as well", () => {
  const log = loopLog(20);
  const lines = linesOf(log);
  const unsealed = logOfLines(lines.slice(0, -1));
  assertStrictEquals(diffLogs(log, unsealed, TRACE).same, true);
  const report = diffLogs(log, unsealed, { level: "bytes" });
  assertStrictEquals(report.same, false);
  assertStrictEquals(report.differences[0]?.left?.event?.kind, "checkpoint");
  assertStrictEquals(report.differences[0]?.right, undefined);
});

Deno.test("diffLogs() compares logs with torn ends, damaged lines, and none at all", () => {
  const log = loopLog(20);
  const lines = linesOf(log);
  const damaged = logOfLines(lines.with(5, "{}"));
  const report = diffLogs(log, damaged, TRACE);
  assertStrictEquals(report.differences[0]?.left?.seq, 5);
  assertStrictEquals(diffLogs(new MemoryFile(), new MemoryFile()).same, false);
  assertStrictEquals(diffLogs(log, new MemoryFile()).same, false);
});

Deno.test("diffLogs() reports damage in what it reads", () => {
  const log = loopLog(3_000);
  const lines = linesOf(log);
  const edited = logOfLines(lines.with(101, (lines[101] ?? "").replace(/"Int":./, '"Int":5')));
  const report = diffLogs(log, edited, TRACE);
  assertStrictEquals(report.damage?.side, "right");
  assertMatch(report.damage?.reason ?? "", /the block before this line does not match its hash/);
  assertStrictEquals(report.same, false);
});

Deno.test("sharedCheckpointEnd() finds the last checkpoint in common, wherever the logs part, without reading what they share", () => {
  const log = loopLog(9_000);
  const events = eventsOf(log);
  const lines = linesOf(log);
  const checkpoints = lines.flatMap((line, seq) =>
    line.includes('"kind":"checkpoint"') ? [seq] : []
  );
  const endOf = (seq: number) => lines.slice(0, seq + 1).join("\n").length + 1;
  for (let from = 5; from < events.length; from += 1_741) {
    const index = boundAfter(events, from);
    if (index < 0) break;
    const other = new CountedFile(sealedLog(rebind(events, index)));
    const counted = new CountedFile(log);
    const seq = index + Math.floor(index / 1_024);
    const before = checkpoints.filter((checkpoint) => checkpoint < seq).at(-1);
    assertStrictEquals(
      sharedCheckpointEnd(counted, other),
      before === undefined ? 0 : endOf(before),
    );
    assert(counted.bytes < 200_000, `${counted.bytes} bytes were read`);
  }
  assertStrictEquals(sharedCheckpointEnd(log, log), log.size());
  const longer = loopLog(9_001);
  assertStrictEquals(sharedCheckpointEnd(log, longer), 0, "the headers differ");
});

Deno.test("diffTraces() compares golden traces with the logs of the same programs", () => {
  for (const fixture of fixtures()) {
    const golden = parseSummary(Deno.readTextFileSync(new URL("trace.json", fixture.folder)));
    assert(golden.ok, fixture.name);
    const { log } = recordFixture(fixture);
    const sides = [{ kind: "summary", trace: golden.value }, { kind: "log", source: log }] as const;
    for (const level of ["observational", "trace"] as const) {
      const report = diffTraces(...sides, { level });
      assertStrictEquals(
        report.same,
        true,
        `${fixture.name}: ${JSON.stringify(report.differences)}`,
      );
    }
    const more = {
      ...golden.value,
      effects: [{ kind: "emit", payload: "first" }, ...golden.value.effects],
    };
    const report = diffTraces({ kind: "summary", trace: more }, sides[1]);
    assertEquals(report.counts, { effects: { changed: 0, onlyLeft: 1, onlyRight: 0 } });
  }
});

Deno.test("parseSummary() refuses texts that are not summary traces", () => {
  for (
    const text of [
      "",
      "[]",
      "{}",
      '{"returned":null,"error":{"kind":"Runtime","message":""}}',
      '{"returned":null,"extra":1}',
      '{"returned":null,"effects":[]}',
      '{"returned":null,"effects":{"events":[{"kind":"emit"}]}}',
      '{"error":"x"}',
      '{"returned":null,"time":{"tick":"1"}}',
    ]
  ) assertStrictEquals(parseSummary(text).ok, false, text);
});
