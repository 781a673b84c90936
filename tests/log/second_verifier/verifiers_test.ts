/**
 * Damaged logs are noticed by dustrun's verifier and by the one for auditors, and both say the same about every log.
 *
 * @module
 */
import { assert, assertEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { EVENT_KINDS } from "../../../store/codec/decode_event.ts";
import { recordedFixtures } from "../../support/recorded_fixtures.ts";
import { sized, testSeed } from "../../support/size.ts";
import { type Case, judgeAll } from "./judges.ts";
import { FAULTS } from "./all_faults.ts";
import { REALIZED } from "./damage.ts";
import { logBytes } from "./independent_writer.ts";
import { oddMembers } from "./odd_members.ts";
import { randomRun, spoil } from "./random_drafts.ts";
import { FAILED_RUN, REALIZATION, realizedRun, returnedRun } from "./sample_drafts.ts";
import { TREE_FAULTS, UNCLOSED } from "./tree_faults.ts";

const LF = 0x0a;

Deno.test("both verifiers accept logs that neither of their authors' writers wrote", async () => {
  const outcome = REALIZED.findIndex(({ kind }) => kind === "outcome");
  const counts = await judgeAll([
    { name: "realized", bytes: logBytes(REALIZED), status: "complete" },
    { name: "failed", bytes: logBytes(FAILED_RUN), status: "complete" },
    {
      name: "small",
      bytes: logBytes(returnedRun("simulate", { isSmall: true })),
      status: "complete",
    },
    { name: "many blocks", bytes: logBytes(realizedRun(2_000)), status: "complete" },
    { name: "not realized", bytes: logBytes(REALIZED.slice(0, outcome + 1)), status: "incomplete" },
    { name: "not closed", bytes: UNCLOSED, status: "incomplete" },
    { name: "empty", bytes: new Uint8Array(), status: "prefix" },
  ]);
  assertEquals(counts.get("complete"), 4);
});

Deno.test("both verifiers accept a realization that is abandoned after any of its events", async () => {
  const begun = REALIZED.findIndex(({ kind }) => kind === "realization_started");
  const end = { host: true, time: "2026-11-29T03:04:05.006Z", status: "abandoned" };
  const cases = REALIZED.slice(begun, -1).map((last, index): Case => {
    const before = REALIZED.slice(0, begun + index + 1);
    const performed = before.filter(({ kind }) => kind === "effect_realized")
      .reduce((sum, { first, last }) => sum + Number(last) - Number(first) + 1, 0);
    return {
      name: `abandoned after ${last.kind} ${index}`,
      bytes: logBytes([...before, {
        kind: "realization_finished",
        ...end,
        performed,
        reason: "sold",
      }]),
      status: "complete",
    };
  });
  const counts = await judgeAll(cases);
  assertEquals(counts.get("complete"), REALIZATION.length - 1);
});

Deno.test("both verifiers accept the logs of all fixtures, under both semantics", async () => {
  const cases = (["spec", "host-0.1"] as const).flatMap((semantics) =>
    recordedFixtures({ semantics }).map(({ fixture, log }): Case => ({
      name: `${fixture.name}, ${semantics}`,
      bytes: log.content(),
      status: "complete",
    }))
  );
  await judgeAll(cases);
});

Deno.test("each rule of docs/log-format.md, and each kind of event, has a log that violates it; both verifiers notice", async () => {
  const page = Deno.readTextFileSync(new URL("../../../docs/log-format.md", import.meta.url));
  const rules = [...page.matchAll(/^([0-9]+)\. /gm)].map(([, rule]) => Number(rule));
  assertEquals(rules, Array.from({ length: 20 }, (_, index) => index + 1));
  assertEquals([...new Set(FAULTS.map(({ rule }) => rule))].sort((a, b) => a - b), rules);
  const changed = [...REALIZED, ...FAILED_RUN].map(({ kind }) => kind);
  assertEquals(new Set([...changed, "checkpoint"]), new Set(EVENT_KINDS));
  assert(TREE_FAULTS.length >= 20);
  const cases = FAULTS.map(({ rule, name, bytes }): Case => ({
    name: `rule ${rule}, ${name}`,
    bytes,
    status: "damaged",
    rule,
  }));
  await judgeAll(cases);
});

/** How many of the damages at a byte are tried: another lowest bit, and some of the six others in turn. */
const DAMAGES_AT_BYTE = sized({ quick: 7, ci: 3, full: 7 });

/** The log damaged and cut at every `step`-th byte. One at a time: together they are gigabytes. */
function* damages(log: Uint8Array, step: number): Generator<Case> {
  for (let at = 0; at < log.length; at += at === log.length - 2 ? 1 : step) {
    for (const [index, damage] of damagesAt(log, at).entries()) {
      if (index === 0 || (index + at) % 6 < DAMAGES_AT_BYTE - 1) yield damage;
    }
  }
  yield { name: "a byte at the end", bytes: join(log, Uint8Array.of(0x20)), status: "torn" };
  yield { name: "a LF at the end", bytes: join(log, Uint8Array.of(LF)), status: "damaged" };
  yield* truncations(log, step);
}

/** A byte changed, left out or preceded by another. */
function damagesAt(log: Uint8Array, at: number): Case[] {
  const old = log[at] ?? 0;
  const [before, after] = [log.subarray(0, at), log.subarray(at)];
  // Without its last LF, the last line is an unfinished one: it cannot be distinguished from a torn write.
  const status = at === log.length - 1 ? "torn" : "damaged";
  return [
    ...[old ^ 1, old === LF ? 0x20 : LF, 0xff].map((changed) => ({
      name: `byte ${at} is ${changed}`,
      bytes: log.with(at, changed),
      status,
    })),
    { name: `byte ${at} left out`, bytes: join(before, after.subarray(1)), status },
    ...[0x20, 0x30, LF].map((inserted) => ({
      name: `${inserted} before byte ${at}`,
      bytes: join(before, Uint8Array.of(inserted), after),
      status: "damaged",
    })),
  ];
}

/** Whole lines are a prefix; between the outcome of a run and the end of its realization, they are incomplete. */
function* truncations(log: Uint8Array, step: number): Generator<Case> {
  const isRealized = decoded(log).includes('"kind":"realization_started"');
  let events = 0, isUnfinished = false;
  for (let end = 0, start = 0; end < log.length; end++) {
    const isBoundary = end === 0 || log[end - 1] === LF;
    if (end > 0 && isBoundary) {
      events++;
      const line = decoded(log.subarray(start, end));
      if (line.includes('"kind":"outcome"')) isUnfinished = isRealized;
      if (line.includes('"status":"complete"')) isUnfinished = false;
      start = end;
    }
    if (!isBoundary && end % step !== 0) continue;
    const whole = isUnfinished ? "incomplete" : "prefix";
    const status = isBoundary ? whole : "torn";
    yield { name: `cut at byte ${end}`, bytes: log.subarray(0, end), status, events };
  }
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

Deno.test("a log with every kind of event that is damaged or cut at any byte gets the right verdict from both verifiers", async () => {
  const log = logBytes(REALIZED);
  const step = sized({ quick: 150, ci: 1 });
  const counts = await judgeAll(damages(log, step));
  assert(
    (counts.get("damaged") ?? 0) >=
      sized({ quick: 400, ci: 3 * log.length - 10, full: 7 * log.length - 10 }),
  );
  assertEquals(counts.get("complete"), undefined);
});

Deno.test("a log of 200 events that is damaged or cut gets the right verdict from both verifiers", async () => {
  const log = logBytes(returnedRun("simulate", { rounds: 90 }));
  assert(log.reduce((sum, byte) => byte === LF ? sum + 1 : sum, 0) >= 200);
  const step = sized({ quick: 600, ci: 11, full: 1 });
  const counts = await judgeAll(damages(log, step));
  assert((counts.get("damaged") ?? 0) >= DAMAGES_AT_BYTE * Math.floor(log.length / step) - 10);
  assertEquals(counts.get("complete"), undefined);
});

Deno.test("both verifiers say the same about random logs, valid and spoiled", async () => {
  const random = new Random(testSeed("second verifier", 15));
  const cases: Case[] = [];
  for (let round = 0; round < sized({ quick: 150, ci: 1_500, full: 2_500 }); round++) {
    const drafts = randomRun(random);
    const valid = new TextDecoder().decode(logBytes(drafts));
    cases.push({
      name: `round ${round}, valid:\n${valid}`,
      bytes: new TextEncoder().encode(valid),
    });
    const bytes = spoil(drafts, random);
    cases.push({ name: `round ${round}, spoiled:\n${new TextDecoder().decode(bytes)}`, bytes });
  }
  const counts = await judgeAll(cases);
  for (const status of ["complete", "prefix", "incomplete", "torn", "damaged"]) {
    assert((counts.get(status) ?? 0) >= cases.length / 100, `${status}: ${counts.get(status)}`);
  }
  assert((counts.get("damaged") ?? 0) <= cases.length / 2, "valid logs are not damaged");
});

Deno.test("both verifiers say the same about logs in which one member has an odd content", async () => {
  const random = new Random(testSeed("odd members", 15));
  const everyNth = sized({ quick: 40, ci: 4, full: 1 });
  const counts = await judgeAll(oddMembers(() => random.below(everyNth) === 0));
  assert((counts.get("complete") ?? 0) > 10);
  assert((counts.get("damaged") ?? 0) > 200);
});
