/**
 * Summaries of stored runs.
 *
 * @module
 */
import type { Result } from "../../dvm/base/result.ts";
import { ReadableFile } from "../file/host_file.ts";
import type { LogDamage } from "../log/scan.ts";
import { type LogSummary, summarizeLog } from "../log/summary.ts";
import type { StoredRun } from "./run_store.ts";

/** A stored run with the summary of its log. */
export interface ListedRun extends StoredRun {
  /** `value` is `undefined` if the log does not have one whole line. */
  readonly summary: Result<LogSummary | undefined, LogDamage>;
}

/** Reads the summary of a stored run. */
export function summarizeRun(run: StoredRun): ListedRun {
  const source = new ReadableFile(run.path);
  try {
    return { ...run, summary: summarizeLog(source) };
  } finally {
    source.close();
  }
}
