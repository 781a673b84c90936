/**
 * Records in a store that the log of one of its runs was closed, for whoever did not begin the run: `resume` and `abandon`.
 *
 * @module
 */
import { assert, type Result, success } from "../../dvm/base/result.ts";
import { attestableLog } from "../attest/attestable_log.ts";
import type { Readable } from "../file/byte_file.ts";
import { fileNameOf, folderOf } from "../file/path.ts";
import { historyOf, type StoreDamage } from "./store_history.ts";
import { type ClosedLog, parseLogName } from "./store_line.ts";
import { StoreLog } from "./store_log.ts";
import type { RecordedRun } from "./store_rules.ts";

/**
 * Records what a run's log is, unless that is recorded already, or the log is not that of a run that a store began. The log must be
 * undamaged, and `path` absolute.
 */
export function recordClosed(path: string, log: Readable): Result<undefined, StoreDamage> {
  const store = folderOf(folderOf(path));
  const name = fileNameOf(path);
  const number = parseLogName(name)?.number;
  if (number === undefined) return success(undefined);
  const history = historyOf(store);
  if (!history.ok) return history;
  const run = history.value?.runs.get(number);
  if (run === undefined || run.file !== name || run.removed) return success(undefined);
  const closed = closedLogOf(log);
  if (isRecorded(run, closed)) return success(undefined);
  const storeLog = StoreLog.open(store, () => run.number);
  try {
    const recorded = storeLog.close(run.number, closed);
    if (!recorded.ok) return recorded;
    storeLog.sync();
    return success(undefined);
  } finally {
    storeLog.release();
  }
}

/** What is recorded of an undamaged log when it is closed. */
export function closedLogOf(log: Readable): ClosedLog {
  const read = attestableLog(log);
  assert(read.ok, "the log is not damaged");
  const { verdict: { blocks, root }, tree, outcome } = read.value;
  return {
    blocks,
    root,
    ...(tree.outcome === undefined ? {} : { identity: tree.outcome.identity }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

function isRecorded({ closed }: RecordedRun, { blocks }: ClosedLog): boolean {
  return closed.at(-1)?.blocks === blocks;
}
