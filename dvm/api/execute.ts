/**
 * From artifact texts to a finished run: the only code that distinguishes the semantics of a run.
 *
 * @module
 */
import { load } from "../load/load.ts";
import type { ArtifactSource, Program } from "../dir/model.ts";
import type { Diagnostic } from "../diagnostic/failure.ts";
import { assert } from "../base/result.ts";
import type { MachineEvent } from "../event/event.ts";
import type { Execution, RunInput } from "../event/input.ts";
import { refusedOutcome } from "../machine/ending.ts";
import { collectInto, headerOf, run, type RunTools } from "../machine/run.ts";
import type { Engines } from "./engines.ts";

/** What a run needs besides its artifacts and input. */
export type ExecutionTools = RunTools & Engines;

/** Loads, links and executes. A load failure is an outcome like any other, so that its log says what was refused and why. */
export function executeArtifacts(
  artifacts: readonly ArtifactSource[],
  input: RunInput,
  tools: ExecutionTools,
): Execution {
  if (input.semantics === "host-0.1") return executeAsHost01(artifacts, input, tools);
  const loaded = load(artifacts);
  return loaded.ok
    ? run(loaded.value, input, tools)
    : refuse(artifacts, { input, diagnostics: loaded.failure }, tools);
}

/** Executes a program that is loaded already. */
export function executeProgram(
  program: Program,
  input: RunInput,
  tools: ExecutionTools,
): Execution {
  return input.semantics === "host-0.1"
    ? executeAsHost01(program.artifacts, input, tools)
    : run(program, input, tools);
}

/** The upstream executor knows no linking: it runs the first artifact. */
function executeAsHost01(
  artifacts: readonly ArtifactSource[],
  input: RunInput,
  { sha256, sink, executeHost01 }: ExecutionTools,
): Execution {
  const [source] = artifacts;
  assert(source !== undefined, "a run without an artifact");
  return executeHost01(source.text, input, sink, { name: source.name, sha256 });
}

/** The run of a text that is not DIR: its header, and the outcome. */
function refuse(
  artifacts: readonly ArtifactSource[],
  refused: { readonly input: RunInput; readonly diagnostics: readonly Diagnostic[] },
  tools: ExecutionTools,
): Execution {
  const { input, diagnostics } = refused;
  const events: MachineEvent[] = [];
  const sink = tools.sink ?? collectInto(events);
  const header = headerOf({ artifacts }, input, tools.sha256);
  let seq = 0;
  for (const event of header) seq = ((sink({ ...event, seq }))?.seq ?? seq) + 1;
  const outcome = refusedOutcome(diagnostics, { seq, ticks: 0, effects: 0 });
  sink(outcome);
  return { outcome, events, diagnostics, effects: [], ticks: 0 };
}
