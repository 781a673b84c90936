/**
 * Replays a summary trace: the given program is executed, and the whole content of the trace is compared.
 *
 * @module
 */
import { ALL_ENGINES } from "../../../dvm/api/all_engines.ts";
import type { ArtifactSource } from "../../../dvm/dir/model.ts";
import { mainMark } from "../../../dvm/diagnostic/diagnostic.ts";
import type { Mark } from "../../../dvm/diagnostic/failure.ts";
import type { MachineEvent, OutcomeEvent } from "../../../dvm/event/event.ts";
import { executeArtifacts } from "../../../dvm/api/execute.ts";
import type { RunInput } from "../../../dvm/event/input.ts";
import type { TraceEffect } from "../../../dvm/event/summary_trace.ts";
import { valueToWire } from "../../../dvm/value/wire_object.ts";
import { firstDifference } from "../../json/first_difference.ts";
import type { ReplayCause } from "./cause.ts";
import { SourcePlace } from "./source_place.ts";
import { sha256 } from "../../file/sha256.ts";
import type { SummaryText } from "../trace/parse_trace.ts";

/** The program to execute, its input, and the context to report. */
export interface SummaryReplayOptions {
  /** The program. */
  readonly artifacts: readonly ArtifactSource[];
  /** Its input. */
  readonly input: RunInput;
  /** Number of effects to report before a divergence. Default 3. */
  readonly context?: number;
}

/** The result of replaying a summary trace. */
export type SummaryReplayReport = { readonly verdict: "reproduced"; readonly effects: number } | {
  readonly verdict: "diverged";
  /** Number of effects that were reproduced. */
  readonly effects: number;
  /** The member of the trace, `effects.events[3].payload`. */
  readonly field: string;
  /** The value of the execution and of the trace; `undefined` if absent. */
  readonly expected: unknown;
  readonly recorded: unknown;
  readonly place: Mark | undefined;
  readonly before: readonly TraceEffect[];
  readonly cause: ReplayCause;
};

const CONTEXT_DEFAULT = 3;

const CAUSE: ReplayCause = {
  class: "program changed",
  evidence:
    "a summary trace names neither its program nor its input: one of them has changed, or the trace was edited",
};

/**
 * Executes the program and compares effects in order, then the outcome, then the ticks.
 *
 * @example
 * ```ts
 * import { parseSummary, replaySummary } from "../../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],
 *   "uses":[],"ret":"i64","qualifiers":[],"body":[{"Return":{"expr":"6 Mul 7"}}]}]}]}`;
 * const trace = parseSummary('{"returned":{"Int":41},"effects":{"events":[]},"time":{"tick":0}}');
 * if (!trace.ok) throw new Error();
 * const replayed = replaySummary(trace.value, { artifacts: [{ name: "demo", text }], input: {} });
 * if (replayed.verdict !== "diverged" || replayed.field !== "returned.Int") throw new Error();
 * ```
 */
export function replaySummary(
  trace: SummaryText,
  options: SummaryReplayOptions,
): SummaryReplayReport {
  const place = new SourcePlace(options.artifacts);
  let effects = 0;
  let difference: { readonly executed: MachineEvent; readonly place: Mark | undefined } | undefined;
  const sink = (event: MachineEvent) => {
    place.add(event);
    if (event.kind === "effect" && difference === undefined) {
      const recorded = trace.effects[event.index];
      if (recorded?.kind === event.effect && recorded.payload === event.payload) effects++;
      else difference = { executed: event, place: place.markOf(event) };
    }
    return undefined;
  };
  const execution = executeArtifacts(options.artifacts, options.input, {
    sha256,
    ...ALL_ENGINES,
    sink,
  });
  const recorded = traceForm(trace);
  const expected = executedForm(execution.outcome, execution.effects, execution.ticks);
  const found = firstDifference(expected, recorded);
  if (found === undefined) return { verdict: "reproduced", effects };
  // A failed run has no effects; then the failure is the difference, and its place is reported.
  const isEffect = found.field.startsWith("effects.");
  return {
    verdict: "diverged",
    effects,
    field: found.field,
    expected: found.left,
    recorded: found.right,
    place: isEffect ? difference?.place : mainMark(execution.diagnostics[0]),
    before: trace.effects.slice(
      Math.max(0, effects - (options.context ?? CONTEXT_DEFAULT)),
      effects,
    ),
    cause: CAUSE,
  };
}

/** Both sides in one form; the order of members is the order of comparison. */
function traceForm({ error, returned, effects, tick }: SummaryText): object {
  return {
    ...(error === undefined ? {} : { error }),
    effects: { events: effects },
    ...(returned === undefined ? {} : { returned }),
    time: { tick },
  };
}

function executedForm(
  { error, returned }: OutcomeEvent,
  effects: readonly TraceEffect[],
  tick: number,
): object {
  const value = returned === undefined ? null : valueToWire(returned);
  return {
    ...(error === undefined ? {} : { error: { kind: error.kind, message: error.message } }),
    effects: { events: effects.map(({ kind, payload }) => ({ kind, payload })) },
    ...(error === undefined ? { returned: value } : {}),
    time: { tick },
  };
}
