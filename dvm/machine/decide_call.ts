/**
 * Decisions at the boundary of a process: making a call, returning, and the contract between the two processes.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import { bindsBetween, brokenLatency, contractOf } from "../dir/contract.ts";
import type { Bind, ExprText, Proc, ReturnStmt, Stmt } from "../dir/model.ts";
import { hasSeed, spawnedPath } from "../dir/operations.ts";
import { type CallNeeded, type EvaluationFailure, isValue } from "../eval/evaluated.ts";
import { fitValue } from "../eval/fit_value.ts";
import type { Frame } from "../event/frame.ts";
import type { ContractRefusal } from "../event/refusal.ts";
import { assertNothingLeft } from "../regime/linear_events.ts";
import { costOf, ticksUsed } from "../regime/time_bounds.ts";
import { witnessIn } from "../regime/witness.ts";
import { type IntValue, type NamedValue, UNIT, type Value } from "../value/value.ts";
import type { Analysis } from "./analysis.ts";
import { checked, refusedClause, statedClause } from "./contract_check.ts";
import { movedOrCopied, usedAfterFree } from "./decide_memory.ts";
import { decideOperation } from "./decide_operation.ts";
import { refuseThread, seedOf, startThread } from "./decide_spawn.ts";
import { type Decision, enter, type Machine, refused } from "./decision.ts";

/** A statement of a frame, and the expression of it that is being evaluated. */
export interface Evaluating {
  readonly frame: Frame;
  readonly stmt: Stmt;
  readonly expr: ExprText;
}

/** Evaluation stopped: at a call, which is made now, or at a failure. */
export function stopped(
  machine: Machine,
  at: Evaluating,
  stop: EvaluationFailure | CallNeeded,
): Decision {
  const { frame: { proc }, stmt, expr } = at;
  if (stop.kind === "failure") {
    return refused({ kind: "evaluation", proc, stmt, expr, failure: stop });
  }
  const callee = proc.callees.get(stop.call.callee);
  if (callee?.kind === "operation") {
    return decideOperation(machine, at.frame, stmt, { name: callee.name, args: stop.args });
  }
  assert(callee?.kind === "proc", `the call of ${stop.call.callee} did not resolve`);
  const { callee: path } = stop.call;
  const isSpawn = spawnedPath(path) !== undefined;
  if (!isSpawn) return call(machine, at, { callee: callee.proc, args: stop.args });
  const seed = hasSeed(path) ? seedOf(stop.args) : undefined;
  const args = seed === undefined ? stop.args : stop.args.slice(0, -1);
  return call(machine, at, { callee: callee.proc, args, spawn: { seed } });
}

function call(
  { state, analysis }: Machine,
  { frame, stmt, expr }: Evaluating,
  { callee, args: values, spawn }: {
    readonly callee: Proc;
    readonly args: readonly Value[];
    /** Present where the process becomes a thread. */
    readonly spawn?: { readonly seed: IntValue | undefined };
  },
): Decision {
  const { proc } = frame;
  for (const arg of values) {
    const dead = arg.kind === "Mem" ? usedAfterFree(state, frame, stmt, arg) : undefined;
    if (dead !== undefined) return dead;
  }
  const { max_depth = 0, max_ticks = 0 } = state.input?.limits ?? {};
  if (spawn !== undefined) {
    const refusal = refuseThread(state, frame, stmt);
    if (refusal !== undefined) return refusal;
  } else if (state.frames.length >= max_depth) {
    return refused({ kind: "depth_limit", proc, stmt, limit: max_depth });
  }
  if (state.calls > max_ticks) return refused({ kind: "call_limit", proc, stmt, limit: max_ticks });
  const args: NamedValue[] = [];
  for (const [position, param] of callee.params.entries()) {
    const fitted = fitValue(values[position] ?? UNIT, param.type);
    if (!fitted.ok) {
      const destination = { kind: "parameter", proc: callee, param } as const;
      return refused({ kind: "misfit", proc, stmt, expr, failure: fitted.failure, destination });
    }
    args.push({ name: param.name, value: fitted.value });
  }
  const binds = bindsBetween(analysis.program, proc, callee);
  const bind = binds[frame.contractsChecked];
  if (bind === undefined) {
    return spawn === undefined
      ? enter(state, callee, args)
      : startThread(state, stmt, { proc: callee, args, seed: spawn.seed });
  }
  return checked(state, bind, "enter", {
    ticks: 0,
    refusal: entryRefusal(analysis, bind, { binds, callee, args: values }),
  });
}

/** A call and all binds that it exercises. */
interface ExercisedCall {
  readonly binds: readonly Bind[];
  readonly callee: Proc;
  readonly args: readonly Value[];
}

/** Why the contract of one of the binds forbids the call. */
function entryRefusal(
  { isEffectful }: Analysis,
  bind: Bind,
  { binds, callee, args }: ExercisedCall,
): ContractRefusal | undefined {
  const contract = contractOf(bind);
  if (contract.unusable !== undefined) {
    return { kind: "unusable", clause: refusedClause(bind, contract.unusable) };
  }
  const target = bind.targetProc ?? callee;
  if (!contract.effectsAllowed && (isEffectful(callee) || isEffectful(target))) {
    const { regime, name } = isEffectful(callee) ? callee : target;
    return {
      kind: "effects",
      ...statedClause(bind, "effects_allowed"),
      proc: `${regime}::${name}`,
    };
  }
  if (!args.some(witnessIn)) return undefined;
  const stated = statedClause(bind, "witness_transfer");
  if (!contract.witnessTransfer) return { kind: "witness", ...stated, carrier: "argument" };
  // Witnesses flow from source to target; what a source returns to its target flows that way too (BND-04).
  const leadsThere = binds.some(({ targetProc }) => targetProc === callee);
  return leadsThere ? undefined : { kind: "direction", ...stated };
}

/** The decision of a `return` statement. */
export function decideReturn(machine: Machine, frame: Frame, stmt: ReturnStmt): Decision {
  const { expr } = stmt;
  if (expr === undefined) return leave(machine, frame, undefined);
  const value = machine.scope.evaluate(frame, expr);
  if (!isValue(value)) return stopped(machine, { frame, stmt, expr }, value);
  if (value.kind === "Mem") {
    const moved = movedOrCopied(machine, frame, stmt, { handle: value, expr: expr.expr });
    return moved.kind === "Mem" ? leave(machine, frame, moved) : moved;
  }
  const { proc } = frame;
  if (proc.ret === undefined) return leave(machine, frame, value);
  const fitted = fitValue(value, proc.ret);
  if (fitted.ok) return leave(machine, frame, fitted.value);
  const destination = { kind: "result", proc } as const;
  return refused({ kind: "misfit", proc, stmt, expr, failure: fitted.failure, destination });
}

/** The decision at the end of a process: its contracts are checked before it is left. */
export function leave({ state }: Machine, frame: Frame, value: Value | undefined): Decision {
  const { proc, binds, bindsLeft } = frame;
  for (const bind of bindsLeft === 0 ? binds : binds.slice(bindsLeft)) {
    const ticks = ticksUsed(state, frame);
    const refusal = resultRefusal(bind, value, costOf(ticks, state));
    if (refusal !== undefined || contractOf(bind).latency.length > 0) {
      return checked(state, bind, "leave", { ticks, refusal });
    }
  }
  if (proc.isLinear) assertNothingLeft(frame);
  return { seq: state.seq, kind: "leave_proc", proc: proc.reference, value };
}

/** Why the contract forbids the result, or the time that the call took. */
function resultRefusal(
  bind: Bind,
  value: Value | undefined,
  cost: bigint,
): ContractRefusal | undefined {
  const contract = contractOf(bind);
  if (value !== undefined && witnessIn(value) && !contract.witnessTransfer) {
    return { kind: "witness", ...statedClause(bind, "witness_transfer"), carrier: "result" };
  }
  const broken = brokenLatency(contract, cost);
  return broken === undefined
    ? undefined
    : { kind: "latency", clause: refusedClause(bind, broken), actual_us: Number(cost) };
}
