/**
 * Comparing two logs or traces.
 *
 * @module
 */
export { DIFF_CAUSES, type DiffCause } from "../store/projection/diff/cause.ts";
export {
  DIFF_LEVELS,
  DIFF_TOPICS,
  type DiffLevel,
  type DiffTopic,
} from "../store/projection/diff/comparison.ts";
export { diffLogs } from "../store/projection/diff/diff.ts";
export type {
  DiffDamage,
  Difference,
  DiffOptions,
  DiffRecord,
  DiffReport,
  DiffSide,
} from "../store/projection/diff/report.ts";
export { type DiffCount } from "../store/projection/diff/tally.ts";
export { diffTraces, type TraceSide } from "../store/projection/diff/diff_traces.ts";
