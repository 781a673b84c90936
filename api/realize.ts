/**
 * Realization: performing the effects of a resolved run, exactly once.
 *
 * @module
 */
export { realizeResolved, type ResolvedRun } from "../store/realize/first_realization.ts";
export type { Streams } from "../store/realize/open_sinks.ts";
export { isReplaceable } from "../store/realize/realization_log.ts";
export type { RealizationResult } from "../store/realize/realize.ts";
export { type ResumeFailure, resumeLog, type ResumeResult } from "../store/realize/resume.ts";
