/**
 * Records in a store that the log of one of its runs was closed, for whoever did not begin the run: `resume` and `abandon`.
 *
 * @module
 */
import { type Result, success } from "../../dvm/base/result.ts";
import { fileNameOf, folderOf } from "../file/path.ts";
import type { ClosedLog } from "../log/closed_log.ts";
import { historyOf, type StoreDamage } from "./store_history.ts";
import { parseLogName } from "./store_line.ts";
import { StoreLog } from "./store_log.ts";
import type { RecordedRun } from "./store_rules.ts";

/**
 * Records what the log at an absolute path is, unless that is recorded already, or the log is not that of a run that a store began.
 */
export function recordClosed(path: string, closed: ClosedLog): Result<undefined, StoreDamage> {
  const store = folderOf(folderOf(path));
  const name = fileNameOf(path);
  const number = parseLogName(name)?.number;
  if (number === undefined) return success(undefined);
  const history = historyOf(store);
  if (!history.ok) return history;
  const run = history.value?.runs.get(number);
  if (run === undefined || run.file !== name || run.removed) return success(undefined);
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

function isRecorded({ closed }: RecordedRun, { blocks }: ClosedLog): boolean {
  return closed.at(-1)?.blocks === blocks;
}
