/**
 * The summary trace, by which executors are compared: exactly the form of the upstream trace schema (TRC-01, TRC-02).
 *
 * @module
 */
import type { FailureKind } from "../diagnostic/failure.ts";
import { valueToJson } from "../value/wire_object.ts";
import type { OutcomeEvent } from "./event.ts";

/** One effect of a summary trace. */
export interface TraceEffect {
  /** `emit`, `observe` or `seal`. */
  readonly kind: string;
  /** The value as text. */
  readonly payload: string;
}

/** A finished run in the plain trace form. `JSON.stringify` writes every digit of every integer. */
export type SummaryTrace =
  | {
    /** The tagged value, or null. */
    readonly returned: unknown;
    readonly effects: { readonly events: readonly TraceEffect[] };
    readonly time: { readonly tick: number };
  }
  | {
    readonly error: { readonly kind: FailureKind; readonly message: string };
    /** Only when effects had happened before the failure. */
    readonly effects?: { readonly events: readonly TraceEffect[] };
    /** Only when time had passed before the failure. */
    readonly time?: { readonly tick: number };
  };

/** What a summary trace is made from; every finished run has it. */
export interface Summarized {
  readonly outcome: Pick<OutcomeEvent, "returned" | "error">;
  readonly effects: readonly TraceEffect[];
  readonly ticks: number;
}

/** The summary trace of a run. */
export function summaryTrace(execution: Summarized): SummaryTrace {
  const { outcome, ticks } = execution;
  const events = execution.effects.map(({ kind, payload }) => ({ kind, payload }));
  if (outcome.error === undefined) {
    return {
      returned: outcome.returned === undefined ? null : valueToJson(outcome.returned),
      effects: { events },
      time: { tick: ticks },
    };
  }
  const { kind, message } = outcome.error;
  return {
    error: { kind, message },
    ...(events.length === 0 ? {} : { effects: { events } }),
    ...(ticks === 0 ? {} : { time: { tick: ticks } }),
  };
}
