/**
 * The step that execution takes from a state, as the public API offers it.
 *
 * @module
 */
import { ALL_ENGINES } from "../../dvm/api/all_engines.ts";
import { assert } from "../../dvm/base/result.ts";
import { memoize } from "../../dvm/base/memoize.ts";
import type { Program } from "../../dvm/dir/model.ts";
import type { MachineEvent } from "../../dvm/event/event.ts";
import type { State } from "../../dvm/event/state.ts";
import { eventToWire, type WireEvent } from "../../dvm/event/wire_event.ts";
import { analyze } from "../../dvm/machine/analysis.ts";
import { decide } from "../../dvm/machine/decide.ts";
import { sha256 } from "../file/sha256.ts";

const analysisOf = memoize((program: Program) => analyze(program, { sha256, ...ALL_ENGINES }));

/**
 * The event that follows a state under `spec` semantics; `undefined` after the outcome. It changes nothing: pass the event to
 * {@link evolve} for the next state. The header (`run_started` and every `program_loaded`) records the input of the run and
 * must have been folded already; another state is a bug of the caller.
 *
 * @example
 * ```ts
 * import { evolve, executeText, initialState, load, nextEvent } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],
 *   "uses":[],"ret":"i64","qualifiers":[],"body":[{"Return":{"expr":"7"}}]}]}]}`;
 * const program = load([{ name: "program", text }]);
 * if (!program.ok) throw new Error();
 * const state = initialState(program.value);
 * for (const event of executeText(text).events.slice(0, 2)) evolve(state, event);
 * const kinds: string[] = [];
 * for (let event = nextEvent(state); event !== undefined; event = nextEvent(state)) {
 *   kinds.push(event.kind);
 *   evolve(state, event);
 * }
 * if (kinds.join() !== "enter_proc,leave_proc,outcome") throw new Error(kinds.join());
 * ```
 */
export function nextEvent(state: State): WireEvent<MachineEvent> | undefined {
  const { input, program } = state;
  assert(input?.semantics === "spec", "a state before the header, or of another semantics");
  assert(state.artifacts === program.artifacts.length, "a state within the header");
  const event = decide(analysisOf(program), state);
  return event === undefined ? undefined : eventToWire(event);
}
