/**
 * dustrun: the reference executor of the Dust Programming Language, as a library. Everything here is pure and synchronous
 * unless it says otherwise; failures are values.
 *
 * @example
 * ```ts
 * import { executeText, summaryTrace } from "./mod.ts";
 * const text = `{"forges":[{"name":"Demo","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],
 *   "uses":[],"ret":"i64","qualifiers":[],"body":[
 *     {"Effect":{"kind":"emit","payload":"\\"Hello, Dust!\\""}},{"Return":{"expr":"0"}}]}]}]}`;
 * const trace = summaryTrace(executeText(text));
 * if (JSON.stringify(trace) !==
 *   '{"returned":{"Int":0},"effects":{"events":[{"kind":"emit","payload":"Hello, Dust!"}]},"time":{"tick":1}}') {
 *   throw new Error();
 * }
 * ```
 *
 * @module
 */
export type { CodeEntry } from "./dvm/diagnostic/entry.ts";
export { findCode, REGISTRY } from "./dvm/diagnostic/registry.ts";
export { check } from "./dvm/dir/check.ts";
export { load } from "./dvm/dir/load.ts";
export { entryCandidates } from "./dvm/dir/lookup.ts";
export type { ArtifactSource, Program } from "./dvm/dir/model.ts";
export type { Diagnostic, FailureKind, Mark } from "./dvm/failure.ts";
export { DEFAULT_LIMITS, type Limits } from "./dvm/limits.ts";
export type { EffectRoute, ResourceOffer } from "./dvm/machine/event.ts";
export type { Environment, PlainArgument, RunInput, Semantics } from "./dvm/machine/input.ts";
export { initialState, type State } from "./dvm/machine/state.ts";
export type { SummaryTrace, TraceEffect } from "./dvm/machine/trace.ts";
export type { WireEvent } from "./dvm/machine/wire_event.ts";
export type { Result } from "./dvm/result.ts";
export { VERSION } from "./dvm/version.ts";
export { encodeWireValue, type WireFields, type WireValue } from "./dvm/wire_value.ts";
export { type CorruptLine, decodeEvent, encodeEvent } from "./store/codec.ts";
export {
  execute,
  executeArtifacts,
  type ExecutedEffect,
  executeText,
  type Execution,
  renderHost01,
  summaryTrace,
} from "./store/execute.ts";
export { type Appendable, MemoryFile, type Readable } from "./store/appendable.ts";
export { AppendableFile, HeldFolder, ReadableFile } from "./store/file_appendable.ts";
export { asideOf } from "./store/file_aside.ts";
export {
  createRun,
  DEFAULT_STORE,
  labelOf,
  type ListedRun,
  listRuns,
  type NewRun,
  type NoSuchRun,
  resolveLog,
  type StoredRun,
  summarizeRun,
} from "./store/file_run_store.ts";
export { readLog } from "./store/log_reader.ts";
export type { LogDamage } from "./store/log_scan.ts";
export { type LogSummary, summarizeLog } from "./store/log_summary.ts";
export { type Aside, type OpenedLog, openForAppend } from "./store/recover_log.ts";
export { LogWriter } from "./store/log_writer.ts";
export {
  checkpointOf,
  type ExternalCheckpoint,
  type LogVerdict,
  parseCheckpointLine,
  renderCheckpointLine,
  verifyLog,
} from "./store/verify_log.ts";
export { executeToLog, type LogRun } from "./store/run_log.ts";
export {
  type AuditedEffect,
  type AuditFinding,
  auditLog,
  type LogAudit,
} from "./store/audit/audit_log.ts";
export type { LifelineEntry } from "./store/audit/lifeline.ts";
export { type ByteStream, type Disk, HOST_DISK } from "./store/realize/disk.ts";
export { realizeResolved, type ResolvedRun } from "./store/realize/first_realization.ts";
export { isReplaceable } from "./store/realize/logged_run.ts";
export type { Streams } from "./store/realize/open_sinks.ts";
export type { Realized } from "./store/realize/realize.ts";
export {
  EFFECT_KINDS,
  parseRealizer,
  parseRoute,
  type Realizer,
  type Routes,
  routesOf,
} from "./store/realize/realizer.ts";
export { type Resumed, type ResumeFailure, resumeLog } from "./store/realize/resume.ts";
export { evolve, fold } from "./store/projection.ts";
export { parsePlain, type PlainFailure } from "./dvm/machine/plain_json.ts";
export { type Diverged, replayLog, type ReplayOptions, type ReplayReport } from "./store/replay.ts";
export {
  type DiffCount,
  type Difference,
  diffLogs,
  type DiffOptions,
  type DiffRecord,
  type DiffReport,
} from "./store/diff.ts";
export { parseSummary, type SummaryText } from "./store/summary_text.ts";
export { replaySummary, type SummaryReplayReport } from "./store/replay_summary.ts";
export { diffTraces, type TraceSide } from "./store/diff_traces.ts";
export { DIFF_LEVELS, type DiffLevel, type DiffTopic } from "./store/diff_comparison.ts";
export {
  type HeldSnapshots,
  holdSnapshots,
  snapshotFile,
  snapshotsOf,
} from "./store/file_snapshots.ts";
export { LogStates, type Moment, type NoState, type SnapshotFile } from "./store/log_states.ts";
export { type FrameView, type StateView, viewState } from "./store/state_view.ts";
export { EVENT_FORMATS, type EventFormat, exportEvent, exportHead } from "./store/export_log.ts";
export { followLog } from "./store/follow_log.ts";
export { type NoTrace, summaryTraceText } from "./store/summarize_trace.ts";
export { parseJsonc } from "./store/jsonc.ts";
export {
  type ConformanceCase,
  type Expectation,
  type GoldenPlace,
  isFixtureText,
  readFixtures,
} from "./store/conformance/fixture.ts";
export {
  type CaseResult,
  type ConformanceFiles,
  judgeCase,
  readGolden,
  runCase,
} from "./store/conformance/run_case.ts";
export {
  type BlessedFile,
  blessedFiles,
  parseShard,
  repeatedNames,
  reportOf,
  selectCases,
  type Selection,
  type Shard,
  type SuiteReport,
} from "./store/conformance/suite.ts";
export { type JudgedTrace, judgeTrace } from "./store/conformance/equivalence.ts";
export {
  renderJson as renderSuiteJson,
  renderJunit as renderSuiteJunit,
  renderTap as renderSuiteTap,
  renderText as renderSuiteText,
} from "./store/conformance/render_report.ts";
export { type Evidence, explainLog, type LogExplanation } from "./store/explain_log.ts";
export {
  checkCertificate,
  type ConfigurationList,
  type ConfigurationQuery,
  type ConflictExplanation,
  explainConflict,
  type ExplainedConjunct,
  type ExplainedRange,
  listConfigurations,
} from "./store/phi.ts";
