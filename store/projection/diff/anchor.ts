/**
 * Where two sequences of records agree again after more differences than `stretch.ts` searches: a removed or inserted block, or
 * one that was moved.
 *
 * @module
 */
import type { Lookahead } from "./lookahead.ts";

/** So many equal records in a row are taken for the same part of both executions. */
const RUN_RECORDS = 16;
/** How far is looked, in records of each side; nearer places first. */
const DISTANCES = [1_024, 8_192, 65_536];

/** A place in both sequences, as numbers of records from their first. */
export interface Anchor {
  readonly left: number;
  readonly right: number;
}

/** The nearest place at which both sequences have the same records in a row; `undefined` if none is near enough. */
export function findAnchor(left: Lookahead, right: Lookahead): Anchor | undefined {
  const numbers = new Map<string, number>();
  for (const distance of DISTANCES) {
    const a = runsOf(left, distance, numbers), b = runsOf(right, distance, numbers);
    const anchor = nearest(a, b);
    if (anchor !== undefined) return anchor;
    const isWhole = left.peek(distance) === undefined && right.peek(distance) === undefined;
    if (isWhole) return undefined;
  }
  return undefined;
}

/** For each record, the hash of it and of those after it, as many as make a run; and the number of its content. */
interface Runs {
  readonly contents: readonly number[];
  readonly hashes: readonly number[];
}

function runsOf(source: Lookahead, count: number, numbers: Map<string, number>): Runs {
  const contents: number[] = [];
  for (let index = 0; index < count; index++) {
    const content = source.peek(index)?.content();
    if (content === undefined) break;
    const number = numbers.get(content) ?? numbers.size;
    numbers.set(content, number);
    contents.push(number);
  }
  const hashes: number[] = [];
  let hash = 0;
  for (const [index, number] of contents.entries()) {
    hash = Math.imul(hash, FACTOR) + number + 1 | 0;
    const gone = contents[index - RUN_RECORDS];
    if (gone !== undefined) hash = hash - Math.imul(gone + 1, FACTOR_OF_RUN) | 0;
    if (index >= RUN_RECORDS - 1) hashes.push(hash);
  }
  return { contents, hashes };
}

const FACTOR = 0x01000193;
const FACTOR_OF_RUN = Array.from({ length: RUN_RECORDS }).reduce<number>(
  (power) => Math.imul(power, FACTOR),
  1,
);

/** The place with the fewest records before it on both sides together. */
function nearest(a: Runs, b: Runs): Anchor | undefined {
  const first = new Map<number, number>();
  for (const [index, hash] of a.hashes.entries()) {
    if (!first.has(hash)) first.set(hash, index);
  }
  let found: Anchor | undefined;
  for (const [right, hash] of b.hashes.entries()) {
    if (found !== undefined && right >= found.left + found.right) break;
    const left = first.get(hash);
    if (left === undefined || !isSameRun(a, b, { left, right })) continue;
    if (found === undefined || left + right < found.left + found.right) found = { left, right };
  }
  return found;
}

function isSameRun(a: Runs, b: Runs, { left, right }: Anchor): boolean {
  for (let index = 0; index < RUN_RECORDS; index++) {
    if (a.contents[left + index] !== b.contents[right + index]) return false;
  }
  return true;
}
