import { assert, assertEquals, assertStrictEquals, assertThrows } from "../../std/assert.ts";
import type { Checkpoint, Event } from "../../dvm/event/event.ts";
import { fold as foldEvents } from "../../dvm/machine/evolve.ts";
import { executeArtifacts, load } from "../../mod.ts";
import { LOOP_PROGRAM } from "../../tests/support/loop_program.ts";
import { MemoryFile } from "../file/byte_file.ts";
import { decodeLine } from "../codec/decode_event.ts";
import { scanLog } from "./scan.ts";
import { CHECKPOINT_EVENTS } from "./log_tally.ts";
import { treeRoot } from "../tree/tree_head.ts";
import { leafHash } from "../tree/hash.ts";
import { LogWriter } from "./writer.ts";
import { executeToLog } from "../runs/logged_execution.ts";

/** The log of the loop program. */
function logOf(rounds: number, semantics: "spec" | "host-0.1" = "spec"): MemoryFile {
  const file = new MemoryFile();
  executeToLog(
    { artifacts: [LOOP_PROGRAM], input: { args: { rounds }, semantics } },
    new LogWriter(file),
  );
  return file;
}

function linesOf(file: MemoryFile): string[] {
  const text = new TextDecoder().decode(file.content());
  assert(text.endsWith("\n"));
  return text.slice(0, -1).split("\n");
}

function eventsOf(file: MemoryFile): Event[] {
  return linesOf(file).map((line) => {
    const decoded = decodeLine(line);
    assert(decoded.ok, line);
    return decoded.value;
  });
}

function isCheckpoint(event: Event): event is Checkpoint {
  return event.kind === "checkpoint";
}

Deno.test("a log numbers every line and has a checkpoint after its header, after 1,024 events and after the last one", () => {
  const events = eventsOf(logOf(3_000));
  events.forEach(({ seq }, index) => assertStrictEquals(seq, index));
  const checkpoints = events.filter(isCheckpoint).map(({ seq }) => seq);
  const block = CHECKPOINT_EVENTS + 1;
  assertEquals(checkpoints.slice(0, -1), [0, 1, 2, 3, 4, 5].map((n) => n * block + 2));
  assertStrictEquals(checkpoints.at(-1), events.length - 1);
  assertStrictEquals(events.at(-2)?.kind, "outcome");
});

Deno.test("a checkpoint has the tree over the blocks before it and points back to the checkpoints 1, 2, 4 … before", () => {
  const file = logOf(9_000);
  const content = file.content();
  const offsets: number[] = [];
  const leaves: string[] = [];
  let start = 0;
  for (const event of eventsOf(file).filter(isCheckpoint)) {
    leaves.push(leafHash(content.subarray(start, event.bytes)));
    assertStrictEquals(event.block, leaves.at(-1));
    assertStrictEquals(event.root, treeRoot(leaves));
    start = content.indexOf(0x0a, event.bytes) + 1;
    const expected = [1, 2, 4, 8, 16].filter((back) => back <= offsets.length)
      .map((back) => offsets.at(-back));
    assertEquals<unknown>(event.skip, expected);
    offsets.push(event.bytes);
  }
  assert(offsets.length > 16);
});

// covers: TRC-01, REP-01
Deno.test("the same run gives the same bytes, which differ from the public events only in checkpoints", () => {
  const file = logOf(2_000);
  assertEquals(logOf(2_000).content(), file.content());
  const live = executeArtifacts([LOOP_PROGRAM], { args: { rounds: 2_000 } }).events;
  const logged = eventsOf(file).filter((event) => event.kind !== "checkpoint");
  assertEquals(logged.map(({ kind }) => kind), live.map(({ kind }) => kind));
});

Deno.test("the events of a log fold to the state of the machine", () => {
  const program = load([LOOP_PROGRAM]);
  assert(program.ok);
  const folded = foldEvents(program.value, eventsOf(logOf(2_000)));
  assert(folded.ok);
  assertStrictEquals(folded.value.tick, 4_005);
  assertEquals(folded.value.outcome?.returned, { kind: "Int", value: 2_000 });
});

Deno.test("a log that is continued has the same bytes as one written at once", () => {
  const whole = logOf(2_000);
  const events = eventsOf(whole).filter((event) => event.kind !== "checkpoint");
  for (const cut of [1, 3, 1_023, 1_024, 1_025, 2_500]) {
    const file = new MemoryFile();
    const first = new LogWriter(file);
    for (const event of events.slice(0, cut)) first.append({ ...event, seq: first.seq });
    first.flush();
    const scanned = scanLog(file);
    assert(scanned.ok);
    assertStrictEquals(scanned.value.end.seq, first.seq);
    const second = new LogWriter(file, scanned.value.end);
    for (const event of events.slice(cut)) second.append({ ...event, seq: second.seq });
    second.finish();
    assertEquals(file.content(), whole.content(), `cut after ${cut} events`);
  }
});

Deno.test("a log that ends before a pending checkpoint is continued with that checkpoint", () => {
  const whole = logOf(2_000).content();
  const [checkpoint] = eventsOf(logOf(2_000)).filter(isCheckpoint);
  assert(checkpoint !== undefined);
  const file = new MemoryFile(whole.subarray(0, checkpoint.bytes));
  const scanned = scanLog(file);
  assert(scanned.ok);
  const writer = new LogWriter(file, scanned.value.end);
  assertStrictEquals(writer.seq, 3);
  writer.flush();
  assertEquals(file.content(), whole.subarray(0, file.size()));
});

Deno.test("finish() writes one checkpoint at the end, however often it is called", () => {
  const file = new MemoryFile();
  const writer = new LogWriter(file);
  writer.finish();
  assertStrictEquals(file.size(), 0);
  writer.append({ seq: 0, kind: "program_loaded", name: "a", text: "" });
  writer.finish();
  writer.finish();
  assertEquals(eventsOf(file).map(({ kind }) => kind), ["program_loaded", "checkpoint"]);
  assertStrictEquals(writer.seq, 2);
});

Deno.test("append() throws on an event out of order", () => {
  const writer = new LogWriter(new MemoryFile());
  assertThrows(
    () => writer.append({ seq: 1, kind: "program_loaded", name: "a", text: "" }),
    Error,
    "event 0 was expected",
  );
});

Deno.test("a log of large artifacts with characters of every width has the bytes of its lines", () => {
  const file = new MemoryFile();
  const writer = new LogWriter(file);
  const events: Event[] = [
    { seq: 0, kind: "program_loaded", name: "large", text: `"Φ😀é${"x".repeat(600_000)}"` },
    { seq: 1, kind: "program_loaded", name: "Φ", text: "Φ😀".repeat(90_000) },
    { seq: 2, kind: "program_loaded", name: "small", text: "" },
  ];
  for (const event of events) writer.append(event);
  writer.finish();
  const lines = linesOf(file);
  assertEquals(lines.slice(0, 3).map((line) => JSON.parse(line)), events);
  const checkpoint = eventsOf(file)[3];
  assertStrictEquals(checkpoint?.kind, "checkpoint");
  const bytes = new TextEncoder().encode(`${lines.slice(0, 3).join("\n")}\n`);
  assertStrictEquals(
    isCheckpoint(checkpoint) ? checkpoint.block : "",
    leafHash(bytes),
  );
});
