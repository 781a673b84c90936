/**
 * Decisions of one thread among several: its own, and what only the others make a failure. At the end of the run, what is left.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import type { MachineEvent } from "../event/event.ts";
import { currentStmt, type Frame } from "../event/frame.ts";
import { type State, topFrame } from "../event/state.ts";
import { locksOf, type Thread, type Threads } from "../event/thread_state.ts";
import { decideInFrame } from "./decide_frame.ts";
import { liveHolder } from "./decide_memory.ts";
import { type Decision, enter, type Machine, refused } from "./decision.ts";
import { type Ending, endOf } from "./ending.ts";
import type { RunFailure } from "./failure.ts";
import { mayAccess, raceOf } from "./races.ts";
import { waitOf } from "./waiting.ts";

/** The next event of a thread that is ready or in the middle of its dispatch, or the ending of the run. */
export function threadDecision(
  machine: Machine,
  threads: Threads,
  number: number,
): MachineEvent | Ending {
  const view = viewOf(machine, threads, number);
  const frame = topFrame(view.state);
  const decision = frame === undefined
    ? enterFirst(view.state, threads.list[number])
    : judged(view, number, decideInFrame(view, frame));
  if (decision.kind === "refused") return endOf(view, decision);
  if (number === 0) return decision;
  const { seq, kind, ...rest } = decision;
  return { seq, kind, thread: number, ...rest } as MachineEvent;
}

/** The machine as a thread sees it: its own processes, and its own clock. */
export function viewOf(machine: Machine, threads: Threads, number: number): Machine {
  const thread = threads.list[number];
  if (number === threads.current || thread === undefined) return machine;
  const { state } = machine;
  return {
    ...machine,
    state: {
      ...state,
      frames: thread.frames,
      lag: state.tick - thread.ticks,
      threads: { ...threads, current: number },
    },
  };
}

function enterFirst(state: State, thread: Thread | undefined): Decision {
  assert(thread?.start !== undefined, "a thread that has nothing to execute");
  return enter(state, thread.start.proc, thread.start.args);
}

/** A decision, or what forbids it among threads. */
export function judged({ state }: Machine, number: number, decision: Decision): Decision {
  const { threads } = state;
  const frame = topFrame(state);
  if (decision.kind === "refused" || threads === undefined || frame === undefined) return decision;
  if (decision.kind === "leave_proc" && state.frames.length === 1) {
    const [lock] = locksOf(threads, number);
    if (lock === undefined) return decision;
    const { mutex, at: taken } = lock;
    const stmt = currentStmt(frame);
    return refused({ kind: "lock_left", proc: frame.proc, stmt, thread: number, mutex, taken });
  }
  return mayAccess(decision.kind) ? raced(state, frame, decision) : decision;
}

function raced(state: State, { proc }: Frame, event: MachineEvent): Decision {
  const race = raceOf(state, event);
  return race === undefined
    ? event
    : refused({ kind: "data_race", proc, stmt: race.access.at.stmt, ...race });
}

/** Why a run fails in which no thread is ready: some wait, or the result of one is memory that nobody frees. */
export function failureAtEnd(machine: Machine, threads: Threads): RunFailure | undefined {
  const { list } = threads;
  const waits = list.flatMap((thread, number) => {
    if (thread.result !== undefined) return [];
    const frame = topFrame(viewOf(machine, threads, number).state);
    const wait = frame === undefined ? undefined : waitOf(machine, threads, frame);
    return wait === undefined ? [] : [{ thread: number, ...wait }];
  });
  if (waits.length > 0) return { kind: "deadlock", waits };
  for (const { start, result, joined } of list) {
    const value = result?.value;
    if (value?.kind !== "Mem" || joined !== undefined || start === undefined) continue;
    const held = liveHolder(machine.state, value);
    if (held === undefined) continue;
    const { proc } = start;
    const { origin } = held;
    return { kind: "leak", proc, stmt: undefined, holder: value.value, name: undefined, origin };
  }
  return undefined;
}
