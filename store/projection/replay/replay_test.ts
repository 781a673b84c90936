import {
  assert,
  assertEquals,
  assertMatch,
  assertNotStrictEquals,
  assertStrictEquals,
} from "../../../std/assert.ts";
import {
  eventOfLine,
  linesOf,
  logOfLines,
  realizationOf,
  recordedFixtures,
  recordFixture,
  sealedLog,
} from "../../../tests/support/recorded_fixtures.ts";
import { type Fixture, fixtures } from "../../../tests/support/fixtures.ts";
import { Random } from "../../../campaign/random.ts";
import { realizedLog } from "../../../tests/support/sample_logs.ts";
import { sized, testSeed } from "../../../tests/support/size.ts";
import { MemoryFile } from "../../file/byte_file.ts";
import { damageIn } from "../../log/scan.ts";
import { replayLog } from "./replay.ts";

function fixtureNamed(name: string): Fixture {
  const found = fixtures().find((fixture) => fixture.name === name);
  assert(found !== undefined, name);
  return found;
}

/** The log of a fixture with some of its lines rewritten, and checkpoints that hold. */
function rewritten(name: string, change: (line: string) => string) {
  const { lines } = recordFixture(fixtureNamed(name));
  return sealedLog(lines.map((line) => eventOfLine(change(line))));
}

function divergence(log: Parameters<typeof replayLog>[0], options = {}) {
  const replayed = replayLog(log, options);
  assert(replayed.ok && replayed.value.verdict === "diverged", JSON.stringify(replayed));
  return replayed.value;
}

// covers: REP-03
Deno.test("replayLog() reproduces the log of every fixture under both semantics", () => {
  for (const semantics of ["spec", "host-0.1"] as const) {
    for (const { fixture, log, lines } of recordedFixtures({ semantics })) {
      const replayed = replayLog(log);
      assert(replayed.ok, fixture.name);
      assertStrictEquals(replayed.value.verdict, "reproduced", `${fixture.name}, ${semantics}`);
      assertStrictEquals(replayed.value.damage, undefined);
      assertStrictEquals(
        replayed.value.events,
        lines.filter((line) => !line.includes('"kind":"checkpoint"')).length,
      );
    }
  }
});

// covers: REP-04
Deno.test("replayLog() reports the event, the member, the place, the events before and the cause", () => {
  const { lines } = recordFixture(fixtureNamed("fibonacci"));
  const seq = lines.findIndex((line, at) => at > 10 && line.includes('"set":'));
  const changed = lines.with(seq, (lines[seq] ?? "").replace(/"Int":[0-9]+/, '"Int":99999'));
  const diverged = divergence(logOfLines(changed), { context: 2 });
  assertStrictEquals(diverged.seq, seq);
  assertStrictEquals(diverged.line, seq + 1);
  assertStrictEquals(diverged.offset, lines.slice(0, seq).join("\n").length + 1);
  assertStrictEquals(diverged.field, "set.f.Int");
  assertStrictEquals(diverged.recorded?.seq, seq);
  assertStrictEquals(diverged.expected?.seq, seq);
  assertMatch(diverged.place?.path ?? "", /^forges\[0\]\.procs\[\d+\]\.body/);
  assertEquals(diverged.before.map((event) => event.seq), [seq - 2, seq - 1]);
  assertStrictEquals(diverged.cause.class, "log damaged");
});

// covers: REP-04
Deno.test("replayLog() of a changed log with valid checkpoints finds a changed program by its digest, else names the executor", () => {
  const log = rewritten("hello", (line) => line.replaceAll("Dust", "Rust"));
  // The program inside the log was changed as well, and the header has the digest of another one.
  assertStrictEquals(divergence(log).cause.class, "log damaged");
  const effectOnly = rewritten(
    "hello",
    (line) => line.includes('"kind":"effect"') ? line.replaceAll("Dust", "Rust") : line,
  );
  const diverged = divergence(effectOnly);
  assertStrictEquals(diverged.cause.class, "executor or log");
  assertStrictEquals(diverged.recorded?.kind, "effect");
});

// covers: REP-07
Deno.test("replayLog() names changed arguments as an input that differs", () => {
  const log = rewritten(
    "factorial",
    (line) =>
      line.includes('"kind":"run_started"') ? line.replace(/"Int":[0-9]+/, '"Int":3') : line,
  );
  const diverged = divergence(log);
  assertStrictEquals(diverged.recorded?.kind, "enter_proc");
  assertStrictEquals(diverged.cause.class, "input differs");
});

Deno.test("replayLog() names another version of the executor", () => {
  const log = rewritten("hello", (line) => {
    const older = line.replace(/"version":"[^"]*"/, '"version":"0.0.1"');
    return older.includes('"kind":"effect"') ? older.replaceAll("Dust", "Rust") : older;
  });
  assertStrictEquals(divergence(log).cause.class, "executor version");
});

Deno.test("replayLog() of a log that another version wrote holds if execution reproduces it", () => {
  const log = rewritten("hello", (line) => line.replace(/"version":"[^"]*"/, '"version":"0.0.1"'));
  const replayed = replayLog(log);
  assert(replayed.ok && replayed.value.verdict === "reproduced");
});

Deno.test("replayLog() executes the given program, and reports if it is not the program of the log", () => {
  const { log, fixture } = recordFixture(fixtureNamed("hello"));
  const texts = (change: (text: string) => string) =>
    fixture.artifacts.map(({ name, text }) => ({ name, text: change(text) }));
  const diverged = divergence(log, { artifacts: texts((text) => text.replaceAll("Dust", "Rust")) });
  assertStrictEquals(diverged.cause.class, "program changed");
  assertStrictEquals(diverged.recorded?.kind, "effect");
  assertStrictEquals(diverged.sameProgram, false);
  const blank = replayLog(log, { artifacts: texts((text) => `${text} `) });
  assert(blank.ok && blank.value.verdict === "reproduced" && !blank.value.sameProgram);
});

Deno.test("replayLog() reports an unreadable line as a divergence, and an unreadable header as damage", () => {
  const { lines } = recordFixture(fixtureNamed("hello"));
  const diverged = divergence(logOfLines(lines.with(3, "{}")));
  assertStrictEquals(diverged.seq, 3);
  assertNotStrictEquals(diverged.unreadable, "");
  assertStrictEquals(diverged.cause.class, "log damaged");
  const headless = replayLog(logOfLines(lines.with(0, "{}")));
  assert(!headless.ok && headless.failure.line === 1);
});

Deno.test("replayLog() finds an event after the outcome, a missing one and a wrong number", () => {
  const { lines } = recordFixture(fixtureNamed("hello"));
  const outcome = lines.findIndex((line) => line.includes('"kind":"outcome"'));
  const effect = lines.findIndex((line) => line.includes('"kind":"effect"'));
  const twice = divergence(
    sealedLog(lines.toSpliced(outcome, 0, lines[outcome] ?? "").map(eventOfLine)),
  );
  assertStrictEquals(twice.seq, outcome + 2); // behind the checkpoint of the first one
  assertStrictEquals(twice.expected, undefined);
  const missing = divergence(sealedLog(lines.toSpliced(effect, 1).map(eventOfLine)));
  assertStrictEquals(missing.seq, effect);
  const misnumbered = lines.with(effect, (lines[effect] ?? "").replace(/"seq":[0-9]+/, '"seq":77'));
  assertStrictEquals(divergence(logOfLines(misnumbered)).seq, effect);
});

// covers: REP-05
Deno.test("replayLog() ignores the events of realization and performs nothing", () => {
  const { lines } = recordFixture(fixtureNamed("hello"), { mode: "realize" });
  const events = lines.map(eventOfLine);
  const realized = sealedLog([...events, ...realizationOf(events)]);
  const before = realized.content();
  const replayed = replayLog(realized);
  assert(replayed.ok && replayed.value.verdict === "reproduced");
  assertEquals(realized.content(), before);
});

Deno.test("replayLog() replays a torn log up to its last whole line, and reports the number of bytes after it", () => {
  const { lines } = recordFixture(fixtureNamed("hello"));
  const log = logOfLines(lines.slice(0, 3));
  log.write(new TextEncoder().encode('{"seq":3,"ki'));
  const replayed = replayLog(log);
  assert(replayed.ok && replayed.value.verdict === "prefix");
  assertStrictEquals(replayed.value.stoppedAt, 3);
  assertStrictEquals(replayed.value.tornBytes, 12);
  assertStrictEquals(linesOf(logOfLines(lines)).length, lines.length);
});

// covers: REP-04
Deno.test("replayLog() finds the damage that verifyLog() finds, wherever it is", () => {
  const random = new Random(testSeed("damage while replaying", 15));
  const log = realizedLog(1_300);
  const lines = linesOf(new MemoryFile(log));
  const isWhole = (bytes: Uint8Array) => damageIn(new MemoryFile(bytes)) === undefined;
  assert(lines.length > 2_500 && isWhole(log));
  let damaged = 0;
  for (let round = 0; round < sized({ quick: 120, ci: 3_000 }); round++) {
    const bytes = round % 3 === 0 ? changedByte(log, random) : changedLine(lines, random);
    const source = new MemoryFile(bytes);
    const replayed = replayLog(source);
    const found = replayed.ok ? replayed.value.damage : replayed.failure;
    const expected = damageIn(source);
    assertEquals(found, expected);
    if (expected !== undefined) damaged++;
  }
  assert(damaged > sized({ quick: 80, ci: 2_000 }), `${damaged}`);
});

function changedByte(log: Uint8Array, random: Random): Uint8Array {
  const bytes = log.slice();
  const at = random.below(bytes.length);
  bytes[at] = random.pick([0x0a, 0x30, 0x7d, (bytes[at] ?? 0) ^ 1]);
  return bytes;
}

/** A line left out, repeated, or from elsewhere; or the rest left out. */
function changedLine(lines: readonly string[], random: Random): Uint8Array {
  const at = random.below(lines.length);
  const other = lines[random.below(lines.length)] ?? "";
  const changed = random.pick([
    lines.toSpliced(at, 1),
    lines.toSpliced(at, 0, other),
    lines.with(at, other),
    lines.slice(0, at),
  ]);
  return logOfLines(changed).content();
}
