/**
 * Diagnostics and the registry of their codes.
 *
 * @module
 */
export type { CodeEntry } from "../dvm/diagnostic/entry.ts";
export { mainMark } from "../dvm/diagnostic/diagnostic.ts";
export type { Diagnostic, Mark, MarkRole } from "../dvm/diagnostic/failure.ts";
export { FAILURE_KINDS, type FailureKind } from "../dvm/diagnostic/failure.ts";
export { findCode, REGISTRY } from "../dvm/diagnostic/registry.ts";
