import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { LOOP_PROGRAM } from "../../tests/support/loop_program.ts";
import { MemoryFile, type Readable } from "../file/byte_file.ts";
import { encodeLine } from "../codec/encode_event.ts";
import { LogReader, readLog } from "./reader.ts";
import { LogWriter } from "./writer.ts";
import { executeToLog } from "../runs/logged_execution.ts";
import { summarizeLog } from "./summary.ts";

function logOf(rounds: number): MemoryFile {
  const file = new MemoryFile();
  executeToLog({ artifacts: [LOOP_PROGRAM], input: { args: { rounds } } }, new LogWriter(file));
  return file;
}

/** Counts the reads of a log. */
function counted(log: Readable): { readonly log: Readable; readonly reads: () => number } {
  let reads = 0;
  return {
    reads: () => reads,
    log: {
      size: () => log.size(),
      close: () => log.close(),
      read: (into, at) => {
        reads++;
        return log.read(into, at);
      },
    },
  };
}

Deno.test("events() yields every line of a log with its offset and length", () => {
  const file = logOf(1_500);
  const content = file.content();
  let at = 0, seq = 0;
  for (const read of new LogReader(file).events()) {
    assert(read.ok);
    const { event, offset, length } = read.value;
    assertStrictEquals(event.seq, seq++);
    assertStrictEquals(offset, at);
    const line = new TextDecoder().decode(content.subarray(offset, offset + length));
    assertStrictEquals(`${encodeLine(event)}\n`, line);
    at += length;
  }
  assertStrictEquals(at, content.length);
});

Deno.test("events() reads any range of events", () => {
  const file = logOf(6_000);
  const reader = new LogReader(file);
  const all = [...reader.events()].map((read) => read.ok ? read.value.offset : -1);
  for (let from = 0; from < all.length; from += 97) {
    const to = from + 5;
    const read = [...reader.events({ from, to })];
    assertEquals(read.map((one) => one.ok ? one.value.offset : -1), all.slice(from, to));
  }
  assertEquals([...reader.events({ from: all.length })], []);
  assertStrictEquals([...reader.events({ from: all.length - 1 })].length, 1);
});

Deno.test("seek() finds the block of every event with few reads", () => {
  const file = logOf(60_000);
  const checkpoints: number[] = [];
  for (const read of readLog(file)) {
    if (read.ok && read.value.kind === "checkpoint") checkpoints.push(read.value.seq);
  }
  assert(checkpoints.length > 110);
  for (let seq = 0; seq <= (checkpoints.at(-1) ?? 0); seq += 401) {
    const { log, reads } = counted(file);
    const start = new LogReader(log).seek(seq);
    assert(start.ok);
    assertStrictEquals(
      start.value.seq,
      checkpoints.findLast((checkpoint) => checkpoint <= seq) ?? 0,
    );
    assert(reads() <= 12, `${reads()} reads for event ${seq}`);
  }
});

Deno.test("seek() and events() refuse a log whose skip pointers are wrong", () => {
  const file = logOf(3_000);
  const text = new TextDecoder().decode(file.content());
  const broken = text.replace(/"skip":\[([0-9]+),/g, '"skip":[7,');
  const reader = new LogReader(new MemoryFile(new TextEncoder().encode(broken)));
  const [read] = reader.events({ from: 2_000 });
  assert(read !== undefined && !read.ok);
  assertStrictEquals(read.failure.reason, "expected a checkpoint here");
});

Deno.test("events() stops at the first invalid line and reports its number", () => {
  const text = new TextDecoder().decode(logOf(3).content());
  const cases: readonly (readonly [string, number, RegExp])[] = [
    [text.replace('"seq":4', '"seq":5'), 5, /seq is 5, expected 4/],
    [text.replace('"kind":"leave_proc"', '"kind":"left_proc"'), 16, /unknown event kind/],
  ];
  for (const [log, line, reason] of cases) {
    const read = [...new LogReader(new MemoryFile(new TextEncoder().encode(log))).events()].at(-1);
    assert(read !== undefined && !read.ok);
    assertStrictEquals(read.failure.line, line);
    assertMatch(read.failure.reason, reason);
  }
});

Deno.test("events() refuses bytes that are not UTF-8 and yields the lines before them", () => {
  const content = logOf(3).content();
  const at = content.indexOf(0xc3); // the first byte of "ö"
  content[at] = 0xff;
  const reads = [...new LogReader(new MemoryFile(content)).events()];
  const last = reads.at(-1);
  assert(last !== undefined && !last.ok);
  assertStrictEquals(last.failure.reason, "the line is not UTF-8 or too long for an event");
  assertStrictEquals(last.failure.line, reads.length);
});

Deno.test("events() ignores a line without its LF", () => {
  const file = logOf(3);
  file.truncate(file.size() - 1);
  const kinds = [...readLog(file)].map((read) => read.ok ? read.value.kind : "");
  assertStrictEquals(kinds.at(-1), "outcome");
});

Deno.test("summarizeLog() distinguishes finished from interrupted runs, reading only the ends of the log", () => {
  const file = logOf(60_000);
  const { log, reads } = counted(file);
  const whole = summarizeLog(log);
  assert(whole.ok && whole.value !== undefined);
  assertStrictEquals(whole.value.header.entry, "main");
  assertStrictEquals(whole.value.outcome?.status, "returned");
  assertStrictEquals(whole.value.torn, 0);
  assert(reads() < 40, `${reads()} reads`);
  file.truncate(file.size() - 300);
  const cut = summarizeLog(file);
  assert(cut.ok && cut.value !== undefined);
  assert(cut.value.torn > 0);
  assert(cut.value.events < whole.value.events);
  assertEquals(summarizeLog(new MemoryFile()), { ok: true, value: undefined });
});
