/**
 * A strict parser for summary traces, which other executors write as well (TRC-01, TRC-02). Integers keep every digit.
 *
 * @module
 */
import type { TraceEffect } from "../../../dvm/event/summary_trace.ts";
import { failure, type Result, success } from "../../../dvm/base/result.ts";
import type { WireValue } from "../../../dvm/value/wire_object.ts";
import { readSummaryForm } from "../../json/summary_form.ts";

/** A parsed summary trace. */
export interface SummaryText {
  /** The effects in order. */
  readonly effects: readonly TraceEffect[];
  /** Logical time in ticks. */
  readonly tick: number;
  /** The tagged value, `null` for none; `undefined` if the run failed. */
  readonly returned: WireValue | null | undefined;
  /** The failure; `undefined` if the run succeeded. */
  readonly error: { readonly kind: string; readonly message: string } | undefined;
}

/**
 * Parses a summary trace. The failure is one sentence.
 *
 * @example
 * ```ts
 * import { parseSummary } from "../../../mod.ts";
 * const parsed = parseSummary('{"returned":{"Int":0},"effects":{"events":[]},"time":{"tick":1}}');
 * if (!parsed.ok || parsed.value.tick !== 1) throw new Error();
 * if (parseSummary('{"returned":{"Int":0.0},"effects":{"events":[]},"time":{"tick":1}}').ok) throw new Error();
 * ```
 */
export function parseSummary(text: string): Result<SummaryText, string> {
  const read = readSummaryForm(text);
  if (!read.ok) return read;
  const trace = read.value;
  if (trace.kind === "skip") return failure("the program was not run");
  const effects = trace.effects.map(({ kind, payload }) => ({ kind, payload }));
  if (trace.kind === "success") {
    return success({ effects, tick: trace.tick, returned: trace.returned, error: undefined });
  }
  return success({ effects, tick: trace.tick, returned: undefined, error: trace.error });
}
