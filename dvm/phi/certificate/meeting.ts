/**
 * Meeting in the middle, for the checker: whether a sum over few values has one within a range.
 *
 * @module
 */
import { max } from "./ranges.ts";
import type { RefutedCase } from "./refuted_case.ts";
import { partsOf, type View } from "./views.ts";

/** Whether no values of the parts of a variable add up to within its bounds, by meeting in the middle. */
export function hasNoSum(of: RefutedCase, variable: View): boolean {
  const [lo, hi] = of.rangeOf(variable), halves = [[0n], [0n]];
  const parts = partsOf(variable).map((part) => {
    const [from, to] = of.rangeOf(part), step = max(part.scale, -part.scale);
    return { from, step, size: (to - from) / step + 1n };
  });
  for (const { from, step, size } of parts.sort((a, b) => Number(a.size - b.size))) {
    const index = halves.findIndex((sums) => BigInt(sums.length) * size <= 1n << 14n);
    of.spend(index < 0 ? Infinity : 1 << 14);
    const addends = Array.from({ length: Number(size) }, (_, i) => from + step * BigInt(i));
    halves[index] = halves[index]?.flatMap((sum) => addends.map((each) => sum + each)) ?? [];
  }
  const [right = [], left = []] = halves.map((sums) => sums.sort((a, b) => a < b ? -1 : 1));
  return !left.some((sum) => {
    while (right.length > 0 && sum + (right.at(-1) ?? 0n) > hi) right.pop();
    return right.length > 0 && sum + (right.at(-1) ?? 0n) >= lo;
  });
}
