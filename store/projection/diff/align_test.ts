import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { Random } from "../../../campaign/random.ts";
import { sized, testSeed } from "../../../tests/support/size.ts";
import { type RawRecord, recordOf } from "../../log/raw_record.ts";
import { alignRecords, type DiffStep } from "./align.ts";
import { findAnchor } from "./anchor.ts";
import { DiffComparison, parseIgnored } from "./comparison.ts";
import { Lookahead, type RecordSource } from "./lookahead.ts";
import { stepOf, withoutNumbering } from "./numbering.ts";

const CASES = sized({ quick: 1_500, ci: 6_000 });

function sourceOf(records: readonly RawRecord[]): RecordSource {
  let at = 0;
  return { next: () => records[at++] };
}

/** A short log over few places, names and values, so that many alignments are possible. */
function randomRecords(random: Random): readonly RawRecord[] {
  return Array.from({ length: random.below(16) }, (_, seq) => {
    const at = `main.body[${random.below(4)}]`;
    const set = `{"${random.pick(["x", "y"])}":{"Int":${random.below(3)}}}`;
    const text = random.oneIn(4)
      ? `{"seq":${seq},"kind":"effect","at":"${at}","index":${
        random.below(3)
      },"effect":"emit","value":{"Int":${random.below(2)}},"payload":"0"}`
      : `{"seq":${seq},"kind":"stmt","at":"${at}","set":${set}}`;
    return recordOf({ text, offset: seq }, seq + 1);
  });
}

interface Tokens {
  readonly content: string;
  readonly step: string;
}

function tokensOf(records: readonly RawRecord[], places: boolean): readonly Tokens[] {
  return records.map(({ kind, body }) => ({
    content: withoutNumbering(kind, body, { places }),
    step: stepOf(kind, body, { places }),
  }));
}

/** The least cost of an alignment, from the table of all. */
function leastCost(a: readonly Tokens[], b: readonly Tokens[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => 2 * j);
  for (const [i, x] of a.entries()) {
    const next = [2 * (i + 1)];
    for (const [j, y] of b.entries()) {
      const pair = x.content === y.content ? 0 : x.step === y.step ? 3 : Infinity;
      next.push(
        Math.min((row[j] ?? 0) + pair, (row[j + 1] ?? 0) + 2, (next[j] ?? 0) + 2),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function differencesOf(
  a: readonly RawRecord[],
  b: readonly RawRecord[],
  places: boolean,
): readonly DiffStep[] {
  const comparison = new DiffComparison("trace", parseIgnored([]), { places });
  const steps = [...alignRecords(sourceOf(a), sourceOf(b), comparison)];
  return steps.map((step) => {
    assert(step.kind === "difference", "short logs are aligned to the end, one by one");
    return step;
  });
}

function costOf({ topic, left, right }: DiffStep): number {
  if (left === undefined || right === undefined) return 2;
  return topic === "numbering" ? 0 : 3;
}

/** The left records with the differences applied: what only the left has is removed, and so on. */
function patched(a: readonly RawRecord[], differences: readonly DiffStep[]): readonly RawRecord[] {
  let result: readonly RawRecord[] = [];
  let next = 0;
  for (const { left, right } of differences) {
    const stop = left === undefined ? undefined : a.indexOf(left);
    if (stop !== undefined) {
      result = [...result, ...a.slice(next, stop)];
      next = stop + 1;
    }
    if (right !== undefined) {
      // What both have is before it, as many records as the right side counts.
      while (stop === undefined && result.length < right.seq) {
        const kept = a[next++];
        assert(kept !== undefined);
        result = [...result, kept];
      }
      result = [...result, right];
    }
  }
  return [...result, ...a.slice(next)];
}

const mirrorOf = ({ topic, left, right }: DiffStep) => ({ topic, left: right, right: left });
const plain = ({ topic, left, right }: DiffStep) => ({ topic, left, right });
const keyOf = (step: { topic: string; left: unknown; right: unknown }) => JSON.stringify(step);

Deno.test(`alignRecords() finds the least cost for ${CASES} pairs of short logs, edits one into the other, and is symmetric`, () => {
  const random = new Random(testSeed("alignment", 20_261_129));
  for (let count = 0; count < CASES; count++) {
    const [a, b] = [randomRecords(random), randomRecords(random)];
    const places = random.oneIn(2);
    const told = `${JSON.stringify([a, b].map((side) => side.map(({ body }) => body)))} ${places}`;
    const differences = differencesOf(a, b, places);
    const cost = differences.reduce((sum, step) => sum + costOf(step), 0);
    assertStrictEquals(cost, leastCost(tokensOf(a, places), tokensOf(b, places)), told);
    assertEquals(
      patched(a, differences).map(({ body }) => body),
      b.map(({ body }) => body),
      told,
    );
    const back = differencesOf(b, a, places).map(mirrorOf).map(keyOf).toSorted();
    assertEquals(back, differences.map(plain).map(keyOf).toSorted(), told);
    assertEquals(differencesOf(a, a, places), []);
  }
});

/** Records that set a variable to the numbers from `first` on. */
function numbersFrom(first: number, count: number): readonly RawRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const text = `{"seq":0,"kind":"stmt","at":"main.body[0]","set":{"x":{"Int":${first + index}}}}`;
    return recordOf({ text, offset: 0 }, 1);
  });
}

Deno.test("findAnchor() finds the nearest run of equal records, and in each sequence the first", () => {
  const comparison = new DiffComparison("trace", parseIgnored([]), { places: true });
  const ahead = (...parts: readonly (readonly RawRecord[])[]) =>
    new Lookahead(sourceOf(parts.flat()), comparison);
  const [near, far] = [numbersFrom(1_000, 20), numbersFrom(2_000, 20)];
  const left = ahead(numbersFrom(10_000, 100), far, numbersFrom(20_000, 20), near, near);
  const right = ahead(numbersFrom(30_000, 50), near, numbersFrom(40_000, 80), far);
  assertEquals(findAnchor(left, right), { left: 140, right: 50 });
  assertEquals(findAnchor(right, left), { left: 50, right: 140 });
  const [short, other] = [numbersFrom(0, 15), numbersFrom(5_000, 100)];
  assertEquals(findAnchor(ahead(near, short), ahead(other, short)), undefined, "15 are too few");
});
