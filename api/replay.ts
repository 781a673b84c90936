/**
 * Replay: executing again what a log or a trace records, and comparing.
 *
 * @module
 */
export { REPLAY_CAUSES, type ReplayCause } from "../store/projection/replay/cause.ts";
export { replayLog, type ReplayOptions } from "../store/projection/replay/replay.ts";
export {
  type Diverged,
  type ReplayBase,
  type ReplayReport,
  type Reproduced,
  type ReproducedPrefix,
} from "../store/projection/replay/report.ts";
export {
  replaySummary,
  type SummaryReplayOptions,
  type SummaryReplayReport,
} from "../store/projection/replay/replay_trace.ts";
