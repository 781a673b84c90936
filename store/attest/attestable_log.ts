/**
 * Verifies a log and reads its tree, for everything that compares it with notes.
 *
 * @module
 */
import { type Result, success } from "../../dvm/base/result.ts";
import type { OutcomeEvent } from "../../dvm/event/event.ts";
import type { Readable } from "../file/byte_file.ts";
import type { LogDamage } from "../log/log_damage.ts";
import { scanLog } from "../log/scan.ts";
import { type DamagedLog, judgeLog, type LogVerdict } from "../log/verify.ts";
import type { LogTree } from "./log_tree.ts";
import { readLogTree } from "./read_log_tree.ts";

/** An undamaged log. */
export interface AttestableLog {
  /** The verdict on the log by itself. */
  readonly verdict: Exclude<LogVerdict, DamagedLog>;
  /** Its blocks; of a torn log, those of its whole lines. */
  readonly tree: LogTree;
  /** The status of the outcome; `undefined` if there is none. */
  readonly outcome: OutcomeEvent["status"] | undefined;
}

/** Verifies a log and reads its tree. Fails if it is damaged. */
export function attestableLog(log: Readable): Result<AttestableLog, LogDamage> {
  const scanned = scanLog(log);
  if (!scanned.ok) return scanned;
  const { outcome } = scanned.value;
  return success({
    verdict: judgeLog(scanned.value),
    tree: readLogTree(log, scanned.value),
    outcome: outcome?.status,
  });
}
