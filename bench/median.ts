/**
 * The middle of repeated measurements.
 *
 * @module
 */

/** The median, the upper of the two in the middle where there are two; NaN of nothing. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
