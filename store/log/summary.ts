/**
 * The summary of a log for a list of runs. Only the beginning and the end of the log are read.
 *
 * @module
 */
import { assert, failure, type Result, success } from "../../dvm/base/result.ts";
import {
  type Checkpoint,
  isMachineEvent,
  type OutcomeEvent,
  type RunStarted,
} from "../../dvm/event/event.ts";
import { eventToWire, type WireEvent } from "../../dvm/event/wire_event.ts";
import type { Readable } from "../file/byte_file.ts";
import { needsRealization, unfinishedReason } from "./event_order.ts";
import type { LogDamage } from "./log_damage.ts";
import { isRealizationEvent, type Realization, realizationAfter } from "./realization_progress.ts";
import { type LocatedEvent, LogReader } from "./reader.ts";

/** The summary of a run. Only the lines that were read are checked. */
export interface LogSummary {
  /** Number of whole lines. */
  readonly events: number;
  /** Size of the log. */
  readonly bytes: number;
  /** The first event: the inputs of the run. */
  readonly header: WireEvent<RunStarted>;
  /** `undefined` while the run is in progress, and after it was interrupted. */
  readonly outcome: WireEvent<OutcomeEvent> | undefined;
  /** Why its effects are not all realized; `undefined` when nothing is left to realize. */
  readonly unfinished: string | undefined;
  /** When its realization ended, or was last recorded to go on, ISO 8601 in UTC; `undefined` if it has not begun. */
  readonly realizedAt: string | undefined;
  /** Number of bytes after the last whole line. */
  readonly torn: number;
}

/** Summarizes a log; `undefined` if it does not have one whole line. Fails with the damage if a line that is read is invalid. */
export function summarizeLog(source: Readable): Result<LogSummary | undefined, LogDamage> {
  const reader = new LogReader(source);
  const [first] = reader.events({ to: 1 });
  if (first === undefined) return success(undefined);
  if (!first.ok) return first;
  const { event: header, offset } = first.value;
  if (header.kind !== "run_started") {
    const reason = "a log begins with run_started";
    return failure({ code: "damaged-log", line: 1, offset, reason });
  }
  const end = readEnd(reader);
  if (!end.ok) return end;
  const { last, outcome, realization, realizedAt } = end.value;
  const bytes = source.size();
  return success({
    events: last.event.seq + 1,
    bytes,
    header: eventToWire(header),
    outcome: outcome === undefined ? undefined : eventToWire(outcome),
    unfinished: needsRealization(header, outcome) ? unfinishedReason(realization) : undefined,
    realizedAt,
    torn: bytes - last.offset - last.length,
  });
}

/** What is known from the last events. */
interface LastEvents {
  readonly last: LocatedEvent;
  readonly outcome: OutcomeEvent | undefined;
  readonly realization: Realization;
  /** The time of the last event of the realization. */
  readonly realizedAt: string | undefined;
}

/** Reads blocks backwards from the last one, up to the outcome or an event that shows that there is none. */
function readEnd(reader: LogReader): Result<LastEvents, LogDamage> {
  let last: LocatedEvent | undefined;
  let realization: Realization = "none", realizedAt: string | undefined;
  let from: LocatedEvent<Checkpoint> | undefined;
  for (let to = Infinity;; to = from?.event.seq ?? 0) {
    const before = from === undefined ? reader.lastCheckpoint() : reader.checkpointBefore(from);
    if (!before.ok) return before;
    from = before.value;
    let outcome: OutcomeEvent | undefined;
    let isInsideRun = false;
    let realized: Realization = "none", time: string | undefined;
    for (const read of reader.events({ from: from?.event.seq ?? 0, to })) {
      if (!read.ok) return read;
      const { event } = read.value;
      if (to === Infinity) last = read.value;
      if (event.kind === "outcome") outcome = event;
      else if (isMachineEvent(event)) isInsideRun = true;
      else if (isRealizationEvent(event)) {
        realized = realizationAfter(event);
        time = event.time;
      }
    }
    if (realization === "none") {
      realization = realized;
      realizedAt = time;
    }
    assert(last !== undefined, "a log with a header has a last event");
    if (outcome !== undefined || isInsideRun || from === undefined) {
      return success({ last, outcome, realization, realizedAt });
    }
  }
}

/** Whether a log has the outcome of its run. */
export function hasOutcome(source: Readable): boolean {
  const summary = summarizeLog(source);
  return summary.ok && summary.value?.outcome !== undefined;
}

/** Whether the effects in a log are valid: a failed run has none (under `host-0.1` some are kept). */
export function hasEffects(source: Readable): boolean {
  const summary = summarizeLog(source);
  return !summary.ok || summary.value === undefined || keepsEffects(summary.value);
}

/** The same for a log whose summary is known. */
export function keepsEffects({ header, outcome }: LogSummary): boolean {
  if (outcome?.error === undefined) return true;
  return header.semantics === "host-0.1" && outcome.effects > 0;
}
