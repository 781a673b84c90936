/**
 * Audit: a log compared with its sinks.
 *
 * @module
 */
export {
  type AuditedEffect,
  type AuditFinding,
  auditLog,
  type LogAudit,
} from "../store/projection/audit/audit_log.ts";
export type { LifelineEntry } from "../store/projection/audit/lifeline.ts";
