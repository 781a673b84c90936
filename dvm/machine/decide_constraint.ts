/**
 * Decisions on constraints, and on the witnesses that attest them.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import type { ExprText, ProveStmt } from "../dir/model.ts";
import { isValue } from "../eval/evaluated.ts";
import type { ConstraintInForce, Frame } from "../event/frame.ts";
import { hasCall } from "../expr/walk.ts";
import { makeWitness } from "../regime/witness.ts";
import { stopped } from "./decide_call.ts";
import { type Decision, type Machine, refused } from "./decision.ts";
import { constraintMessage } from "./message.ts";

/** Whether a constraint holds, all of whose names are bound. */
export function decideConstraint(
  machine: Machine,
  frame: Frame,
  { id, stmt, kept }: ConstraintInForce,
): Decision {
  const { predicate } = stmt;
  const value = kept.size === 0
    ? machine.scope.evaluate(frame, predicate)
    : machine.scope.evaluateKept(frame, predicate, kept);
  if (!isValue(value)) return stopped(machine, { frame, stmt, expr: predicate }, value);
  assert(value.kind === "Bool", "a predicate that is no Bool");
  const { seq } = machine.state;
  return value.value
    ? { seq, kind: "constraint_held", id }
    : { seq, kind: "constraint_failed", id, reason: constraintMessage(predicate.text) };
}

/** The witness of a `prove`, whose source must not be false (WIT-04). */
export function decideProof(machine: Machine, frame: Frame, stmt: ProveStmt): Decision {
  const { state, analysis } = machine;
  const { from: expr } = stmt;
  const source = machine.scope.evaluate(frame, expr);
  if (!isValue(source)) return stopped(machine, { frame, stmt, expr }, source);
  if (source.kind === "Bool" && !source.value) {
    return refused({ kind: "false_proof", proc: frame.proc, stmt, from: expr.text });
  }
  const number = state.witnesses + 1;
  return {
    seq: state.seq,
    kind: "witness",
    at: stmt.at,
    ...makeWitness(analysis.sha256, { frame, stmt, number, holds: holdsNow(machine, frame) }),
    name: stmt.name,
  };
}

/** Whether a predicate is true now. One that makes calls is not evaluated before its turn, and counts as true. */
function holdsNow({ scope }: Machine, frame: Frame): (predicate: ExprText) => boolean {
  return (predicate) => {
    if (hasCall(predicate.expr)) return true;
    const value = scope.evaluate(frame, predicate);
    return isValue(value) && value.kind === "Bool" && value.value;
  };
}
