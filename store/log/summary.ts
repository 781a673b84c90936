/**
 * What a list of runs shows of a log, from its head and its end alone.
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
import {
  needsRealization,
  type Realization,
  realizationAfter,
  unfinishedBecause,
} from "./event_order.ts";
import { type LocatedEvent, LogReader } from "./reader.ts";
import type { LogDamage } from "./scan.ts";

/** A run at a glance. Nothing is verified: the lines that were looked at are well formed. */
export interface LogSummary {
  /** Number of whole lines. */
  readonly events: number;
  readonly bytes: number;
  readonly header: WireEvent<RunStarted>;
  /** Absent while the run goes on, and when it was interrupted. */
  readonly outcome: WireEvent<OutcomeEvent> | undefined;
  /** Why its effects are not all realized; `undefined` when there is nothing left to do. */
  readonly unfinished: string | undefined;
  /** Bytes behind the last whole line. */
  readonly torn: number;
}

/** Summarizes a log, or says where it is damaged; `undefined` when it has not one whole line. */
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
  const { last, outcome, realization } = end.value;
  const bytes = source.size();
  return success({
    events: last.event.seq + 1,
    bytes,
    header: eventToWire(header),
    outcome: outcome === undefined ? undefined : eventToWire(outcome),
    unfinished: needsRealization(header, outcome) ? unfinishedBecause(realization) : undefined,
    torn: bytes - last.offset - last.length,
  });
}

/** What the last events say. */
interface LogEnd {
  readonly last: LocatedEvent;
  readonly outcome: OutcomeEvent | undefined;
  readonly realization: Realization;
}

/** Reads blocks from the last one back, until there is the outcome or an event that only a run without one ends with. */
function readEnd(reader: LogReader): Result<LogEnd, LogDamage> {
  let last: LocatedEvent | undefined;
  let realization: Realization = "none";
  let from: LocatedEvent<Checkpoint> | undefined;
  for (let to = Infinity;; to = from?.event.seq ?? 0) {
    const before = from === undefined ? reader.lastCheckpoint() : reader.checkpointBefore(from);
    if (!before.ok) return before;
    from = before.value;
    let outcome: OutcomeEvent | undefined;
    let isInsideRun = false;
    let realized: Realization = "none";
    for (const read of reader.events({ from: from?.event.seq ?? 0, to })) {
      if (!read.ok) return read;
      const { event } = read.value;
      if (to === Infinity) last = read.value;
      if (event.kind === "outcome") outcome = event;
      else if (isMachineEvent(event)) isInsideRun = true;
      else realized = realizationAfter(event) ?? realized;
    }
    if (realization === "none") realization = realized;
    assert(last !== undefined, "a log with a head has a last event");
    if (outcome !== undefined || isInsideRun || from === undefined) {
      return success({ last, outcome, realization });
    }
  }
}

/** Whether the effects in a log count: a run that failed has none, whatever it had come to before (upstream keeps some). */
export function hasEffects(source: Readable): boolean {
  const summary = summarizeLog(source);
  if (!summary.ok || summary.value?.outcome?.error === undefined) return true;
  return summary.value.header.semantics === "host-0.1" && summary.value.outcome.effects > 0;
}
