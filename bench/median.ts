/**
 * The median of repeated measurements.
 *
 * @module
 */

/** The median, for an even number the upper of the two middle values; NaN for an empty list. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
