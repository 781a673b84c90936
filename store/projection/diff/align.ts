/**
 * Aligns two sequences of records after their first difference. Within a window the alignment has minimal cost: equal records cost
 * nothing, the same step with other values costs 3, a record on one side only costs 2. Windows follow one another, so memory does
 * not grow with the logs.
 *
 * @module
 */
import {
  type DiffComparison,
  type DiffTopic,
  stepOf,
  topicOf,
  withoutNumbering,
} from "./comparison.ts";
import type { RawRecord } from "../../log/raw_record.ts";

/** One difference. `left` or `right` is `undefined` if only the other log has the record. */
export interface DiffStep {
  readonly topic: DiffTopic;
  readonly left: RawRecord | undefined;
  readonly right: RawRecord | undefined;
}

/** Yields records one at a time; `undefined` at the end. */
export interface RecordSource {
  next(): RawRecord | undefined;
}

/** Number of records of each side in one alignment. The cost table has the square of it. */
const WINDOW = 192;

/** Every difference between two sequences, in order. Records that differ only in numbering have the topic `numbering`. */
export function* alignRecords(
  left: RecordSource,
  right: RecordSource,
  comparison: DiffComparison,
): Generator<DiffStep, void> {
  const a = new Lookahead(left, comparison);
  const b = new Lookahead(right, comparison);
  for (;;) {
    const [x, y] = [a.peek(0), b.peek(0)];
    if (x === undefined && y === undefined) return;
    if (x !== undefined && y !== undefined) {
      if (comparison.equal(x, y)) {
        a.drop(1);
        b.drop(1);
        continue;
      }
      if (differInNumberingOnly(comparison, x, y)) {
        yield { topic: "numbering", left: x, right: y };
        a.drop(1);
        b.drop(1);
        continue;
      }
    }
    yield* alignWindow(a, b, comparison);
  }
}

function differInNumberingOnly(comparison: DiffComparison, x: RawRecord, y: RawRecord): boolean {
  return withoutNumbering(comparison.comparedText(x)) ===
    withoutNumbering(comparison.comparedText(y));
}

/** Aligns the windows and consumes only their first part, since the best alignment of the rest depends on later records. */
function* alignWindow(
  a: Lookahead,
  b: Lookahead,
  comparison: DiffComparison,
): Generator<DiffStep, void> {
  const left = a.fill(WINDOW), right = b.fill(WINDOW);
  const steps = cheapestAlignment(left, right, comparison);
  const isEnd = left.length < WINDOW && right.length < WINDOW;
  let dropA = 0, dropB = 0, equal = 0;
  for (const { i, j } of steps) {
    const x = i === undefined ? undefined : left[i];
    const y = j === undefined ? undefined : right[j];
    if (x !== undefined) dropA++;
    if (y !== undefined) dropB++;
    if (x !== undefined && y !== undefined && comparison.equal(x, y)) equal++;
    else {
      equal = 0;
      const isNumbering = x !== undefined && y !== undefined &&
        differInNumberingOnly(comparison, x, y);
      const record = x ?? y;
      if (record === undefined) continue;
      yield { topic: isNumbering ? "numbering" : topicOf(record), left: x, right: y };
    }
    const isFarEnough = dropA >= WINDOW / 2 || dropB >= WINDOW / 2;
    if (!isEnd && (isFarEnough || equal >= RESYNC_RECORDS)) break;
  }
  a.drop(dropA);
  b.drop(dropB);
}

/** After this many equal records in a row the sequences are in step again. */
const RESYNC_RECORDS = 8;

/** A pair of indices; one of them is `undefined` if only the other side has a record. */
interface Pairing {
  readonly i: number | undefined;
  readonly j: number | undefined;
}

const SKIP = 2, CHANGE = 3, FORBIDDEN = 5;

/** The alignment of minimal cost, by dynamic programming from the end. */
function cheapestAlignment(
  left: readonly RawRecord[],
  right: readonly RawRecord[],
  comparison: DiffComparison,
): Pairing[] {
  const names = new Map<string, number>();
  const number = (text: string) => {
    const known = names.get(text) ?? names.size;
    names.set(text, known);
    return known;
  };
  const describe = (record: RawRecord) => ({
    content: number(`=${withoutNumbering(comparison.comparedText(record))}`),
    step: number(`@${stepOf(record)}`),
  });
  const a = left.map(describe), b = right.map(describe);
  const width = b.length + 1;
  const cost = new Uint32Array((a.length + 1) * width);
  const pairCost = (i: number, j: number) => {
    const x = a[i], y = b[j];
    if (x?.content === y?.content) return 0;
    return x?.step === y?.step ? CHANGE : FORBIDDEN;
  };
  const at = (i: number, j: number) => cost[i * width + j] ?? 0;
  for (let i = a.length; i >= 0; i--) {
    for (let j = b.length; j >= 0; j--) {
      if (i === a.length || j === b.length) {
        cost[i * width + j] = SKIP * (a.length - i + b.length - j);
        continue;
      }
      cost[i * width + j] = Math.min(
        at(i + 1, j + 1) + pairCost(i, j),
        at(i + 1, j) + SKIP,
        at(i, j + 1) + SKIP,
      );
    }
  }
  const pairings: Pairing[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const here = at(i, j);
    const isPair = i < a.length && j < b.length && here === at(i + 1, j + 1) + pairCost(i, j);
    if (isPair) pairings.push({ i: i++, j: j++ });
    else if (i < a.length && here === at(i + 1, j) + SKIP) {
      pairings.push({ i: i++, j: undefined });
    } else pairings.push({ i: undefined, j: j++ });
  }
  return pairings;
}

/** A buffer of records ahead of the comparison. */
class Lookahead {
  readonly #source: RecordSource;
  readonly #comparison: DiffComparison;
  #records: RawRecord[] = [];
  #first = 0;

  constructor(source: RecordSource, comparison: DiffComparison) {
    this.#source = source;
    this.#comparison = comparison;
  }

  peek(index: number): RawRecord | undefined {
    while (this.#records.length - this.#first <= index) {
      const record = this.#source.next();
      if (record === undefined) return undefined;
      if (this.#comparison.includes(record)) this.#records.push(record);
    }
    return this.#records[this.#first + index];
  }

  /** Up to `count` records from the front. */
  fill(count: number): readonly RawRecord[] {
    this.peek(count - 1);
    return this.#records.slice(this.#first, this.#first + count);
  }

  drop(count: number): void {
    this.#first += count;
    if (this.#first < WINDOW) return;
    this.#records = this.#records.slice(this.#first);
    this.#first = 0;
  }
}
