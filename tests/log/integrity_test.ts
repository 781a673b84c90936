/**
 * Logs that were cut, continued, rearranged or forged get the right verdict: from `verifyLog`, and from the verifier for auditors
 * (`tools/verify_log.py`), which shares no code with it.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { Random } from "../../campaign/random.ts";
import { MemoryFile } from "../../store/file/byte_file.ts";
import { joinBytes } from "../../store/file/join_bytes.ts";
import { openForAppend } from "../../store/log/recover.ts";
import { verifyLog } from "../../store/log/verify.ts";
import { realizedLog, simulatedLog } from "../support/sample_logs.ts";
import { testSeed, testSize } from "../support/size.ts";
import { type Case, judgeAll } from "./second_verifier/judges.ts";

const LF = 0x0a;
const isWhole = testSize() !== "quick";

/** Every prefix, or every `step`-th and all those that end with a line. `atBoundary` is the verdict on the latter. */
function* truncations(
  log: Uint8Array,
  { step, atBoundary }: {
    readonly step: number;
    readonly atBoundary: (lines: number) => string;
  },
): Generator<Case> {
  let events = 0;
  for (let end = 0; end < log.length; end++) {
    const isBoundary = end === 0 || log[end - 1] === LF;
    if (end > 0 && isBoundary) events++;
    if (!isBoundary && end % step !== 0) continue;
    const status = isBoundary ? atBoundary(events) : "torn";
    yield { name: `cut at byte ${end}`, bytes: log.subarray(0, end), status, events };
  }
}

/** Every byte changed in two ways: one bit flipped; a LF, which ends a line early (or a blank, which joins two lines). */
function* changes(log: Uint8Array, step: number): Generator<Case> {
  for (let at = 0; at < log.length; at += at === log.length - 2 ? 1 : step) {
    const old = log[at] ?? 0;
    for (const [way, changed] of [old ^ 1, old === LF ? 0x20 : LF].entries()) {
      const bytes = log.slice();
      bytes[at] = changed;
      // Without its last LF, the last line is an unfinished one: it cannot be distinguished from a torn write.
      const status = at === log.length - 1 ? "torn" : "damaged";
      yield { name: `byte ${at} changed, way ${way + 1}`, bytes, status };
    }
  }
}

const EMPTY = new Uint8Array();
const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function linesOf(log: Uint8Array): Uint8Array[] {
  return decode(log).split(/(?<=\n)/).map(encode);
}

function countLines(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => byte === LF ? sum + 1 : sum, 0);
}

Deno.test("a log cut within its realization is incomplete, never complete; both verifiers agree", async () => {
  const log = realizedLog(5);
  const lines = countLines(log);
  const outcome = new TextDecoder().decode(log).split("\n")
    .findIndex((line) => line.includes('"kind":"outcome"'));
  await judgeAll(truncations(log, {
    step: isWhole ? 1 : 20,
    atBoundary: (events) =>
      events <= outcome ? "prefix" : events < lines - 1 ? "incomplete" : "prefix",
  }));
  await judgeAll([{ name: "whole", bytes: log, status: "complete", events: lines }]);
  await judgeAll(changes(log, isWhole ? 1 : 20));
});

Deno.test("a log cut at any byte is continued after its last whole line: none is lost, no two are fused", () => {
  const log = simulatedLog(100);
  for (
    const { bytes, events, name } of truncations(log, {
      step: isWhole ? 1 : 20,
      atBoundary: () => "",
    })
  ) {
    if (events === undefined || events === 0) continue;
    const file = new MemoryFile(bytes);
    const kept: Uint8Array[] = [];
    const opened = openForAppend(file, { kept: () => kept, keep: (tail) => void kept.push(tail) });
    assert(opened.ok, name);
    const { writer } = opened.value;
    writer.append({
      seq: writer.seq,
      kind: "recovered",
      host: true,
      time: "2026-01-02T03:04:05.678Z",
      cut: 0,
      sha256: "0".repeat(64),
    });
    writer.finish();
    const whole = bytes.subarray(0, bytes.lastIndexOf(LF) + 1);
    assertEquals(file.content().subarray(0, whole.length), whole, name);
    assertEquals(kept, whole.length === bytes.length ? [] : [bytes.slice(whole.length)], name);
    const verdict = verifyLog(file);
    const isDue = CHECKPOINT_DUE.test(decode(whole));
    // A checkpoint that was due, the tail's own event, the one appended here, the checkpoint.
    const added = (isDue ? 1 : 0) + kept.length + 2;
    assertStrictEquals(
      verdict.status === "damaged" ? verdict.reason : verdict.events,
      events + added,
      name,
    );
  }
});

/** Whether the last line is that of the artifact or of the outcome, after which a checkpoint stands. */
const CHECKPOINT_DUE = /"kind":"(?:program_loaded|outcome)",.*\n$/;

/** Whole lines moved about, and what two logs make when they are mixed. */
function* rearrangements(log: Uint8Array, other: Uint8Array): Generator<Case> {
  const lines = linesOf(log);
  const random = new Random(testSeed("rearranged lines", 11));
  const inside = () => random.below(lines.length - 2) + 1;
  for (let round = 0; round < (isWhole ? 500 : 60); round++) {
    const a = inside(), b = inside();
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    const [first = EMPTY, second = EMPTY] = [lines[low], lines[high]];
    const edits: readonly (readonly [string, readonly Uint8Array[]])[] = [
      [`line ${low} left out`, lines.toSpliced(low, 1)],
      [`line ${low} twice`, lines.toSpliced(low, 0, first)],
      [`line ${low} again behind ${high}`, lines.toSpliced(high + 1, 0, first)],
      [`lines ${low} to ${high} left out`, lines.toSpliced(low, high - low + 1)],
      [`the end of another log from line ${low}`, [
        ...lines.slice(0, low),
        ...linesOf(other).slice(low),
      ]],
      ...(low === high ? [] : [
        [
          `lines ${low} and ${high} exchanged`,
          lines.with(low, second).with(high, first),
        ] as const,
      ]),
    ];
    for (const [name, edited] of edits) yield { name, bytes: joinBytes(edited), status: "damaged" };
  }
  yield {
    name: "a line behind the end",
    bytes: joinBytes([...lines, lines[5] ?? EMPTY]),
    status: "damaged",
  };
  yield { name: "two logs in one", bytes: joinBytes([log, other]), status: "damaged" };
  yield {
    name: "zeros after the end",
    bytes: joinBytes([log, new Uint8Array(512)]),
    status: "torn",
  };
  yield {
    name: "a byte order mark",
    bytes: joinBytes([new Uint8Array([0xef, 0xbb, 0xbf]), log]),
    status: "damaged",
  };
  yield {
    name: "CR before each LF",
    bytes: encode(decode(log).replaceAll("\n", "\r\n")),
    status: "damaged",
  };
}

Deno.test("a log whose lines were moved, left out, repeated or mixed is damaged; both verifiers agree", async () => {
  const counts = await judgeAll(rearrangements(simulatedLog(600), simulatedLog(601)));
  assert((counts.get("damaged") ?? 0) > 300);
});
