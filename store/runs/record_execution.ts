/**
 * Execution that writes its log: events go from the machine to the file without conversion to the form of the public API.
 *
 * @module
 */
import type { Engines } from "../../dvm/api/engines.ts";
import { executeArtifacts, executeProgram } from "../../dvm/api/execute.ts";
import type { ArtifactSource, Program } from "../../dvm/dir/model.ts";
import type { EffectEvent, EventKind, MachineEvent } from "../../dvm/event/event.ts";
import type { RunInput } from "../../dvm/event/input.ts";
import { eventToWire, type WireEvent } from "../../dvm/event/wire_event.ts";
import { valueToWire } from "../../dvm/value/wire_object.ts";
import { sha256 } from "../file/sha256.ts";
import { type ExecutedEffect, type Execution, toPublic } from "../log/execution_form.ts";
import type { LogWriter } from "../log/writer.ts";
import { type SnapshotFile, SnapshotWriter } from "../projection/state/snapshots.ts";

/** A program, its input, and what to do with its events. */
export interface LogRun {
  /** The program; the first artifact names it. */
  readonly artifacts: readonly ArtifactSource[];
  /** The same, loaded, where the caller has it. */
  readonly program?: Program;
  /** Entry, arguments, limits and environment. */
  readonly input: RunInput;
  /** Receives each event except checkpoints, with the logical time after it. */
  readonly observe?: (event: WireEvent<MachineEvent>, tick: number) => void;
  /** Where snapshots of the states are written, so that states of a long run are found quickly later. */
  readonly snapshots?: SnapshotFile;
  /** Restricts `observe` to these kinds. */
  readonly observedKinds?: ReadonlySet<EventKind>;
  /** Called at each checkpoint, and now and then during a resolution. If it throws, the log is left as a valid prefix. */
  readonly atProgress?: (progress: RunProgress) => void;
}

/** How far a run has come: its logical time, or the solver steps that the resolution in progress has spent. */
export type RunProgress =
  | { readonly kind: "ticks"; readonly tick: number }
  | { readonly kind: "work"; readonly steps: number };

/**
 * As `executeToLog`, but with the given engines only, which `loadEngines` loads as a program needs them.
 */
export function executeToLogWith(engines: Engines, run: LogRun, writer: LogWriter): Execution {
  const { artifacts, program, input, observe, observedKinds, atProgress } = run;
  const observesStatements = observe !== undefined && observedKinds?.has("stmt") !== false;
  const effects: ExecutedEffect[] = []; // in the form that the caller gets: they may be many
  const sink = (event: MachineEvent) => {
    const checkpoint = writer.append(event);
    if (checkpoint !== undefined) atProgress?.({ kind: "ticks", tick: writer.tick });
    if (event.kind === "stmt" && !observesStatements) return checkpoint; // nearly every event
    if (event.kind === "effect") effects.push(executedEffect(event));
    if (observedKinds?.has(event.kind) !== false) observe?.(eventToWire(event), writer.tick);
    return checkpoint;
  };
  const { snapshots } = run;
  const states = snapshots === undefined ? undefined : new SnapshotWriter(() => snapshots.write());
  const tools = {
    sha256,
    ...engines,
    sink,
    forgetsEffects: true,
    ...(states === undefined ? {} : { atCheckpoint: states.offer.bind(states) }),
    ...(atProgress === undefined
      ? {}
      : { observeWork: (steps: number) => atProgress({ kind: "work", steps }) }),
  };
  const execution = program === undefined
    ? executeArtifacts(artifacts, input, tools)
    : executeProgram(program, input, tools);
  writer.finish();
  states?.finish();
  const finished = toPublic(execution);
  if (input.semantics === "host-0.1") return finished; // upstream reports the effects of some failures
  return { ...finished, effects: finished.outcome.error === undefined ? effects : [] };
}

function executedEffect({ effect, payload, value }: EffectEvent): ExecutedEffect {
  return { kind: effect, payload, value: valueToWire(value) };
}
