/**
 * A finished run in the form of the public API, with values and events in the form of the log.
 *
 * @module
 */
import type { Diagnostic } from "../../dvm/diagnostic/failure.ts";
import type { MachineEvent, OutcomeEvent } from "../../dvm/event/event.ts";
import type { Execution as MachineExecution } from "../../dvm/event/input.ts";
import { type SummaryTrace, summaryTrace as summarize } from "../../dvm/event/summary_trace.ts";
import { eventToWire, type WireEvent } from "../../dvm/event/wire_event.ts";
import { valueToWire, wireToValue, type WireValue } from "../../dvm/value/wire_object.ts";

/** A finished run. Values and events have the form of the log (`{"Int":42}`). */
export interface Execution {
  /** The last event: whether the program exists, what it returned, or why it failed. */
  readonly outcome: WireEvent<OutcomeEvent>;
  /** Every event, in order; empty if a sink received them. */
  readonly events: readonly WireEvent<MachineEvent>[];
  /** All diagnostics of a failure, in document order; `outcome.error` reports the first. */
  readonly diagnostics: readonly Diagnostic[];
  /** The effects of the run, in order; empty after a failure. None has been performed. */
  readonly effects: readonly ExecutedEffect[];
  /** Logical time at the end, in ticks; 0 after a failure. */
  readonly ticks: number;
}

/** One effect of a run. */
export interface ExecutedEffect {
  /** `emit`, `observe`, `seal`; under `host-0.1` any name. */
  readonly kind: string;
  /** The value as the trace renders it. */
  readonly payload: string;
  /** The value in the tagged form of the log. */
  readonly value: WireValue;
}

/**
 * The summary trace of a run, in the form of the upstream trace schema; `JSON.stringify` writes every digit.
 *
 * @example
 * ```ts
 * import { executeText, summaryTrace } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],
 *   "uses":[],"ret":"i64","qualifiers":[],"body":[{"Return":{"expr":"9223372036854775807"}}]}]}]}`;
 * const trace = JSON.stringify(summaryTrace(executeText(text)));
 * if (trace !== '{"returned":{"Int":9223372036854775807},"effects":{"events":[]},"time":{"tick":0}}') throw new Error();
 * ```
 */
export function summaryTrace(
  execution: Pick<Execution, "outcome" | "effects" | "ticks">,
): SummaryTrace {
  const { outcome, effects, ticks } = execution;
  const returned = outcome.returned === undefined ? undefined : wireToValue(outcome.returned);
  return summarize({ outcome: { returned, error: outcome.error }, effects, ticks });
}

/** Converts a finished run to the form of the public API. */
export function toPublic(execution: MachineExecution): Execution {
  return {
    outcome: eventToWire(execution.outcome),
    events: execution.events.map((event) => eventToWire(event)),
    diagnostics: execution.diagnostics,
    effects: execution.effects.map(({ kind, payload, value }) => ({
      kind,
      payload,
      value: valueToWire(value),
    })),
    ticks: execution.ticks,
  };
}
