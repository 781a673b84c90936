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
export { check } from "./dvm/check/check.ts";
export { load } from "./dvm/load/load.ts";
export { entryCandidates } from "./dvm/dir/lookup.ts";
export type { ArtifactSource, Program } from "./dvm/dir/model.ts";
export type { Diagnostic, FailureKind, Mark } from "./dvm/diagnostic/failure.ts";
export { DEFAULT_LIMITS, type Limits } from "./dvm/base/limits.ts";
export type { EffectRoute, ResourceOffer } from "./dvm/event/event.ts";
export type { Environment, PlainArgument, RunInput, Semantics } from "./dvm/event/input.ts";
export { initialState, type State } from "./dvm/event/state.ts";
export type { SummaryTrace, TraceEffect } from "./dvm/event/summary_trace.ts";
export type { WireEvent } from "./dvm/event/wire_event.ts";
export type { Result } from "./dvm/base/result.ts";
export { VERSION } from "./dvm/base/version.ts";
export { encodeWireValue, type WireFields, type WireValue } from "./dvm/value/wire_object.ts";
export { type CorruptLine, decodeEvent, encodeEvent } from "./store/codec/codec.ts";
export {
  execute,
  executeArtifacts,
  type ExecutedEffect,
  executeText,
  type Execution,
  renderHost01,
  summaryTrace,
} from "./store/log/execution.ts";
export { type Appendable, MemoryFile, type Readable } from "./store/file/byte_file.ts";
export { AppendableFile, HeldFolder, ReadableFile } from "./store/file/host_file.ts";
export { asideOf } from "./store/runs/torn_tail.ts";
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
} from "./store/runs/run_store.ts";
export { readLog } from "./store/log/reader.ts";
export type { LogDamage } from "./store/log/scan.ts";
export { type LogSummary, summarizeLog } from "./store/log/summary.ts";
export { type Aside, type OpenedLog, openForAppend } from "./store/log/recover.ts";
export { LogWriter } from "./store/log/writer.ts";
export {
  checkpointOf,
  type ExternalCheckpoint,
  type LogVerdict,
  parseCheckpointLine,
  renderCheckpointLine,
  verifyLog,
} from "./store/log/verify.ts";
export { executeToLog, type LogRun } from "./store/runs/logged_execution.ts";
export {
  type AuditedEffect,
  type AuditFinding,
  auditLog,
  type LogAudit,
} from "./store/projection/audit/audit_log.ts";
export type { LifelineEntry } from "./store/projection/audit/lifeline.ts";
export { type ByteStream, type Disk, HOST_DISK } from "./store/file/disk.ts";
export { realizeResolved, type ResolvedRun } from "./store/realize/first_realization.ts";
export { isReplaceable } from "./store/realize/realization_log.ts";
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
export { evolve, fold } from "./dvm/api/projection.ts";
export { nextEvent } from "./store/log/next_event.ts";
export { parsePlain, type PlainFailure } from "./dvm/event/plain_json.ts";
export {
  type Diverged,
  replayLog,
  type ReplayOptions,
  type ReplayReport,
} from "./store/projection/replay/replay.ts";
export {
  type DiffCount,
  type Difference,
  diffLogs,
  type DiffOptions,
  type DiffRecord,
  type DiffReport,
} from "./store/projection/diff/diff.ts";
export { parseSummary, type SummaryText } from "./store/projection/trace/parse_trace.ts";
export { replaySummary, type SummaryReplayReport } from "./store/projection/replay/replay_trace.ts";
export { diffTraces, type TraceSide } from "./store/projection/diff/diff_traces.ts";
export { DIFF_LEVELS, type DiffLevel, type DiffTopic } from "./store/projection/diff/comparison.ts";
export {
  type HeldSnapshots,
  holdSnapshots,
  snapshotFile,
  snapshotsOf,
} from "./store/projection/state/snapshot_file.ts";
export {
  type LogPosition,
  LogStates,
  type NoState,
  type SnapshotFile,
} from "./store/projection/state/states.ts";
export { type FrameView, type StateView, viewState } from "./store/projection/state/state_view.ts";
export {
  EVENT_FORMATS,
  type EventFormat,
  exportEvent,
  exportHead,
} from "./store/projection/trace/export.ts";
export { followLog } from "./store/log/follow.ts";
export { type NoTrace, summaryTraceText } from "./store/projection/trace/trace_of_log.ts";
export { parseJsonc } from "./store/json/jsonc.ts";
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
export {
  type Evidence,
  explainLog,
  type LogExplanation,
} from "./store/projection/explain/explain_run.ts";
export {
  checkCertificate,
  type ConfigurationList,
  type ConfigurationQuery,
  type ConflictExplanation,
  explainConflict,
  type ExplainedConjunct,
  type ExplainedRange,
  listConfigurations,
} from "./dvm/api/configurations.ts";
