/**
 * The machine's state as a projection of events in the form of the log.
 *
 * @module
 */
import type { Program } from "../dir/model.ts";
import { evolve as evolveEvent, type Misfit } from "../machine/evolve.ts";
import { initialState, type State } from "../event/state.ts";
import { type WireEvent, wireToEvent } from "../event/wire_event.ts";
import { type Result, success } from "../base/result.ts";

/**
 * Folds one event, in the form of the log, into the state, in place. `event.seq` must equal `state.seq`; an event that
 * cannot follow the ones before it is refused, and the state is then unusable.
 *
 * @example
 * ```ts
 * import { evolve, executeText, initialState, load } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],
 *   "uses":[],"ret":"i64","qualifiers":[],"body":[{"Let":{"name":"x","expr":"6 Mul 7"}},{"Return":{"expr":"x"}}]}]}]}`;
 * const program = load([{ name: "program", text }]);
 * if (!program.ok) throw new Error();
 * const state = initialState(program.value);
 * for (const event of executeText(text).events) if (!evolve(state, event).ok) throw new Error();
 * if (state.tick !== 1) throw new Error();
 * ```
 */
export function evolve(state: State, event: WireEvent): Result<State, Misfit> {
  return evolveEvent(state, wireToEvent(event));
}

/** The state after all of `events`, from the beginning. */
export function fold(program: Program, events: Iterable<WireEvent>): Result<State, Misfit> {
  const state = initialState(program);
  for (const event of events) {
    const evolved = evolve(state, event);
    if (!evolved.ok) return evolved;
  }
  return success(state);
}
