/**
 * One sum with few values, decided by meeting in the middle (Horowitz and Sahni 1974): all sums of one half of the parts are
 * sorted against all sums of the other half. Subset sums and knapsacks, which neither bounds nor linear programming see
 * through, end here.
 *
 * @module
 */

/** One part of a sum: `coef` times a whole number from `lo` to `hi`. */
export interface Part {
  readonly coef: number;
  readonly lo: number;
  readonly hi: number;
}

/** Sums that one half may have. */
const HALF_MAX = 8192;

/** Whether {@link meetInTheMiddle} may be asked: neither half has more than {@link HALF_MAX} sums. */
export function canMeet(parts: readonly Part[]): boolean {
  const half = splitAt(parts);
  return countSums(parts.slice(0, half)) <= HALF_MAX && countSums(parts.slice(half)) <= HALF_MAX;
}

/** How many sums the parts have, equal ones counted each. */
export function countSums(parts: readonly Part[]): number {
  return parts.reduce((count, { lo, hi }) => count * (hi - lo + 1), 1);
}

/** Where the halves part: the first half is the longest with no more sums than the rest. */
function splitAt(parts: readonly Part[]): number {
  let half = 0;
  while (
    half < parts.length && countSums(parts.slice(0, half + 1)) <= countSums(parts.slice(half + 1))
  ) half++;
  return half;
}

/** Values of the parts with which their sum lies from `lo` to `hi`; `undefined` when there are none. */
export function meetInTheMiddle(
  parts: readonly Part[],
  lo: number,
  hi: number,
): readonly number[] | undefined {
  const half = splitAt(parts);
  const front = parts.slice(0, half), back = parts.slice(half);
  const left = sumsOf(front), right = sumsOf(back);
  const descending = right.toSorted().reverse();
  let at = 0;
  for (const sum of left.toSorted()) {
    while (at < descending.length && sum + (descending[at] ?? 0) > hi) at++;
    const other = descending[at];
    if (other === undefined) return undefined;
    if (sum + other >= lo) {
      return [...valuesOf(front, left.indexOf(sum)), ...valuesOf(back, right.indexOf(other))];
    }
  }
  return undefined;
}

/** All sums, the first part's value changing fastest. */
function sumsOf(parts: readonly Part[]): Float64Array {
  let sums = new Float64Array(1);
  for (const { coef, lo, hi } of parts) {
    const count = sums.length;
    const next = new Float64Array(count * (hi - lo + 1));
    for (let value = lo; value <= hi; value++) {
      const base = (value - lo) * count;
      for (let i = 0; i < count; i++) next[base + i] = (sums[i] ?? 0) + coef * value;
    }
    sums = next;
  }
  return sums;
}

/** The values behind a sum's index. */
function valuesOf(parts: readonly Part[], index: number): number[] {
  let rest = index;
  return parts.map(({ lo, hi }) => {
    const count = hi - lo + 1;
    const value = lo + rest % count;
    rest = Math.floor(rest / count);
    return value;
  });
}
