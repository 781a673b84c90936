/**
 * Finishes the realization of an interrupted run from its log. No effect is repeated or lost; a finished run is not changed.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Recovered } from "../../dvm/event/event.ts";
import { type ClosedLog, closedLogOf } from "../log/closed_log.ts";
import { needsRealization } from "../log/event_order.ts";
import { Journal, type JournalObserver } from "./journal.ts";
import { openUnfinished, type UnfinishedFailure, type UnfinishedLog } from "./open_unfinished.ts";
import { openIntentLookup } from "./realization_log.ts";
import { type RealizationResult, realize } from "./realize.ts";
import { routesOfSinks } from "./realizer.ts";
import type { RealizationPlan } from "./session.ts";
import type { SinkContext } from "./sink_context.ts";

/** The log to resume, and the environment. */
export interface ResumeRequest
  extends
    UnfinishedLog,
    Pick<SinkContext, "streams" | "locks" | "stop">,
    Pick<RealizationPlan, "groupSize" | "inDoubt"> {
  /** Receives each event of realization. */
  readonly observe?: JournalObserver;
  /** Which of the sinks that the log names may not be opened; default: all may. Asked before anything is opened. */
  readonly withoutConsent?: (sinks: readonly string[], occurrence: string) => readonly string[];
}

/** The result of resuming a run. */
export interface ResumeResult {
  /** The events that opening the log has added. */
  readonly recovered: readonly Recovered[];
  /** `undefined` if there is nothing to realize: the run was simulated, failed or had no effects. */
  readonly realized: RealizationResult | undefined;
  /** Whether realization was already complete. */
  readonly wasComplete: boolean;
  /** Number of effects of the run; 0 if there is nothing to realize. */
  readonly effects: number;
  /** Why somebody closed the run for good; `undefined` unless somebody did. `realized` then counts what was performed before. */
  readonly abandoned?: string;
  /** What the log is now, for the store that the run belongs to. */
  readonly closed: ClosedLog;
}

/** Why a log cannot be resumed. */
export type ResumeFailure =
  | UnfinishedFailure
  /** Its realization recorded an unknown realizer. */
  | { readonly code: "unknown-realizer"; readonly reason: string }
  /** Sinks of the log, as paths, that the caller does not allow. */
  | { readonly code: "no-consent"; readonly sinks: readonly string[] };

/** Resumes a run. If the log cannot be written, the host's error is thrown. */
export async function resumeLog(
  request: ResumeRequest,
): Promise<Result<ResumeResult, ResumeFailure>> {
  const { disk, path, clock } = request;
  const opened = openUnfinished(request);
  if (!opened.ok) return opened;
  const { writer, recovered, header, outcome, effects, progress } = opened.value;
  const { performed, skipped } = progress;
  if (!needsRealization(header, outcome)) {
    const closed = closedLogOf(opened.value);
    return success({ recovered, realized: undefined, wasComplete: true, effects: 0, closed });
  }
  if (progress.isClosed) {
    const realized = { status: "complete", performed, skipped } as const;
    const closed = closedLogOf(opened.value);
    const done = { recovered, realized, wasComplete: true, effects: effects.length, closed };
    const reason = progress.finished?.reason;
    return success(reason === undefined ? done : { ...done, abandoned: reason });
  }
  const { started } = progress;
  if (started === undefined) return failure({ code: "unresolved" });
  const routes = routesOfSinks(started.sinks);
  if (!routes.ok) return failure({ code: "unknown-realizer", reason: routes.failure });
  const run = started.occurrence;
  const refused = request.withoutConsent?.(started.sinks.map(({ sink }) => sink), run) ?? [];
  if (refused.length > 0) return failure({ code: "no-consent", sinks: refused });
  const { groupSize, inDoubt, streams, locks, stop, observe } = request;
  const realized = await realize(
    { effects, routes: routes.value, groupSize, ...(inDoubt === undefined ? {} : { inDoubt }) },
    new Journal(writer, progress, { observe, clock }),
    {
      disk,
      streams,
      ...locks === undefined ? {} : { locks },
      ...stop === undefined ? {} : { stop },
      claimant: { log: path, run },
      hasOpenIntent: openIntentLookup(disk),
    },
  );
  const closed = closedLogOf(opened.value);
  return success({ recovered, realized, wasComplete: false, effects: effects.length, closed });
}
