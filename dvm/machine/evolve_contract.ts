/**
 * What a checked contract changes: the frame that has been checked, or the refusal of the run with the call that is refused.
 *
 * @module
 */
import type { Bind, Proc, Program, Stmt } from "../dir/model.ts";
import type { Located } from "../dir/statement_paths.ts";
import type { BindChecked } from "../event/event.ts";
import { currentStmt, type Frame } from "../event/frame.ts";
import type { ContractRefusal } from "../event/refusal.ts";
import { type State, topFrame } from "../event/state.ts";
import { ticksUsed } from "../regime/time_bounds.ts";

/** Records a check of a contract, or why the event does not fit. */
export function applyBindChecked(
  state: State,
  event: BindChecked,
): string | undefined {
  const frame = topFrame(state);
  if (frame === undefined) return "no process is open";
  const { stage, holds, refusal } = event;
  if (stage === "enter") frame.contractsChecked++;
  if (stage === "leave") {
    const position = frame.binds.findIndex((bind) => isOf(event, bind));
    if (position < 0) return noCallExercises(event);
    frame.bindsLeft = position + 1;
  }
  if (holds !== (refusal === undefined)) {
    return "a contract is refused exactly when it does not hold";
  }
  if (refusal !== undefined) return refuseContract(state, { ...event, refusal });
  return stage === "during" ? "a contract is checked during a call only to refuse it" : undefined;
}

/** The statement that a call is made for: the constraint that is being decided, else the current one. */
function callingStmt(frame: Frame): Stmt | undefined {
  return frame.due[frame.decided]?.stmt ?? currentStmt(frame);
}

function refuseContract(
  state: State,
  event: BindChecked & { readonly refusal: ContractRefusal },
): string | undefined {
  const called = calledFrame(state, event);
  const frame = state.frames[called - 1];
  const calling = frame ?? spawnerOf(state);
  const bind = event.stage === "enter" && calling !== undefined
    ? bindOf(state.program, calling.proc, event)
    : state.frames[called]?.binds.find((bind) => isOf(event, bind));
  const stmt = frame === undefined ? spawnerOf(state)?.stmt : callingStmt(frame);
  const callee = bind?.sourceProc === calling?.proc ? bind?.targetProc : bind?.sourceProc;
  if (bind === undefined || calling === undefined || stmt === undefined || callee === undefined) {
    return noCallExercises(event);
  }
  const { refusal } = event;
  if (refusal.clause !== undefined && bind.clauses[refusal.clause.index] === undefined) {
    return `the contract has no clause ${refusal.clause.index}`;
  }
  const exceeding = event.stage === "during" ? nextStmt(state) : undefined;
  state.refusal = {
    kind: "contract",
    caller: calling.proc,
    callee,
    stmt,
    bind,
    refusal,
    exceeding,
  };
  return undefined;
}

/** The `spawn` of the current thread, if it is another than the first. */
function spawnerOf({ threads }: State): Located | undefined {
  return threads?.list[threads.current]?.start?.by;
}

function noCallExercises({ source, target }: BindChecked): string {
  return `no call exercises the bind ${source} -> ${target}`;
}

/** The current statement of the innermost process. */
function nextStmt(state: State): Located | undefined {
  const frame = topFrame(state);
  const stmt = frame === undefined ? undefined : currentStmt(frame);
  return frame === undefined || stmt === undefined ? undefined : { proc: frame.proc, stmt };
}

/**
 * The index of the frame whose call is checked: at `enter` the one that would be opened, at `leave` the open one, and during a call
 * the innermost whose bound the next statement would exceed.
 */
function calledFrame(state: State, event: BindChecked): number {
  const { stage, ticks } = event;
  if (stage !== "during") return state.frames.length - (stage === "enter" ? 0 : 1);
  const isExercised = ({ binds }: Frame) => binds.some((bind) => isOf(event, bind));
  const exact = state.frames.findLastIndex((frame) =>
    isExercised(frame) && (ticks === 0 || ticks === ticksUsed(state, frame) + 1)
  );
  // A join adds the ticks of the joined thread.
  return exact >= 0
    ? exact
    : state.frames.findLastIndex((frame) => isExercised(frame) && ticks > ticksUsed(state, frame));
}

/** The bind that an event names, between `proc` and one of its callees. */
function bindOf(program: Program, proc: Proc, event: BindChecked): Bind | undefined {
  const callees = [...proc.callees.values()];
  const isCalled = (other: Proc | undefined) =>
    callees.some((callee) => callee.kind === "proc" && callee.proc === other);
  return program.forges.flatMap(({ binds }) => binds).find((bind) =>
    isOf(event, bind) &&
    (bind.sourceProc === proc && isCalled(bind.targetProc) ||
      bind.targetProc === proc && isCalled(bind.sourceProc))
  );
}

/** Whether an event names this bind. */
function isOf({ source, target }: BindChecked, { named }: Bind): boolean {
  return named.source === source && named.target === target;
}
