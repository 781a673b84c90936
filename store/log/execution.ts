/**
 * Execution as the public API has it: the machine with the host's SHA-256, its events in the form of the log.
 *
 * @module
 */
import type { ArtifactSource, Program } from "../../dvm/dir/model.ts";
import type { Diagnostic } from "../../dvm/diagnostic/failure.ts";
import {
  type Host01Flags,
  type Host01Output,
  renderHost01 as renderAsHost01,
} from "../../dvm/host01/output.ts";
import type { MachineEvent, OutcomeEvent } from "../../dvm/event/event.ts";
import { executeArtifacts as executeSources, executeProgram } from "../../dvm/api/execute.ts";
import type { EventSink, Execution as MachineExecution, RunInput } from "../../dvm/event/input.ts";
import { type SummaryTrace, summaryTrace as summarize } from "../../dvm/event/summary_trace.ts";
import { eventToWire, type WireEvent } from "../../dvm/event/wire_event.ts";
import { valueToWire, wireToValue, type WireValue } from "../../dvm/value/wire_object.ts";
import { sha256 } from "../file/sha256.ts";

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
 * Executes a loaded program from its entry to its outcome. Effects are recorded, never performed. Failures are outcomes;
 * what is thrown is a bug of dustrun.
 *
 * @example
 * ```ts
 * import { execute, load } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"double","params":[
 *   {"name":"n","ty":"i64"}],"uses":[],"ret":"i64","qualifiers":[],"body":[{"Return":{"expr":"n Mul 2"}}]}]}]}`;
 * const program = load([{ name: "double.dir.json", text }]);
 * if (!program.ok) throw new Error();
 * const { outcome } = execute(program.value, { entry: "double", args: { n: 21 } });
 * if (JSON.stringify(outcome.returned) !== '{"Int":42}') throw new Error();
 * ```
 */
export function execute(
  program: Program,
  input: RunInput = {},
  sink?: (event: WireEvent<MachineEvent>) => void,
): Execution {
  return toPublic(executeProgram(program, input, { sha256, ...wireSink(sink) }));
}

/**
 * Loads and executes one artifact; a load failure becomes the outcome.
 *
 * @example
 * ```ts
 * import { executeText } from "../../mod.ts";
 * if (executeText("forge Source {}").outcome.error?.kind !== "DirLoad") throw new Error();
 * ```
 */
export function executeText(
  text: string,
  input: RunInput = {},
  sink?: (event: WireEvent<MachineEvent>) => void,
): Execution {
  return executeArtifacts([{ name: "program", text }], input, sink);
}

/** Loads, links and executes artifacts; a load failure becomes the outcome. The first artifact names the program. */
export function executeArtifacts(
  artifacts: readonly ArtifactSource[],
  input: RunInput = {},
  sink?: (event: WireEvent<MachineEvent>) => void,
): Execution {
  return toPublic(executeSources(artifacts, input, { sha256, ...wireSink(sink) }));
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

function wireSink(
  sink: ((event: WireEvent<MachineEvent>) => void) | undefined,
): { readonly sink?: EventSink } {
  if (sink === undefined) return {};
  return {
    sink: (event) => {
      sink(eventToWire(event));
      return undefined;
    },
  };
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

/** What the upstream command line prints for a run under `--semantics host-0.1`, and its exit code. */
export function renderHost01(execution: Execution, flags: Host01Flags): Host01Output {
  const { outcome, effects, ticks } = execution;
  const returned = outcome.returned === undefined ? undefined : wireToValue(outcome.returned);
  return renderAsHost01({ outcome: { returned, error: outcome.error }, effects, ticks }, flags);
}
