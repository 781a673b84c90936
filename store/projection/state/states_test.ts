import { isThreadKind } from "../../../dvm/event/event.ts";
import { fold } from "../../../dvm/api/projection.ts";
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { loadFixture } from "../../../tests/support/fixtures.ts";
import { CountedFile, loopLog } from "../../../tests/support/loop_log.ts";
import {
  eventOfLine,
  linesOf,
  recordedFixtures,
  sealedLog,
} from "../../../tests/support/recorded_fixtures.ts";
import { sized } from "../../../tests/support/size.ts";
import { type Appendable, MemoryFile, type Readable } from "../../file/byte_file.ts";
import type { LogPosition } from "./position.ts";
import type { StepTarget } from "./step_target.ts";
import { readSnapshotIndex, type SnapshotFile } from "./snapshots.ts";
import { viewState } from "./state_view.ts";
import { LogStates } from "./states.ts";

/** A file of snapshots in memory. */
class MemorySnapshots implements SnapshotFile {
  file: MemoryFile | undefined;

  read(): Readable | undefined {
    return this.file;
  }

  write(): Appendable {
    return this.file ??= new MemoryFile();
  }
}

function opened(log: Readable, snapshots?: SnapshotFile, interval?: number): LogStates {
  const states = LogStates.open(log, {
    snapshots,
    ...(interval === undefined ? {} : { interval }),
  });
  assert(states.ok, states.ok ? "" : states.failure.code);
  return states.value;
}

function viewAt(states: LogStates, position: LogPosition) {
  const there = states.at(position);
  assert(there.ok, there.ok ? "" : JSON.stringify(there.failure));
  return viewState(there.value);
}

Deno.test("LogStates.at() is the fold of the events up to there, in every fixture", () => {
  for (const { fixture, log, lines } of recordedFixtures()) {
    const states = opened(log);
    for (let seq = 0; seq < lines.length; seq += Math.max(1, Math.floor(lines.length / 9))) {
      const there = states.at({ kind: "event", seq });
      const folded = fold(loadFixture(fixture), lines.slice(0, seq + 1).map(eventOfLine));
      assert(there.ok && folded.ok, fixture.name);
      assertEquals(there.value.state, folded.value, `${fixture.name} after ${seq}`);
      assertStrictEquals(there.value.event.seq, seq);
    }
  }
});

Deno.test("snapshots do not change results: the state at every position is the same, whichever command wrote them", () => {
  const live = new MemorySnapshots(), later = new MemorySnapshots();
  const log = loopLog(9_000, live);
  const plain = opened(log);
  const first = opened(log, later);
  assertStrictEquals(viewAt(first, { kind: "event", seq: 9_000 }).tick > 0, true);
  assertStrictEquals(viewAt(first, { kind: "end" }).phase, "outcome");
  for (const snapshots of [live, later]) {
    const states = opened(log, snapshots);
    for (const seq of [0, 5, 8_199, 8_200, 8_201, 16_399, 16_400, 16_401, 20_000, 27_000]) {
      const position: LogPosition = { kind: "event", seq };
      assertEquals(viewAt(states, position), viewAt(plain, position), `event ${seq}`);
    }
    for (const index of [0, 100, 562]) {
      const position: LogPosition = { kind: "effect", index };
      const view = viewAt(states, position);
      assertEquals(view, viewAt(plain, position));
      assertStrictEquals(view.effects.count, index + 1);
    }
    for (const tick of [1, 9_000, 27_563]) {
      const position: LogPosition = { kind: "tick", tick };
      assertEquals(viewAt(states, position), viewAt(plain, position));
      assertStrictEquals(viewAt(states, position).tick, tick);
    }
  }
  assertEquals(live.file?.content(), later.file?.content(), "the same snapshots");
});

/** Every position of a log, or every `step`-th one and those around checkpoints. */
function positionsOf(lines: readonly string[], step: number): LogPosition[] {
  const positions: LogPosition[] = [{ kind: "end" }];
  let tick = 0, effects = 0;
  for (const [seq, event] of lines.map(eventOfLine).entries()) {
    const around = lines.slice(Math.max(0, seq - 2), seq + 3);
    const isNear = around.some((line) => line.includes('"kind":"checkpoint"'));
    if (event.kind === "effect") effects++;
    if ("tick" in event) tick = Number(event.tick);
    if (!isNear && seq % step !== 0) continue;
    positions.push({ kind: "event", seq }, { kind: "tick", tick });
    positions.push({ kind: "effect", index: Math.max(0, effects - 1) });
  }
  return positions;
}

Deno.test("LogStates.at() returns the same state with and without snapshots, for every position, asked twice", () => {
  const logs = [
    ...recordedFixtures().map(({ fixture, log, lines }) => ({
      name: fixture.name,
      log,
      step: sized({ quick: lines.length, ci: Math.ceil(lines.length / 30) }),
    })),
    // The last checkpoint of 2,059 events is after the outcome, and has a snapshot like all others.
    { name: "loop", log: loopLog(500), step: sized({ quick: 797, ci: 7 }) },
  ];
  for (const { name, log, step } of logs) {
    const plain = opened(log);
    for (const interval of [1, 2]) {
      const states = opened(log, new MemorySnapshots(), interval);
      for (const position of positionsOf(linesOf(log), step)) {
        const told = (from: LogStates) => {
          const there = from.at(position);
          return there.ok ? viewState(there.value) : there.failure;
        };
        const expected = told(plain);
        for (const time of ["once", "twice"]) {
          const claim = `${name}, ${JSON.stringify(position)}, interval ${interval}, ${time}`;
          assertEquals(told(states), expected, claim);
        }
      }
    }
  }
});

Deno.test("LogStates.at() checks each block once, and reads no more of a long log than of a short one after that", () => {
  const read = (rounds: number) => {
    const snapshots = new MemorySnapshots();
    const log = new CountedFile(loopLog(rounds, snapshots));
    const states = opened(log, snapshots);
    viewAt(states, { kind: "end" });
    const before = log.bytes;
    viewAt(states, { kind: "event", seq: rounds * 2 });
    return log.bytes - before;
  };
  const block = 2_500_000; // 8,192 events, the part of a megabyte that is read beyond, and the index
  assert(read(15_000) < block);
  assert(read(30_000) < block);
});

Deno.test("snapshots of another log, of another program and damaged ones are not used, and are replaced", () => {
  const log = loopLog(9_000);
  const expected = viewAt(opened(log), { kind: "event", seq: 17_000 });
  const tamperings: ((file: MemoryFile) => MemoryFile)[] = [
    (file) => {
      file.truncate(file.size() - 1);
      return file;
    },
    (file) => {
      const bytes = file.content();
      bytes[bytes.length - 40] = 0x20;
      return new MemoryFile(bytes);
    },
    (file) => {
      const bytes = file.content();
      bytes[60] = 0x20;
      return new MemoryFile(bytes);
    },
    () => {
      const other = new MemorySnapshots();
      loopLog(9_001, other);
      assert(other.file !== undefined);
      return other.file;
    },
    () => new MemoryFile(new TextEncoder().encode("no snapshots\n")),
  ];
  for (const [number, change] of tamperings.entries()) {
    const snapshots = new MemorySnapshots();
    loopLog(9_000, snapshots);
    assert(snapshots.file !== undefined);
    snapshots.file = change(snapshots.file);
    const states = opened(log, snapshots);
    assertEquals(viewAt(states, { kind: "event", seq: 17_000 }), expected, `${number}`);
  }
  const fresh = new MemorySnapshots();
  fresh.file = new MemoryFile(new TextEncoder().encode("no snapshots\n"));
  viewAt(opened(log, fresh), { kind: "event", seq: 17_000 });
  const header = eventOfLine(linesOf(log)[0] ?? "");
  assert(header.kind === "run_started");
  assertStrictEquals(readSnapshotIndex(fresh.file, header.program)?.entries.length, 2);
});

Deno.test("LogStates works without a file of snapshots that cannot be written", () => {
  const refusing: SnapshotFile = {
    read: () => undefined,
    write() {
      throw new Deno.errors.PermissionDenied("read-only");
    },
  };
  const log = loopLog(9_000, refusing);
  assertStrictEquals(
    viewAt(opened(log, refusing), { kind: "event", seq: 17_000 }).event.seq,
    17_000,
  );
});

Deno.test("LogStates.at() finds the first entry of a process, and reports positions that a log does not have", () => {
  const log = loopLog(40);
  const states = opened(log);
  assertStrictEquals(viewAt(states, { kind: "proc", name: "main" }).event.kind, "enter_proc");
  const missing: LogPosition[] = [
    { kind: "proc", name: "mai" },
    { kind: "event", seq: 100_000 },
    { kind: "effect", index: 100_000 },
    { kind: "tick", tick: 100_000 },
  ];
  for (const position of missing) {
    const there = states.at(position);
    assert(!there.ok && there.failure.code === "no-position", position.kind);
  }
});

Deno.test("LogStates.at() reads a log no more than once for a process that its program does not have", () => {
  const log = new CountedFile(loopLog(sized({ quick: 4_000, ci: 20_000 })));
  const states = opened(log);
  log.bytes = 0;
  const none = states.at({ kind: "proc", name: "nowhere" });
  assert(!none.ok && none.failure.code === "no-position");
  assert(log.bytes <= log.size(), `${log.bytes} of ${log.size()}`);
});

Deno.test("LogStates.at() checks what was appended to a log since it was read", () => {
  const lines = linesOf(loopLog(2_000));
  const text = lines.map((line) => `${line}\n`).join("");
  const size = (count: number) => lines.slice(0, count).join("\n").length + 1;
  for (const seq of [2_000, 2_049, 2_050, 3_000]) {
    const log = new MemoryFile(new TextEncoder().encode(text.slice(0, size(seq))));
    const states = opened(log);
    assertStrictEquals(viewAt(states, { kind: "end" }).event.seq, seq - 1);
    log.write(new TextEncoder().encode(text.slice(size(seq))));
    assertEquals(viewAt(states, { kind: "end" }), viewAt(opened(loopLog(2_000)), { kind: "end" }));
    const damaged = new MemoryFile(new TextEncoder().encode(text.slice(0, size(seq))));
    const later = opened(damaged);
    assertStrictEquals(viewAt(later, { kind: "end" }).event.seq, seq - 1);
    damaged.write(new TextEncoder().encode(text.slice(size(seq)).replace('"Int":1', '"Int":2')));
    const there = later.at({ kind: "end" });
    assert(!there.ok && there.failure.code === "damaged-log");
  }
});

Deno.test("LogStates.at() refuses an event that does not fit, with its place", () => {
  const lines = linesOf(loopLog(40));
  const changed = lines.with(10, (lines[10] ?? "").replace("body[1]", "body[0]"));
  const there = opened(sealedLog(changed.map(eventOfLine))).at({ kind: "end" });
  assert(!there.ok && there.failure.code === "misfit");
  assertStrictEquals(there.failure.line, 11);
});

Deno.test("LogStates.open() reports why a log has no states", () => {
  for (const { log } of recordedFixtures({ semantics: "host-0.1" }).slice(0, 1)) {
    const states = LogStates.open(log);
    assert(!states.ok && states.failure.code === "no-states");
  }
  const empty = LogStates.open(new MemoryFile());
  assert(!empty.ok && empty.failure.code === "no-header");
});

Deno.test("next() steps over and out as the nesting of the events says", () => {
  let steps = 0;
  for (const { fixture, log, lines } of recordedFixtures()) {
    const states = LogStates.open(log);
    assert(states.ok);
    const events = lines.map(eventOfLine);
    const depths: number[] = []; // of the thread of the event, or of that before one of no thread
    const threads: number[] = [];
    const ofThreads: number[] = [];
    for (const event of events) {
      const isOfThread = isThreadKind(event.kind);
      const thread = isOfThread ? "thread" in event ? event.thread ?? 0 : 0 : threads.at(-1) ?? 0;
      const step = event.kind === "enter_proc" ? 1 : event.kind === "leave_proc" ? -1 : 0;
      const depth = (ofThreads[thread] ?? 0) + step;
      ofThreads[thread] = depth;
      depths.push(depth);
      threads.push(thread);
    }
    for (let seq = 0; seq < Math.min(events.length, 120); seq += 7) {
      const depth = depths[seq] ?? 0;
      if (depth === 0) continue;
      const thread = threads[seq] ?? 0;
      const isThere = (at: number) => at > seq && threads[at] === thread;
      const over = events.findIndex((event, at) => {
        const there = depths[at] ?? 0;
        const isOperation = event.kind === "effect" && event.effect.includes(":"); // its statement follows
        return (at > seq && event.kind === "outcome") || (isThere(at) && (there < depth ||
          (there === depth && !isOperation &&
            /^(?:stmt|effect|constraint_added|witness)$/.test(event.kind))));
      });
      const out = events.findIndex(({ kind }, at) =>
        (at > seq && kind === "outcome") || (isThere(at) && (depths[at] ?? 0) < depth)
      );
      for (const [kind, expected] of [["over", over], ["out", out]] as const) {
        const there: ReturnType<LogStates["next"]> = states.value.next(seq, {
          kind,
          depth,
          thread,
        });
        const found: number = there.ok ? there.value.event.seq : -1;
        assertStrictEquals(found, expected, `${fixture.name}: ${kind} from ${seq}`);
        steps++;
      }
    }
  }
  assert(steps > 200, `${steps} steps`);
});

Deno.test("next() and previous() stop before each execution of a statement", () => {
  for (const name of ["bubble_sort", "factorial", "early_exit", "invariant_broken"]) {
    const recorded = recordedFixtures().find(({ fixture }) => fixture.name === name);
    assert(recorded !== undefined, name);
    const states = LogStates.open(recorded.log);
    assert(states.ok);
    const events = recorded.lines.map(eventOfLine);
    const places = new Set(events.flatMap((event) => event.kind === "stmt" ? [event.at] : []));
    for (const place of places) {
      const target = { kind: "statement", places: new Set([place]) } as const;
      const stops: number[] = [];
      for (let after = 0; stops.length < 20;) {
        const there = states.value.next(after, target);
        if (!there.ok) break;
        stops.push(after = there.value.event.seq);
      }
      const executed = events.flatMap((event) =>
        event.kind === "stmt" && event.at === place ? [event.seq] : []
      );
      // The first event of the execution is the one after the stop, or after the constraints that come before it.
      stops.forEach((stop, index) => {
        const next = executed[index];
        if (next === undefined) return; // the run ended before it
        assert(stop < next, `${name}: ${place}: stops at ${stop}, executed at ${next}`);
        assert(stop >= (executed[index - 1] ?? 0), `${name}: ${place}: late`);
      });
      const last = stops.at(-1);
      assert(
        last !== undefined && stops.length >= Math.min(executed.length, 20),
        `${name}: ${place}`,
      );
      const back = states.value.previous(last + 1, target);
      assert(back.ok);
      assertStrictEquals(back.value.event.seq, last);
    }
  }
});

/** The event that `previous` finds; -1 for none. */
function seqBefore(states: LogStates, before: number, target: StepTarget): number {
  const there = states.previous(before, target);
  return there.ok ? there.value.event.seq : -1;
}

Deno.test("previous() finds the same with snapshots as without, however far back", () => {
  const log = loopLog(2_000);
  const snapshots = new MemorySnapshots();
  const kept = LogStates.open(log, { snapshots, interval: 1 });
  const bare = LogStates.open(log);
  assert(kept.ok && bare.ok && kept.value.at({ kind: "end" }).ok);
  assert((snapshots.file?.size() ?? 0) > 0);
  for (const place of ["main.body[0]", "main.body[1].body[1].then_body[0]"]) {
    const target = { kind: "statement", places: new Set([place]) } as const;
    for (const before of [60, 1_030, 3_000, 5_000]) {
      const found = seqBefore(kept.value, before, target);
      assert(found >= 0, `${place} before ${before}`);
      assertStrictEquals(found, seqBefore(bare.value, before, target), `${place} before ${before}`);
    }
  }
  const never = { kind: "statement", places: new Set(["main.body[7]"]) } as const;
  assert(!kept.value.previous(5_000, never).ok);
});
