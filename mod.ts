/**
 * dustrun: the reference executor of the Dust Programming Language, as a library: all of `api/`, one façade
 * per theme. Everything is synchronous unless its type says otherwise, and failures are values.
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
export * from "./api/arguments.ts";
export * from "./api/attest.ts";
export * from "./api/audit.ts";
export * from "./api/bug.ts";
export * from "./api/certain_violations.ts";
export * from "./api/certificates.ts";
export * from "./api/configurations.ts";
export * from "./api/conformance.ts";
export * from "./api/diagnostics.ts";
export * from "./api/diff.ts";
export * from "./api/execute.ts";
export * from "./api/explain.ts";
export * from "./api/explore.ts";
export * from "./api/export.ts";
export * from "./api/files.ts";
export * from "./api/host01.ts";
export * from "./api/input.ts";
export * from "./api/inputs.ts";
export * from "./api/log.ts";
export * from "./api/notation.ts";
export * from "./api/notes.ts";
export * from "./api/paths.ts";
export * from "./api/places.ts";
export * from "./api/program.ts";
export * from "./api/realize.ts";
export * from "./api/record.ts";
export * from "./api/reference.ts";
export * from "./api/replay.ts";
export * from "./api/routes.ts";
export * from "./api/runs.ts";
export * from "./api/store_check.ts";
export * from "./api/store_notes.ts";
export * from "./api/store_removal.ts";
export * from "./api/snapshots.ts";
export * from "./api/solve.ts";
export * from "./api/state.ts";
export * from "./api/suggest.ts";
export * from "./api/trace.ts";
export * from "./api/values.ts";
export * from "./api/verify.ts";
export * from "./api/version.ts";
export * from "./api/visible.ts";
