/**
 * `decide`: what happens next. Reads the state and changes nothing. Replay calls it again and compares what it yields with what
 * was recorded. Its parts are `decide_*.ts`.
 *
 * @module
 */
import { entryCandidates } from "../dir/lookup.ts";
import type { Stmt } from "../dir/model.ts";
import { findStmt } from "../dir/statement_paths.ts";
import type { MachineEvent } from "../event/event.ts";
import { boundParams, currentStmt, type Frame, type Refusal, type State } from "../event/state.ts";
import type { Value } from "../value/value.ts";
import { type Analysis, violationsOf } from "./analysis.ts";
import { decideAdmission, soleEntry } from "./decide_admission.ts";
import { leave } from "./decide_call.ts";
import { decideConstraint } from "./decide_constraint.ts";
import { resolveExistence } from "./decide_existence.ts";
import { leftOpen } from "./decide_files.ts";
import { leakOf } from "./decide_memory.ts";
import { decideStmt, pendingLinearEvent } from "./decide_statement.ts";
import { decideTime } from "./decide_time.ts";
import { type Decision, isEvaluated, type Machine, type Refused, refused } from "./decision.ts";
import { diagnosticOf, type Ending, endingOf } from "./ending.ts";
import type { RunFailure } from "./failure.ts";
import { FrameScope } from "./frame_scope.ts";
import { unreachable } from "../base/result.ts";

/**
 * The next event of a run whose header has been folded. Once the state has its outcome there is none.
 *
 * @see docs/architecture.md
 */
export function decide(analysis: Analysis, state: State): MachineEvent | undefined {
  if (state.outcome !== undefined) return undefined;
  const next = new Decider(analysis, state).next();
  return next.kind === "ending" ? next.outcome : next;
}

/** Decides for one state, as often as asked. It keeps nothing: the program and the state alone determine what `next` returns. */
export class Decider {
  readonly #machine: Machine;

  /** Decides for this state, which may change between two calls of {@link next}. */
  constructor(analysis: Analysis, state: State) {
    this.#machine = { analysis, state, scope: new FrameScope(analysis) };
  }

  /** Like {@link decide}, with the diagnostics where the outcome is a failure. */
  next(): MachineEvent | Ending {
    const machine = this.#machine;
    const { refusal, frames } = machine.state;
    const frame = frames[frames.length - 1];
    const decision = refusal !== undefined
      ? refused(failureOf(refusal))
      : frame !== undefined
      ? decideInFrame(machine, frame)
      : decideOutside(machine);
    return decision.kind === "refused" ? endOf(machine, decision) : decision;
  }
}

function endOf({ analysis: { program }, state }: Machine, { failures }: Refused): Ending {
  return endingOf(state, failures.map((failure) => diagnosticOf(program, failure, state)));
}

/** The decision where no process is open: the run has not begun, or its entry has been left. */
function decideOutside(machine: Machine): Decision | Ending {
  const { analysis, state } = machine;
  if (isBeforeAdmission(state)) {
    const violations = violationsOf(analysis, soleEntry(machine));
    if (violations.length > 0) return endingOf(state, violations);
  }
  if (state.result !== undefined) return finished(machine, state.result.value);
  return decideAdmission(machine);
}

/** Nothing has been decided yet: the static rules come first. */
function isBeforeAdmission({ entered, admitted }: State): boolean {
  return !entered && admitted === 0;
}

function finished({ state, analysis }: Machine, value: Value | undefined): MachineEvent {
  const [entry] = entryCandidates(analysis.program, state.input?.entry ?? "");
  return {
    seq: state.seq,
    kind: "outcome",
    status: entry?.regime === "Φ" ? "admissible" : "returned",
    returned: value,
    error: undefined,
    ticks: state.tick,
    effects: state.effectCount,
  };
}

function decideInFrame(machine: Machine, frame: Frame): Decision {
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

/** What a refusing event means for the run. */
function failureOf(refusal: Refusal): RunFailure {
  switch (refusal.kind) {
    case "constraint":
    case "contract":
      return refusal;
    case "leak":
      return { ...refusal, stmt: refusal.scope };
    case "phi": {
      const {
        proc,
        event: { verdict, work, configuration = [], conflict = [], minimal, bounds = [] },
      } = refusal;
      if (verdict === "undecided") return { kind: "undecided", proc, work };
      if (verdict === "admissible") return { kind: "unordered", proc, found: configuration };
      const found = conflict.flatMap((path) => findStmt(proc, path) ?? []);
      return minimal === true
        ? { kind: "conflict", proc, members: found, excluding: [], bounds }
        : { kind: "conflict", proc, members: [], excluding: found, bounds: [] };
    }
    default:
      return unreachable(refusal);
  }
}
