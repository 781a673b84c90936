/**
 * Audit: a log compared with its sinks.
 *
 * @module
 */
export type { Allowance } from "../store/projection/audit/allowance.ts";
export {
  type AuditedEffect,
  type AuditFinding,
  auditLog,
  type AuditRequest,
  type LogAudit,
} from "../store/projection/audit/audit_log.ts";
export type { LifelineEntry } from "../store/projection/audit/lifeline.ts";
export type { AuditedLedger, Presence } from "../store/projection/audit/sink_contents.ts";
export type { EffectState } from "../store/log/realization_progress.ts";
