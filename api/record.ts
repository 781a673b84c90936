/**
 * Execution into a log, with the engines that the program needs.
 *
 * @module
 */
export { type Engines, loadEngines } from "../dvm/api/engines.ts";
export type { SummaryTrace, TraceEffect } from "../dvm/event/summary_trace.ts";
export { type ExecutedEffect, type Execution, summaryTrace } from "../store/log/execution_form.ts";
export type { Sha256 } from "../store/file/sha256.ts";
export type { BlockTree } from "../store/log/block_tree.ts";
export { type ClosedLog, closedLogOf, type WrittenRun } from "../store/log/closed_log.ts";
export type { LogCounts, LogTally } from "../store/log/log_tally.ts";
export { type LogEnd, LogWriter } from "../store/log/writer.ts";
export { executeToLogWith, type LogRun, type RunProgress } from "../store/runs/record_execution.ts";
