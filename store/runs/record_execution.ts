/**
 * Execution that writes its log: events go from the machine to the file without conversion to the form of the public API.
 *
 * @module
 */
import type { Engines } from "../../dvm/api/engines.ts";
import { executeArtifacts, executeProgram } from "../../dvm/api/execute.ts";
import type { ArtifactSource, Program } from "../../dvm/dir/model.ts";
import type { EventKind, MachineEvent } from "../../dvm/event/event.ts";
import type { RunInput } from "../../dvm/event/input.ts";
import { eventToWire, type WireEvent } from "../../dvm/event/wire_event.ts";
import { sha256 } from "../file/sha256.ts";
import { type Execution, toPublic } from "../log/execution_form.ts";
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
}

/**
 * As `executeToLog`, but with the given engines only, which `loadEngines` loads as a program needs them.
 */
export function executeToLogWith(engines: Engines, run: LogRun, writer: LogWriter): Execution {
  const { artifacts, program, input, observe, observedKinds } = run;
  const observesStatements = observe !== undefined && observedKinds?.has("stmt") !== false;
  const sink = (event: MachineEvent) => {
    const checkpoint = writer.append(event);
    if (event.kind === "stmt" && !observesStatements) return checkpoint; // nearly every event
    if (observedKinds?.has(event.kind) !== false) observe?.(eventToWire(event), writer.tick);
    return checkpoint;
  };
  const { snapshots } = run;
  const states = snapshots === undefined ? undefined : new SnapshotWriter(() => snapshots.write());
  const tools = {
    sha256,
    ...engines,
    sink,
    ...(states === undefined ? {} : { atCheckpoint: states.offer.bind(states) }),
  };
  const execution = program === undefined
    ? executeArtifacts(artifacts, input, tools)
    : executeProgram(program, input, tools);
  writer.finish();
  states?.finish();
  return toPublic(execution);
}
