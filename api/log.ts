/**
 * Whole logs: reading, verifying, repairing, following and summing up.
 *
 * @module
 */
export { type CorruptLine, decodeEvent, encodeEvent } from "../store/codec/codec.ts";
export { followLog } from "../store/log/follow.ts";
export { type OldForm, oldFormOf } from "../store/log/log_line.ts";
export { readLog } from "../store/log/reader.ts";
export {
  type EmptyLog,
  type OpenedLog,
  openForAppend,
  type TornTails,
} from "../store/log/recover.ts";
export type { Realization } from "../store/log/event_order.ts";
export type { LogTail } from "../store/log/lines.ts";
export type { ScannedLog } from "../store/log/scan.ts";
export type { LogDamage } from "../store/log/log_damage.ts";
export { type LogSummary, summarizeLog } from "../store/log/summary.ts";
export {
  checkpointOf,
  type CompleteLog,
  type CountedLog,
  type DamagedLog,
  type ExternalCheckpoint,
  type IncompleteLog,
  type LogVerdict,
  parseCheckpointLine,
  type PrefixLog,
  renderCheckpointLine,
  type TornLog,
  verifyLog,
} from "../store/log/verify.ts";
export { type ListedRun, summarizeRun } from "../store/runs/run_summary.ts";
export { tornTailsOf } from "../store/runs/torn_tail.ts";
