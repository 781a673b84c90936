/**
 * Replay: executing again what a log or a trace records, and comparing.
 *
 * @module
 */
export {
  type Diverged,
  replayLog,
  type ReplayOptions,
  type ReplayReport,
} from "../store/projection/replay/replay.ts";
export {
  replaySummary,
  type SummaryReplayReport,
} from "../store/projection/replay/replay_trace.ts";
