/**
 * Whole logs: reading, verifying, repairing, following and summing up.
 *
 * @module
 */
export { type CorruptLine, decodeEvent, encodeEvent } from "../store/codec/codec.ts";
export { followLog } from "../store/log/follow.ts";
export { readLog } from "../store/log/reader.ts";
export { type OpenedLog, openForAppend, type TornTails } from "../store/log/recover.ts";
export type { LogDamage } from "../store/log/scan.ts";
export { type LogSummary, summarizeLog } from "../store/log/summary.ts";
export {
  checkpointOf,
  type ExternalCheckpoint,
  type LogVerdict,
  parseCheckpointLine,
  renderCheckpointLine,
  verifyLog,
} from "../store/log/verify.ts";
export { type ListedRun, summarizeRun } from "../store/runs/run_summary.ts";
export { tornTailsOf } from "../store/runs/torn_tail.ts";
