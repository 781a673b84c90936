/**
 * Summary traces: reading one, and making one of a log.
 *
 * @module
 */
export { parseSummary, type SummaryText } from "../store/projection/trace/parse_trace.ts";
export { type NoTrace, summaryTraceText } from "../store/projection/trace/trace_of_log.ts";
