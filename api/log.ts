/**
 * Whole logs: reading, repairing, following and summing up.
 *
 * @module
 */
export { type CorruptLine, decodeEvent, encodeEvent } from "../store/codec/codec.ts";
export { followLog } from "../store/log/follow.ts";
export { readLog } from "../store/log/reader.ts";
export {
  type EmptyLog,
  type OpenedLog,
  openForAppend,
  type TornTails,
} from "../store/log/recover.ts";
export type { LogTail } from "../store/log/lines.ts";
export type { Realization } from "../store/log/realization_progress.ts";
export { type LogSummary, summarizeLog } from "../store/log/summary.ts";
export { type ListedRun, summarizeRun } from "../store/runs/run_summary.ts";
export { tornTailsOf } from "../store/runs/torn_tail.ts";
