/**
 * A state as it is shown: frames with their bindings, linear resources, constraints in force, effects, in the form of the log.
 *
 * @module
 */
import { stmtMark } from "../../../dvm/diagnostic/mark.ts";
import { procPath } from "../../../dvm/dir/lookup.ts";
import type { Mark } from "../../../dvm/diagnostic/failure.ts";
import type { Event, OutcomeEvent } from "../../../dvm/event/event.ts";
import { currentStmt, type Frame, frameBindings, type State } from "../../../dvm/event/state.ts";
import { eventToWire, type WireEvent } from "../../../dvm/event/wire_event.ts";
import { valueToWire, type WireValue } from "../../../dvm/value/wire_object.ts";
import type { StateAtEvent } from "./states.ts";
import { EFFECTS_KEPT } from "./snapshots.ts";

/** A state, ready to be shown. */
export interface StateView {
  /** The event it stands behind. */
  readonly event: WireEvent;
  readonly tick: number;
  /** Whether the run is still admitting, executing, or over. */
  readonly phase: "admission" | "execution" | "outcome";
  /** Open processes, the running one last. */
  readonly frames: readonly FrameView[];
  /** Effects so far, and the latest of them. */
  readonly effects: { readonly count: number; readonly latest: readonly EffectView[] };
  /** How many constraints have been reached, and how many linear resources created. */
  readonly constraints: number;
  readonly resources: number;
  readonly outcome: WireEvent<OutcomeEvent> | undefined;
}

/** An open process. */
export interface FrameView {
  /** `Forge::K::name`. */
  readonly proc: string;
  /** The statement it stands at; `undefined` at the end of its body. */
  readonly at: Mark | undefined;
  readonly bindings: readonly BindingView[];
  /** Linear names, each with its resource. */
  readonly live: readonly { readonly name: string; readonly resource: string }[];
  readonly constraints: readonly ConstraintView[];
  /** Ticks since it was entered. */
  readonly ticks: number;
}

/** A bound name. */
export interface BindingView {
  readonly name: string;
  readonly value: WireValue;
}

/** A constraint in force. */
export interface ConstraintView {
  readonly id: string;
  readonly predicate: string;
  /** Whether it is to be decided now. */
  readonly status: "due" | "in force";
}

/** An effect of the history. */
export interface EffectView {
  readonly index: number;
  readonly kind: string;
  readonly payload: string;
  readonly tick: number;
}

/** The view of a state. It holds nothing that changes with the state. */
export function viewState({ state, event }: StateAtEvent): StateView {
  return {
    event: eventToWire<Event>(event),
    tick: state.tick,
    phase: phaseOf(state),
    frames: state.frames.map((frame) => viewFrame(state, frame)),
    effects: {
      count: state.effectCount,
      latest: state.effects.slice(-EFFECTS_KEPT).map(({ index, effect, payload, tick }) => ({
        index,
        kind: effect,
        payload,
        tick,
      })),
    },
    constraints: state.constraints,
    resources: state.resources,
    outcome: state.outcome === undefined ? undefined : eventToWire(state.outcome),
  };
}

function phaseOf(state: State): StateView["phase"] {
  if (state.outcome !== undefined) return "outcome";
  return state.entered ? "execution" : "admission";
}

function viewFrame(state: State, frame: Frame): FrameView {
  const stmt = currentStmt(frame);
  return {
    proc: procPath(frame.proc),
    at: stmt === undefined
      ? undefined
      : stmtMark(state.program, frame.proc, stmt, { role: "main", label: "here" }),
    bindings: frameBindings(frame).map(({ name, value }) => ({ name, value: valueToWire(value) })),
    live: [...frame.linear.live].map(([slot, resource]) => ({
      name: frame.proc.slotNames[slot] ?? "",
      resource,
    })),
    constraints: [...frame.reached].map(([constraint, id]) => ({
      id,
      predicate: constraint.predicate.text,
      status: frame.due.slice(frame.decided).includes(constraint) ? "due" : "in force",
    })),
    ticks: state.tick - frame.tickAtEntry,
  };
}
