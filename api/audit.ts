/**
 * Audit: a log compared with its sinks.
 *
 * @module
 */
export type { Allowance } from "../store/projection/audit/allowance.ts";
export type { AuditedEffect } from "../store/projection/audit/audited_effects.ts";
export type { AuditFinding } from "../store/projection/audit/findings.ts";
export { auditLog, type AuditRequest, type LogAudit } from "../store/projection/audit/audit_log.ts";
export type { LifelineEntry } from "../store/projection/audit/lifeline.ts";
export type { AuditedLedger, LedgerContents } from "../store/projection/audit/ledger_contents.ts";
export type { Presence } from "../store/projection/audit/presence.ts";
export { type AuditedBatch, SinkContents } from "../store/projection/audit/sink_contents.ts";
export type { EffectState } from "../store/log/realization_progress.ts";
