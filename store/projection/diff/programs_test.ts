import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import {
  eventOfLine,
  linesOf,
  recordedFixtures,
  sealedLog,
} from "../../../tests/support/recorded_fixtures.ts";
import { isMachineKind } from "../../../dvm/event/event.ts";
import { wireToEvent } from "../../../dvm/event/wire_event.ts";
import { sized, testSeed } from "../../../tests/support/size.ts";
import { executeToLog } from "../../../mod.ts";
import { MemoryFile } from "../../file/byte_file.ts";
import { LogWriter } from "../../log/writer.ts";
import { RawRecordReader, recordOf } from "../../log/raw_record.ts";
import { alignRecords } from "./align.ts";
import { DiffComparison, parseIgnored } from "./comparison.ts";
import { diffLogs } from "./diff.ts";
import { LineCursor } from "./line_cursor.ts";
import { withoutNumbering } from "./numbering.ts";
import type { DiffReport } from "./report.ts";
import { matchLines } from "./same_line.ts";
import { tallyOf } from "./tally.ts";

const STATEMENT = '{"Let":{"name":"extra","expr":"7"}},';

/** The same of memory: a region that the program holds to its end. */
const ALLOCATED =
  '{"Let":{"name":"held","expr":"alloc(16)"}},{"Let":{"name":"copy","expr":"held"}},';
const FREED = '{"Dealloc":{"ptr":"held"}},{"Dealloc":{"ptr":"copy"}},';
/** Statements of a loop that use memory in every round. */
const USE = `{"Let":{"name":"m","expr":"alloc(8)"}},{"Let":{"name":"c","expr":"m"}},
  {"Store":{"ptr":"c","value":"i"}},{"Load":{"ptr":"m","result":"v"}},{"Dealloc":{"ptr":"m"}},{"Dealloc":{"ptr":"c"}},`;

/** A program with a loop that calls a process, 5 events a round; `at` says where something is inserted. */
function programOf(at: Partial<Record<"front" | "loop" | "callee" | "end", string>>): string {
  const { front = "", loop = "", callee = "", end = "" } = at;
  const proc = (name: string, params: string, body: string) =>
    `{"regime":"K","name":"${name}","params":[${params}],"uses":[],"ret":"i64","qualifiers":[],"locals":[],"body":[${body}]}`;
  return `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[${
    proc(
      "main",
      '{"name":"n","ty":"i64"}',
      `${front}{"Let":{"name":"sum","expr":"0"}},{"For":{"var":"i","start":"0","end":"n","body":[${loop}
      {"Assign":{"target":"sum","expr":"half(sum Add i)"}},{"Effect":{"kind":"emit","payload":"sum"}}]}},${end}
      {"Return":{"expr":"sum"}}`,
    )
  },${
    proc(
      "half",
      '{"name":"x","ty":"i64"}',
      `${callee}{"Let":{"name":"y","expr":"x Div 2"}},{"Return":{"expr":"y"}}`,
    )
  }]}],"types":[]}`;
}

function runOf(text: string, n: number): MemoryFile {
  const log = new MemoryFile();
  const artifacts = [{ name: "p.dir.json", text }];
  const { outcome } = executeToLog({ artifacts, input: { args: { n } } }, new LogWriter(log));
  assertStrictEquals(outcome.error, undefined);
  return log;
}

/** Differences without those of the inputs and of the outcome, whose ticks differ. */
function countsOf(
  { counts: { input: _input, outcome: _outcome, numbering: _numbering, ...rest } }: DiffReport,
) {
  return rest;
}

const only = (onlyRight: number) => ({ changed: 0, onlyLeft: 0, onlyRight });

Deno.test("diffLogs() reports a statement as what it is, wherever it was inserted, removed or moved", () => {
  const rounds = 800;
  const plain = runOf(programOf({}), rounds);
  const cases = [
    [{ front: STATEMENT }, { values: only(1) }],
    [{ end: STATEMENT }, { values: only(1) }],
    [{ loop: STATEMENT }, { values: only(rounds) }],
    [{ callee: STATEMENT }, { values: only(rounds) }],
    [{
      front: STATEMENT + STATEMENT.replace("extra", "more"),
      end: STATEMENT.replace("extra", "last"),
    }, { values: only(3) }],
    [{ front: '{"Effect":{"kind":"emit","payload":"0"}},' }, { effects: only(1) }],
  ] as const;
  for (const [at, expected] of cases) {
    const other = runOf(programOf(at), rounds);
    const report = diffLogs(plain, other, { level: "trace" });
    assertEquals(countsOf(report), expected, JSON.stringify(at));
    assertStrictEquals(report.damage, undefined);
    const back = countsOf(diffLogs(other, plain, { level: "trace" }));
    const mirrored = Object.entries(expected).map(([topic, { onlyRight }]) => [
      topic,
      { changed: 0, onlyLeft: onlyRight, onlyRight: 0 },
    ]);
    assertEquals(back, Object.fromEntries(mirrored), JSON.stringify(at));
  }
});

Deno.test("diffLogs() takes the numbers of regions and holders for numbers", () => {
  const rounds = 300;
  const plain = runOf(programOf({ loop: USE }), rounds);
  const other = runOf(programOf({ front: ALLOCATED, loop: USE, end: FREED }), rounds);
  const report = diffLogs(plain, other, { level: "trace" });
  assertEquals(countsOf(report), { resources: only(4), values: only(2), control: only(2) });
  // Without the statement in front, each region has the number of the one before.
  assert((report.counts.numbering?.changed ?? 0) > 12 * rounds);
  const copy = (seq: number, region: string) =>
    `{"seq":${seq},"kind":"mem_copy","at":"main.body[1]","region":"${region}","holder":"${region}.2","from":"${region}.1"}`;
  const match = matchLines(cursorAt(copy(9, "m1")), cursorAt(copy(14, "m12")), { places: false });
  assertStrictEquals(match, "renumbered");
});

Deno.test("diffLogs() finds where logs agree again after a large block that one of them has, or that was moved", () => {
  const block = (name: string) =>
    Array.from(
      { length: 700 },
      (_, index) => `{"Let":{"name":"${name}${index}","expr":"${index}"}},`,
    ).join("");
  const [a, b] = [block("a"), block("b")];
  const trace = (left: string, right: string) =>
    diffLogs(runOf(programOf({ front: left }), 500), runOf(programOf({ front: right }), 500), {
      level: "trace",
    });
  assertEquals(countsOf(trace("", a)), { values: only(700) });
  assertEquals(countsOf(trace(a + b, b)), { values: { changed: 0, onlyLeft: 700, onlyRight: 0 } });
  const moved = trace(a + b, b + a);
  assertEquals(countsOf(moved), { values: { changed: 0, onlyLeft: 700, onlyRight: 700 } });
  assert(moved.givenUp > 0, "that fewer differences are impossible was not established");
});

Deno.test("diffLogs() gives one answer, whether it skips what is equal, reads record by record, or reads other checkpoints", () => {
  const random = new Random(testSeed("skipping", 20_261_129));
  for (let round = 0; round < sized({ quick: 8, ci: 80 }); round++) {
    const loop = random.oneIn(3) ? USE : "";
    const left = runOf(programOf({ loop }), 700);
    const edits = random.below(6);
    const additions = [
      {},
      { front: STATEMENT },
      { front: ALLOCATED, end: FREED },
      { front: USE.replaceAll(/"([mcv])"/g, '"$1$1"').replace('"i"', '"1"') },
    ];
    let events = linesOf(runOf(programOf({ loop, ...random.pick(additions) }), 700))
      .map(eventOfLine).filter(({ kind }) => kind !== "checkpoint");
    for (let edit = 0; edit < edits; edit++) {
      const index = 3 + random.below(events.length - 5);
      const event = events[index];
      if (event?.kind !== "stmt") continue;
      const kinds = [
        () => events.toSpliced(index, 1),
        () => events.toSpliced(index, 0, event),
        () => events.with(index, { ...event, at: event.at.replace(/\[[0-9]+\]$/, "[9]") }),
      ];
      events = random.pick(kinds)();
    }
    const right = sealedLog(events);
    const told = `round ${round}`;
    for (const level of ["observational", "trace"] as const) {
      const report = diffLogs(left, right, { level, limit: 1e6 });
      const elsewhere = diffLogs(left, resealed(right, random), { level, limit: 1e6 });
      assertEquals(withoutPlaces(elsewhere), withoutPlaces(report), told);
      if (level === "trace") assertEquals(report.counts, plainly(left, right), told);
    }
  }
});

Deno.test("diffLogs() takes the place for what a statement is in two logs of one program", () => {
  const log = runOf(programOf({}), 300);
  const events = linesOf(log).map(eventOfLine);
  const early = events.findIndex(({ kind }) => kind === "stmt");
  const late = events.findLastIndex(({ kind }) => kind === "stmt");
  const [first, last] = [events[early], events[late]];
  assert(first?.kind === "stmt" && last?.kind === "stmt");
  const moved = { ...last, at: last.at.replace(/\[[0-9]+\]$/, "[9]") };
  const other = sealedLog(events.with(late, moved).toSpliced(early, 0, first));
  const { counts } = diffLogs(log, other, { level: "trace" });
  assertEquals(counts.numbering, undefined);
  const differing = Object.values(counts).reduce(
    (sum, { onlyLeft, onlyRight }) => sum + onlyLeft + onlyRight,
    0,
  );
  assertStrictEquals(differing, 3);
});

/** The counts without any skipping. */
function plainly(left: MemoryFile, right: MemoryFile): DiffReport["counts"] {
  const programs = [left, right].map((log) =>
    /"program":"([^"]*)"/.exec(linesOf(log)[0] ?? "")?.[1]
  );
  const places = programs[0] !== programs[1];
  const comparison = new DiffComparison("trace", parseIgnored([]), { places });
  const [a, b] = [left, right].map((log) => new RawRecordReader(log, { machineEventsOnly: true }));
  assert(a !== undefined && b !== undefined);
  return Object.fromEntries(tallyOf(alignRecords(a, b, comparison), {}).counts);
}

/** The same events with checkpoints at other places. */
function resealed(log: MemoryFile, random: Random): MemoryFile {
  const other = new MemoryFile();
  const writer = new LogWriter(other);
  for (const line of linesOf(log)) {
    const event = eventOfLine(line);
    if (event.kind !== "checkpoint") writer.append(wireToEvent({ ...event, seq: writer.seq }));
    if (random.oneIn(500)) writer.finish();
  }
  writer.finish();
  return other;
}

/** A report without numbers of lines, which checkpoints shift. */
function withoutPlaces({ differences, counts, same, givenUp }: DiffReport) {
  const shown = differences.map(({ topic, field, left, right }) => ({
    topic,
    field,
    left: left?.text.replace(/^\{"seq":[0-9]+/, ""),
    right: right?.text.replace(/^\{"seq":[0-9]+/, ""),
  }));
  return { shown, counts, same, givenUp };
}

Deno.test("a bare word that names a member of an event is read as that member", () => {
  const members = new Set<string>();
  for (const { log } of recordedFixtures({ semantics: "spec" })) {
    for (const line of linesOf(log)) {
      const event: Record<string, unknown> = JSON.parse(line);
      if (!isMachineKind(String(event["kind"]))) continue;
      for (const member of Object.keys(event)) members.add(member);
    }
  }
  members.delete("seq"); // no difference on its own
  members.delete("kind");
  members.delete("effect"); // a kind of event has this name too
  assert(members.size > 40);
  for (const member of members) assertEquals(parseIgnored([member]).fields, [member]);
});

Deno.test("matchLines() ends on lines with any changed byte, and calls no more alike than the comparison of texts", () => {
  const lines = new Map<string, string>();
  for (const { lines: recorded } of recordedFixtures({ semantics: "spec" })) {
    for (const line of recorded) {
      const { kind } = recordOf({ text: line, offset: 0 }, 1);
      if (isMachineKind(kind) && line.length < 400) lines.set(`${kind}${line.length % 4}`, line);
    }
  }
  assert(lines.size > 40);
  const alike = { same: 0, renumbered: 0 };
  for (const line of lines.values()) {
    const { kind } = recordOf({ text: line, offset: 0 }, 1);
    for (let at = 0; at < line.length; at += sized({ quick: 3, ci: 1 })) {
      for (const other of ["7", "]", '"', "\u007f"]) {
        const changed = line.slice(0, at) + other + line.slice(at + 1);
        for (const places of [true, false]) {
          const match = matchLines(cursorAt(line), cursorAt(changed), { places });
          if (match === "different") continue;
          alike[match]++;
          const [a, b] = [line, changed].map((text) => {
            const { body } = recordOf({ text, offset: 0 }, 1);
            return match === "same" ? body : withoutNumbering(kind, body, { places });
          });
          assertStrictEquals(a, b);
        }
      }
    }
  }
  assert(alike.same > 100 && alike.renumbered > 10, JSON.stringify(alike));
});

function cursorAt(line: string): LineCursor {
  const cursor = new LineCursor(new MemoryFile(new TextEncoder().encode(`${line}\n`)), 0);
  assert(cursor.hasLine());
  return cursor;
}
