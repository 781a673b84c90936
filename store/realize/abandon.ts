/**
 * Closes an interrupted realization for good. Nothing is performed, and what was performed stays recorded.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { type ClosedLog, closedLogOf } from "../log/closed_log.ts";
import { needsRealization } from "../log/event_order.ts";
import { Journal } from "./journal.ts";
import { openUnfinished, type UnfinishedFailure, type UnfinishedLog } from "./open_unfinished.ts";

/** The log of a run, and why it is abandoned. */
export interface AbandonRequest extends UnfinishedLog {
  /** The reason, recorded in the log; not empty. */
  readonly why: string;
}

/** What abandoning a run has found. */
export interface Abandoned {
  /** Whether the run was closed before: it was complete, was abandoned, or had nothing to realize. The log has no further event then. */
  readonly wasClosed: boolean;
  /** Number of effects of the run. */
  readonly effects: number;
  /** Number of effects that were performed. */
  readonly performed: number;
  /** What the log is now, for the store that the run belongs to. */
  readonly closed: ClosedLog;
}

/**
 * Records that what is left of a realization will never be performed. Fails with `unresolved` if the realization has not begun: then
 * there is nothing to close. If the log cannot be written, the host's error is thrown.
 */
export function abandonLog(request: AbandonRequest): Result<Abandoned, UnfinishedFailure> {
  const opened = openUnfinished(request);
  if (!opened.ok) return opened;
  const { writer, header, outcome, effects, progress } = opened.value;
  const wasClosed = progress.isClosed || !needsRealization(header, outcome);
  if (!wasClosed && progress.started === undefined) return failure({ code: "unresolved" });
  const { performed } = progress;
  if (!wasClosed) {
    const journal = new Journal(writer, progress, { clock: request.clock });
    journal.record({
      kind: "realization_finished",
      status: "abandoned",
      performed,
      reason: request.why,
    });
    journal.finish();
  }
  const closed = closedLogOf(opened.value);
  return success({ wasClosed, effects: effects.length, performed, closed });
}
