/**
 * The rows of the tables that the benchmarks print.
 *
 * @module
 */
import type { ProcessRun } from "./process.ts";

const NAME_COLUMNS = 44;

/** Prints a row: what was measured, its time, and a note. */
export function row(name: string, seconds: number, note: string, columns = NAME_COLUMNS): void {
  console.log(`  ${name.padEnd(columns)} ${milliseconds(seconds).padStart(10)}  ${note}`);
}

/** A time, `12 ms`. */
export function milliseconds(seconds: number): string {
  return `${(1_000 * seconds).toFixed(0)} ms`;
}

/** The memory of a process, `90 MB peak`. */
export function peak({ peakMb }: Pick<ProcessRun, "peakMb">): string {
  return peakMb === undefined ? "memory unknown here" : `${peakMb.toFixed(0)} MB peak`;
}
