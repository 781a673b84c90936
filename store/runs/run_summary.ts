/**
 * Runs of the store at a glance.
 *
 * @module
 */
import type { Result } from "../../dvm/base/result.ts";
import { ReadableFile } from "../file/host_file.ts";
import type { LogDamage } from "../log/scan.ts";
import { type LogSummary, summarizeLog } from "../log/summary.ts";
import type { StoredRun } from "./run_store.ts";

/** A stored run at a glance; `summary.value` is `undefined` when the log has not one whole line. */
export interface ListedRun extends StoredRun {
  readonly summary: Result<LogSummary | undefined, LogDamage>;
}

/** The summary of a stored run. */
export function summarizeRun(run: StoredRun): ListedRun {
  const source = new ReadableFile(run.path);
  try {
    return { ...run, summary: summarizeLog(source) };
  } finally {
    source.close();
  }
}
