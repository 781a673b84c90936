/**
 * Execution straight into a log: events go from the machine to the file without taking the form of the public API.
 *
 * @module
 */
import type { Engines } from "../../dvm/api/engines.ts";
import { executeArtifacts } from "../../dvm/api/execute.ts";
import type { ArtifactSource } from "../../dvm/dir/model.ts";
import type { EventKind, MachineEvent } from "../../dvm/event/event.ts";
import type { RunInput } from "../../dvm/event/input.ts";
import { eventToWire, type WireEvent } from "../../dvm/event/wire_event.ts";
import { sha256 } from "../file/sha256.ts";
import { type Execution, toPublic } from "../log/execution_form.ts";
import type { LogWriter } from "../log/writer.ts";
import { SnapshotWriter } from "../projection/state/snapshots.ts";
import type { SnapshotFile } from "../projection/state/states.ts";

/** What a logged run needs. */
export interface LogRun {
  readonly artifacts: readonly ArtifactSource[];
  readonly input: RunInput;
  /** Also shows each event to the caller; checkpoints are the log's own and not shown. */
  readonly observe?: (event: WireEvent<MachineEvent>) => void;
  /** Where snapshots of the states go, so that those of a long run are found at once later. */
  readonly snapshots?: SnapshotFile;
  /** Shows these kinds only. */
  readonly observedKinds?: ReadonlySet<EventKind>;
}

/**
 * Executes with the engines given, which `loadEngines` loads as needed; otherwise as `executeToLog`, which has all of
 * them.
 */
export function executeToLogWith(engines: Engines, run: LogRun, writer: LogWriter): Execution {
  const { artifacts, input, observe, observedKinds } = run;
  const sink = (event: MachineEvent) => {
    const checkpoint = writer.append(event);
    if (observedKinds?.has(event.kind) !== false) observe?.(eventToWire(event));
    return checkpoint;
  };
  const { snapshots } = run;
  const states = snapshots === undefined ? undefined : new SnapshotWriter(() => snapshots.write());
  const execution = executeArtifacts(artifacts, input, {
    sha256,
    ...engines,
    sink,
    ...(states === undefined ? {} : { atCheckpoint: states.offer.bind(states) }),
  });
  writer.finish();
  states?.finish();
  return toPublic(execution);
}
