/**
 * `decide`: what happens next. Reads the state and changes nothing. Replay calls it again and compares what it yields with what
 * was recorded. Its parts are `decide_*.ts`.
 *
 * @module
 */
import { entryCandidates } from "../dir/lookup.ts";
import { findStmt } from "../dir/statement_paths.ts";
import type { MachineEvent } from "../event/event.ts";
import type { Refusal, State } from "../event/state.ts";
import type { Threads } from "../event/thread_state.ts";
import type { Value } from "../value/value.ts";
import { type Analysis, violationsOf } from "./analysis.ts";
import { decideAdmission, soleEntry } from "./decide_admission.ts";
import { decideInFrame } from "./decide_frame.ts";
import { failureAtEnd, threadDecision } from "./decide_threads.ts";
import { type Decision, type Machine, refused } from "./decision.ts";
import { type Ending, endingOf, endOf } from "./ending.ts";
import type { RunFailure } from "./failure.ts";
import { FrameScope } from "./frame_scope.ts";
import { nextThread } from "./schedule.ts";
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
    const { refusal, frames, threads } = machine.state;
    const frame = frames[frames.length - 1];
    if (refusal !== undefined) return endOf(machine, refused(failureOf(refusal)));
    if (threads !== undefined) return nextOf(machine, threads);
    const decision = frame !== undefined ? decideInFrame(machine, frame) : decideOutside(machine);
    return decision.kind === "refused" ? endOf(machine, decision) : decision;
  }
}

/** The decision where there are threads or locks. */
function nextOf(machine: Machine, threads: Threads): MachineEvent | Ending {
  const thread = nextThread(machine, threads);
  if (thread !== undefined) return threadDecision(machine, threads, thread);
  const failure = failureAtEnd(machine, threads);
  if (failure !== undefined) return endOf(machine, refused(failure));
  return finished(machine, machine.state.result?.value);
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
