/**
 * A finished run in the form of the public API: values and events as the log spells them.
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
  /** Every event, in order; empty when a sink took them. */
  readonly events: readonly WireEvent<MachineEvent>[];
  /** Why it failed, all of it, in document order; the first is the one `outcome.error` names. */
  readonly diagnostics: readonly Diagnostic[];
  /** The effects that count, in order; empty after a failure. Nothing has been performed. */
  readonly effects: readonly ExecutedEffect[];
  /** Logical time at the end, in ticks; 0 after a failure. */
  readonly ticks: number;
}

/** One effect of a run. */
export interface ExecutedEffect {
  readonly kind: string;
  /** The value as the trace renders it. */
  readonly payload: string;
  readonly value: WireValue;
}

/**
 * The plain trace of a run, in exactly the form of the upstream trace schema; `JSON.stringify` writes every digit.
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

/** A finished run as the public API has it. */
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
