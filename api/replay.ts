/**
 * Replay: executing again what a log or a trace records, and comparing.
 *
 * @module
 */
export { replayLog, type ReplayOptions } from "../store/projection/replay/replay.ts";
export { type Diverged, type ReplayReport } from "../store/projection/replay/report.ts";
export {
  replaySummary,
  type SummaryReplayReport,
} from "../store/projection/replay/replay_trace.ts";
