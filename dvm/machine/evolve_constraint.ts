/**
 * What the events of constraints change in a frame.
 *
 * @module
 */
import type { ConstraintAdded, ConstraintFailed, ConstraintHeld } from "../event/event.ts";
import { type ConstraintInForce, currentStmt, exitOf, stmtAtCursor } from "../event/frame.ts";
import { type State, topFrame } from "../event/state.ts";
import { makeDue } from "./constraints_in_force.ts";
import { advance, settle } from "./evolve_statement.ts";

/** A constraint is in force from now on: control has reached it, or a return executes it first. */
export function applyConstraintAdded(
  state: State,
  { id, at }: ConstraintAdded,
): string | undefined {
  const frame = topFrame(state);
  const stmt = frame === undefined ? undefined : currentStmt(frame);
  if (frame === undefined || stmt?.kind !== "Constrain" || stmt.at !== at) {
    return "no constraint is next";
  }
  const isAtExit = stmtAtCursor(frame) !== stmt;
  if (isAtExit) frame.exit ??= exitOf(frame);
  state.constraints++;
  const constraint: ConstraintInForce = { id, stmt, kept: new Map() };
  // Reaching a constraint again with the same bindings is the same constraint.
  frame.reached.set(stmt, constraint);
  makeDue(frame, constraint);
  if (frame.exit === undefined) return advance(state);
  frame.exit.executed++;
  state.tick++;
  return undefined;
}

/** The pending constraint holds. */
export function applyConstraintHeld(state: State, { id }: ConstraintHeld): string | undefined {
  const frame = topFrame(state);
  if (frame === undefined || frame.due[frame.decided]?.id !== id) {
    return `constraint ${id} is not pending`;
  }
  if (++frame.decided === frame.due.length) {
    frame.due = [];
    frame.decided = 0;
  }
  if (frame.results.length > 0) frame.results = [];
  settle(state, frame);
  return undefined;
}

/** The pending constraint does not hold: the run is refused. */
export function applyConstraintFailed(state: State, event: ConstraintFailed): string | undefined {
  const frame = topFrame(state);
  const failed = frame?.due[frame.decided];
  if (frame === undefined || failed === undefined || failed.id !== event.id) {
    return `constraint ${event.id} is not pending`;
  }
  state.refusal = { kind: "constraint", proc: frame.proc, stmt: failed.stmt, event };
  return undefined;
}
