/**
 * Decisions inside a process: what comes before the current statement, the statement itself, and what follows from it.
 *
 * @module
 */
import type { Stmt } from "../dir/model.ts";
import { boundParams, currentStmt, type Frame } from "../event/frame.ts";
import { leave } from "./decide_call.ts";
import { decideConstraint } from "./decide_constraint.ts";
import { resolveExistence } from "./decide_existence.ts";
import { leftOpen } from "./decide_files.ts";
import { leakOf } from "./decide_memory.ts";
import { decideStmt, pendingLinearEvent } from "./decide_statement.ts";
import { decideTime } from "./decide_time.ts";
import { type Decision, isEvaluated, type Machine } from "./decision.ts";

/** The next decision in the innermost process. */
export function decideInFrame(machine: Machine, frame: Frame): Decision {
  const stmt = currentStmt(frame);
  return stmt === undefined || isInterrupted(machine, frame)
    ? decideNext(machine, frame, stmt)
    : decideTime(machine, frame, stmt) ?? decideStmt(machine, frame, stmt);
}

/** Whether something else may come before the current statement, or follow from it. At nearly all statements, nothing does. */
function isInterrupted({ state }: Machine, frame: Frame): boolean {
  return !frame.resolved || frame.due.length > 0 || frame.results.length > 0 ||
    frame.proc.isLinear || state.memory.holders.size > 0 || state.io.open.size > 0;
}

/** The decision where other things than a statement are pending, or may be. */
function decideNext(machine: Machine, frame: Frame, stmt: Stmt | undefined): Decision {
  const { state } = machine;
  if (!frame.resolved) return resolveExistence(machine, frame.proc, boundParams(frame), false);
  const due = frame.due[frame.decided];
  if (due !== undefined) return decideConstraint(machine, frame, due);
  // A statement with the result of a call has begun, and may still have to complete.
  const hasBegun = frame.results.length > 0;
  if (stmt !== undefined && !hasBegun) {
    const refusal = decideTime(machine, frame, stmt);
    if (refusal !== undefined) return refusal;
  }
  if (frame.proc.isLinear) {
    const event = pendingLinearEvent(machine, frame, { stmt, isEvaluated: false });
    if (event !== undefined) return event;
  }
  if (stmt === undefined) {
    const left = leave(machine, frame, undefined);
    return leakOf(machine, frame, undefined, left) ?? leftOpen(state, frame, undefined, left) ??
      left;
  }
  const decision = decideStmt(machine, frame, stmt);
  const late = hasBegun && isEvaluated(decision) ? decideTime(machine, frame, stmt) : undefined;
  return late ?? leakOf(machine, frame, stmt, decision) ??
    leftOpen(state, frame, stmt, decision) ?? decision;
}
