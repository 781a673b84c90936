/**
 * A state in the form of the log, for display: frames with bindings, linear resources, constraints and effects.
 *
 * @module
 */
import type { Event, OutcomeEvent } from "../../../dvm/event/event.ts";
import { EFFECTS_KEPT, type State } from "../../../dvm/event/state.ts";
import { eventToWire, type WireEvent } from "../../../dvm/event/wire_event.ts";
import { ticksUsed } from "../../../dvm/regime/time_bounds.ts";
import { valueToWire, type WireValue } from "../../../dvm/value/wire_object.ts";
import { type FrameView, viewFrame } from "./frame_view.ts";
import { type IoView, viewIo } from "./io_view.ts";
import type { StateAtEvent } from "./states.ts";
import { type ThreadsView, viewThreads } from "./threads_view.ts";

/** A state for display. */
export interface StateView extends IoView {
  /** The last event before it. */
  readonly event: WireEvent;
  /** Logical time in ticks. */
  readonly tick: number;
  /** The phase of the run. */
  readonly phase: "admission" | "execution" | "outcome";
  /** Open processes of the thread that the event belongs to, the innermost last. */
  readonly frames: readonly FrameView[];
  /** That thread, and all threads and locks; absent in a run without them. */
  readonly threads?: ThreadsView;
  /** The number of effects so far, and the latest of them. */
  readonly effects: { readonly count: number; readonly latest: readonly EffectView[] };
  /** Number of constraints reached. */
  readonly constraints: number;
  /** Number of linear resources created. */
  readonly resources: number;
  /** The outcome; `undefined` before the end of the run. */
  readonly outcome: WireEvent<OutcomeEvent> | undefined;
}

/** An effect of the run. */
export interface EffectView {
  /** From 0 within the run. */
  readonly index: number;
  /** `emit`, `observe`, `seal`. */
  readonly kind: string;
  /** The value as the trace renders it. */
  readonly payload: string;
  /** The value in the form of the log. */
  readonly value: WireValue;
  /** Logical time in ticks. */
  readonly tick: number;
}

/** Converts a state for display. The view shares nothing with the state, which changes later. */
export function viewState({ state, event }: StateAtEvent): StateView {
  return {
    event: eventToWire<Event>(event),
    tick: state.tick,
    phase: phaseOf(state),
    frames: state.frames.map((frame) => viewFrame(state, frame, ticksUsed(state, frame))),
    ...(state.threads === undefined ? {} : { threads: viewThreads(state, state.threads) }),
    effects: {
      count: state.effectCount,
      latest: state.effects.slice(-EFFECTS_KEPT).map((
        { event: { index, effect, payload, value }, tick },
      ) => ({
        index,
        kind: effect,
        payload,
        value: valueToWire(value),
        tick,
      })),
    },
    constraints: state.constraints,
    resources: state.resources,
    ...viewIo(state),
    outcome: state.outcome === undefined ? undefined : eventToWire(state.outcome),
  };
}

function phaseOf(state: State): StateView["phase"] {
  if (state.outcome !== undefined) return "outcome";
  return state.entered ? "execution" : "admission";
}
