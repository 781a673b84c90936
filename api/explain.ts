/**
 * Why the program of a log does or does not exist.
 *
 * @module
 */
export {
  type ConflictStatement,
  type Evidence,
  explainLog,
  type LogExplanation,
} from "../store/projection/explain/explain_run.ts";
