/**
 * A state in the form of the log, for display: frames with bindings, linear resources, constraints and effects.
 *
 * @module
 */
import { stmtMark } from "../../../dvm/diagnostic/mark.ts";
import { procPath } from "../../../dvm/dir/lookup.ts";
import { statementNumber } from "../../../dvm/dir/notation.ts";
import type { Mark } from "../../../dvm/diagnostic/failure.ts";
import type { Event, OutcomeEvent } from "../../../dvm/event/event.ts";
import {
  currentStmt,
  EFFECTS_KEPT,
  type Frame,
  frameBindings,
  type State,
} from "../../../dvm/event/state.ts";
import { eventToWire, type WireEvent } from "../../../dvm/event/wire_event.ts";
import { valueToWire, type WireValue } from "../../../dvm/value/wire_object.ts";
import { type IoView, viewIo } from "./io_view.ts";
import type { StateAtEvent } from "./states.ts";

/** A state for display. */
export interface StateView extends IoView {
  /** The last event before it. */
  readonly event: WireEvent;
  /** Logical time in ticks. */
  readonly tick: number;
  /** The phase of the run. */
  readonly phase: "admission" | "execution" | "outcome";
  /** Open processes, the innermost last. */
  readonly frames: readonly FrameView[];
  /** The number of effects so far, and the latest of them. */
  readonly effects: { readonly count: number; readonly latest: readonly EffectView[] };
  /** Number of constraints reached. */
  readonly constraints: number;
  /** Number of linear resources created. */
  readonly resources: number;
  /** The outcome; `undefined` before the end of the run. */
  readonly outcome: WireEvent<OutcomeEvent> | undefined;
}

/** An open process. */
export interface FrameView {
  /** `Forge::K::name`. */
  readonly proc: string;
  /** The current statement; `undefined` at the end of the body. */
  readonly at: Mark | undefined;
  /** Bound names. */
  readonly bindings: readonly BindingView[];
  /** Linear names that are not consumed, each with its resource. */
  readonly live: readonly { readonly name: string; readonly resource: string }[];
  /** Names whose holder of memory was freed, each with that holder. */
  readonly freed: readonly { readonly name: string; readonly holder: string }[];
  /** Constraints reached in this process. */
  readonly constraints: readonly ConstraintView[];
  /** Ticks since the process was entered. */
  readonly ticks: number;
}

/** A bound name. */
export interface BindingView {
  /** The name. */
  readonly name: string;
  /** Its value in the form of the log. */
  readonly value: WireValue;
  /** What set it last; absent for parameters that have not been assigned to. */
  readonly set?: SetView;
}

/** The event that gave a name its value. */
export interface SetView {
  /** The `seq` of the event. */
  readonly seq: number;
  /** The number of the statement in its process, from 1. */
  readonly statement: number;
  /** The round of the innermost loop around the statement, from 1; 0 outside of loops. */
  readonly round: number;
}

/** A constraint that was reached. */
export interface ConstraintView {
  /** Its number within the run, `C1`. */
  readonly id: string;
  /** Its source text. */
  readonly predicate: string;
  /** `due`: it is decided next. */
  readonly status: "due" | "in force";
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
    frames: state.frames.map((frame) => viewFrame(state, frame)),
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

function viewBindings({ proc, cells, writes }: Frame): BindingView[] {
  return cells.flatMap((value, slot) => {
    const name = proc.slotNames[slot];
    if (value === undefined || name === undefined) return [];
    const write = writes[slot];
    const set = write === undefined ? {} : {
      set: {
        seq: write.seq,
        statement: statementNumber(proc, write.stmt),
        round: write.round,
      },
    };
    return { name, value: valueToWire(value), ...set };
  });
}

function viewFrame(state: State, frame: Frame): FrameView {
  const stmt = currentStmt(frame);
  const bindings = frameBindings(frame);
  // A state that was read from a snapshot has a pending constraint twice.
  const due = new Set(frame.due.slice(frame.decided).map(({ id }) => id));
  return {
    proc: procPath(frame.proc),
    at: stmt === undefined
      ? undefined
      : stmtMark(state.program, frame.proc, stmt, { role: "main", label: "here" }),
    bindings: viewBindings(frame),
    live: [...frame.linear.live].map(([slot, resource]) => ({
      name: frame.proc.slotNames[slot] ?? "",
      resource,
    })),
    freed: bindings.flatMap(({ name, value }) => {
      if (value.kind !== "Mem") return [];
      const isFreed = state.memory.holders.get(value.value)?.freed !== undefined;
      return isFreed ? { name, holder: value.value } : [];
    }),
    constraints: [...frame.outlived, ...frame.reached.values()].map((constraint) => ({
      id: constraint.id,
      predicate: constraint.stmt.predicate.text,
      status: due.has(constraint.id) ? "due" : "in force",
    })),
    ticks: state.tick - frame.tickAtEntry,
  };
}
