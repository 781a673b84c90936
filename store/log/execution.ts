/**
 * Execution in the public API: the machine with the host's SHA-256 and every engine, its events in the form of the log.
 *
 * @module
 */
import { ALL_ENGINES } from "../../dvm/api/all_engines.ts";
import { executeArtifacts as executeSources, executeProgram } from "../../dvm/api/execute.ts";
import type { ArtifactSource, Program } from "../../dvm/dir/model.ts";
import type { MachineEvent } from "../../dvm/event/event.ts";
import type { EventSink, RunInput } from "../../dvm/event/input.ts";
import { eventToWire, type WireEvent } from "../../dvm/event/wire_event.ts";
import { sha256 } from "../file/sha256.ts";
import { type Execution, toPublic } from "./execution_form.ts";

/**
 * Executes a loaded program from its entry to its outcome. Effects are recorded, never performed. Failures are outcomes; an
 * exception is a bug in dustrun.
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
  return toPublic(executeProgram(program, input, { sha256, ...ALL_ENGINES, ...wireSink(sink) }));
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
  return toPublic(executeSources(artifacts, input, { sha256, ...ALL_ENGINES, ...wireSink(sink) }));
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
