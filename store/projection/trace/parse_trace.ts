/**
 * A strict parser for summary traces, which other executors write as well (TRC-01, TRC-02). Integers keep every digit.
 *
 * @module
 */
import type { TraceEffect } from "../../../dvm/event/summary_trace.ts";
import type { PlainArgument } from "../../../dvm/event/input.ts";
import { parsePlain } from "../../../dvm/event/plain_json.ts";
import { failure, type Result, success } from "../../../dvm/base/result.ts";

/** A parsed summary trace. */
export interface SummaryText {
  /** The effects in order. */
  readonly effects: readonly TraceEffect[];
  /** Logical time in ticks. */
  readonly tick: number;
  /** The tagged value, `null` for none; `undefined` if the run failed. */
  readonly returned: PlainArgument | undefined;
  /** The failure; `undefined` if the run succeeded. */
  readonly error: { readonly kind: string; readonly message: string } | undefined;
}

type Members = { readonly [name: string]: PlainArgument };

/**
 * Parses a summary trace. The failure is one sentence.
 *
 * @example
 * ```ts
 * import { parseSummary } from "../../../mod.ts";
 * const parsed = parseSummary('{"returned":{"Int":0},"effects":{"events":[]},"time":{"tick":1}}');
 * if (!parsed.ok || parsed.value.tick !== 1) throw new Error();
 * ```
 */
export function parseSummary(text: string): Result<SummaryText, string> {
  const parsed = parsePlain(text);
  if (!parsed.ok) return failure(parsed.failure.message);
  const trace = parsed.value;
  if (!isMembers(trace)) return failure("a summary trace is an object");
  const known = ["returned", "error", "effects", "time"];
  const unknown = Object.keys(trace).find((name) => !known.includes(name));
  if (unknown !== undefined) return failure(`a summary trace has no member ${unknown}`);
  if (("returned" in trace) === ("error" in trace)) {
    return failure("a summary trace has either returned or error");
  }
  const effects = readEffects(trace["effects"]);
  const error = readError(trace["error"]);
  const time = trace["time"] ?? null;
  const tick = time === null ? 0 : isMembers(time) ? time["tick"] : undefined;
  if (effects === undefined) return failure("effects.events is a list of {kind, payload}");
  if ("error" in trace && error === undefined) return failure("error has a kind and a message");
  if (typeof tick !== "number") return failure("time.tick is a number");
  return success({ effects, tick, returned: trace["returned"], error });
}

function isMembers(content: PlainArgument | undefined): content is Members {
  return typeof content === "object" && content !== null && !Array.isArray(content);
}

function readEffects(content: PlainArgument | undefined): TraceEffect[] | undefined {
  if (content === undefined) return [];
  const events = isMembers(content) ? content["events"] : undefined;
  if (!Array.isArray(events)) return undefined;
  const effects: TraceEffect[] = [];
  for (const event of events) {
    if (!isMembers(event)) return undefined;
    const { kind, payload } = event;
    if (typeof kind !== "string" || typeof payload !== "string") return undefined;
    effects.push({ kind, payload });
  }
  return effects;
}

function readError(content: PlainArgument | undefined): SummaryText["error"] {
  if (!isMembers(content)) return undefined;
  const { kind, message } = content;
  return typeof kind === "string" && typeof message === "string" ? { kind, message } : undefined;
}
