/**
 * Summaries of stored runs.
 *
 * @module
 */
import type { Result } from "../../dvm/base/result.ts";
import { ReadableFile } from "../file/host_file.ts";
import { type OldForm, oldFormOf } from "../log/log_line.ts";
import type { LogDamage } from "../log/log_damage.ts";
import { type LogSummary, summarizeLog } from "../log/summary.ts";
import type { StoredRun } from "./run_store.ts";

/** A stored run with the summary of its log. */
export interface ListedRun extends StoredRun {
  /** The earlier form of its log; `undefined` unless it has one, and then `summary` is a failure. */
  readonly form: OldForm | undefined;
  /** `value` is `undefined` if the log does not have one whole line. */
  readonly summary: Result<LogSummary | undefined, LogDamage>;
}

/** Reads the summary of a stored run. */
export function summarizeRun(run: StoredRun): ListedRun {
  const source = new ReadableFile(run.path);
  try {
    return { ...run, form: oldFormOf(source), summary: summarizeLog(source) };
  } finally {
    source.close();
  }
}
