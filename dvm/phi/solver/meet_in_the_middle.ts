/**
 * Meeting in the middle (Horowitz and Sahni 1974) for one sum over few values: the sorted sums of one half of the parts are
 * matched against those of the other half. It decides subset sums and knapsacks that bounds and linear programming cannot.
 *
 * @module
 */

/** One part of a sum: `coef` times an integer from `lo` to `hi`. */
export interface Part {
  readonly coef: number;
  readonly lo: number;
  readonly hi: number;
}

/** The most sums that one half may have. */
const HALF_MAX = 16_384;

/** The number of combinations of values of the parts. */
export function countSums(parts: readonly Part[]): number {
  return parts.reduce((count, { lo, hi }) => count * (hi - lo + 1), 1);
}

/** Whether the parts are few enough for {@link meetInTheMiddle}. */
export function isMeetFeasible(parts: readonly Part[]): boolean {
  return halvesOf(parts).every((half) => countSums(half) <= HALF_MAX);
}

/** Parts with many values come first; the first half is the longest that has at most as many sums as the rest. */
function halvesOf(parts: readonly Part[]): readonly [readonly Part[], readonly Part[]] {
  const sorted = parts.toSorted((a, b) => (b.hi - b.lo) - (a.hi - a.lo));
  let cut = 0;
  while (
    cut < sorted.length && countSums(sorted.slice(0, cut + 1)) <= countSums(sorted.slice(cut + 1))
  ) cut++;
  return [sorted.slice(0, cut), sorted.slice(cut)];
}

/** Values of the parts whose sum is from `lo` to `hi`; `undefined` if there are none. */
export function meetInTheMiddle(
  parts: readonly Part[],
  lo: number,
  hi: number,
): ReadonlyMap<Part, number> | undefined {
  const [front, back] = halvesOf(parts);
  const left = sumsOf(front), right = sumsOf(back);
  const descending = right.toSorted().reverse();
  let at = 0;
  for (const sum of left.toSorted()) {
    while (at < descending.length && sum + (descending[at] ?? 0) > hi) at++;
    const other = descending[at];
    if (other === undefined) return undefined;
    if (sum + other < lo) continue;
    return new Map([
      ...valuesOf(front, left.indexOf(sum)),
      ...valuesOf(back, right.indexOf(other)),
    ]);
  }
  return undefined;
}

/** All sums, the value of the first part varying fastest. */
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

/** The values that yield the sum at an index. */
function valuesOf(parts: readonly Part[], index: number): [Part, number][] {
  let rest = index;
  return parts.map((part) => {
    const count = part.hi - part.lo + 1;
    const value = part.lo + rest % count;
    rest = Math.floor(rest / count);
    return [part, value];
  });
}
