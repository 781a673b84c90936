/**
 * An open process in the form of the log, for display: its bindings, linear resources and constraints.
 *
 * @module
 */
import type { Mark } from "../../../dvm/diagnostic/failure.ts";
import { stmtMark } from "../../../dvm/diagnostic/mark.ts";
import { procPath } from "../../../dvm/dir/lookup.ts";
import { statementNumber } from "../../../dvm/dir/notation.ts";
import { currentStmt, type Frame, frameBindings } from "../../../dvm/event/frame.ts";
import type { State } from "../../../dvm/event/state.ts";
import { valueToWire, type WireValue } from "../../../dvm/value/wire_object.ts";

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

/** Converts an open process, whose thread has counted these ticks in it. */
export function viewFrame(state: State, frame: Frame, ticks: number): FrameView {
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
    ticks,
  };
}
