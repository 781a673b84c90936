/**
 * Realization: performing the effects of a resolved run, exactly once.
 *
 * @module
 */
export { realizeResolved, type ResolvedRun } from "../store/realize/first_realization.ts";
export type { JournalObserver } from "../store/realize/journal.ts";
export type {
  SinkContext,
  SinkLocks,
  SinkRefusal,
  Streams,
} from "../store/realize/sink_context.ts";
export type { RealizationEvent } from "../store/log/realization_progress.ts";
export { type PreciousContent, preciousContent } from "../store/realize/realization_log.ts";
export type { RealizationComplete, RealizationResult } from "../store/realize/realize.ts";
export type {
  EffectRange,
  PlannedEffect,
  RealizationFailed,
  RealizationInDoubt,
  RealizationPlan,
  RealizationStop,
} from "../store/realize/session.ts";
export type { Claimant, ClaimContext, OpenIntentLookup } from "../store/realize/sink_claim.ts";
export { type Abandoned, abandonLog, type AbandonRequest } from "../store/realize/abandon.ts";
export type { UnfinishedFailure, UnfinishedLog } from "../store/realize/open_unfinished.ts";
export type { RecordedEffect } from "../store/realize/sink.ts";
export {
  type ResumeFailure,
  resumeLog,
  type ResumeRequest,
  type ResumeResult,
} from "../store/realize/resume.ts";
