/**
 * Which thread is next: the scheduler of a run, and what somebody needs who chooses otherwise (docs/decisions/0015-threads.md). All of it
 * reads a state and changes nothing; `evolve` takes the events of any thread.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import type { MachineEvent } from "../event/event.ts";
import type { State } from "../event/state.ts";
import type { Threads } from "../event/thread_state.ts";
import type { Analysis } from "./analysis.ts";
import { threadDecision } from "./decide_threads.ts";
import type { Machine } from "./decision.ts";
import type { Ending } from "./ending.ts";
import { FrameScope } from "./frame_scope.ts";
import type { Awaited } from "./thread_failure.ts";
import { waitOf } from "./waiting.ts";

/** The thread whose event is next: the one in its dispatch, or the one that is chosen; `undefined` where none is ready. */
export function nextThread(machine: Machine, threads: Threads): number | undefined {
  const { list, running, dispatches } = threads;
  if (running !== undefined) return running;
  const given = machine.state.input?.schedule?.[dispatches];
  if (given !== undefined && list.length > 1 && isReady(machine, threads, given)) return given;
  let next: number | undefined;
  let least = Infinity;
  for (const [number, { turn, delay }] of list.entries()) {
    if (turn + delay >= least || !isReady(machine, threads, number)) continue;
    next = number;
    least = turn + delay;
  }
  return next;
}

function isReady(machine: Machine, threads: Threads, number: number): boolean {
  const thread = threads.list[number];
  if (thread === undefined || thread.result !== undefined) return false;
  return waitFor(machine, threads, number) === undefined;
}

function waitFor(machine: Machine, threads: Threads, number: number): Awaited | undefined {
  const frames = number === threads.current ? machine.state.frames : threads.list[number]?.frames;
  const frame = frames?.[frames.length - 1];
  return frame === undefined ? undefined : waitOf(machine, threads, frame)?.awaited;
}

/** Whether no thread is in the middle of its dispatch, so that another may be next. */
export function isBetweenDispatches({ threads, outcome }: State): boolean {
  return threads !== undefined && threads.running === undefined && outcome === undefined;
}

/** The threads that may be next, ascending: all that are ready, or the one in the middle of its dispatch. */
export function readyThreads(analysis: Analysis, state: State): readonly number[] {
  const { threads } = state;
  if (threads === undefined) return [0];
  if (threads.running !== undefined) return [threads.running];
  const machine = machineOf(analysis, state);
  return [...threads.list.keys()].filter((number) => isReady(machine, threads, number));
}

/** The thread that the scheduler chooses, or the one in the middle of its dispatch; `undefined` where none is ready. */
export function scheduledThread(analysis: Analysis, state: State): number | undefined {
  const { threads } = state;
  return threads === undefined ? 0 : nextThread(machineOf(analysis, state), threads);
}

/** The next event of a thread that may be next, or the ending of the run; once {@link readyThreads} has none, ask `Decider`. */
export function decideThread(
  analysis: Analysis,
  state: State,
  thread: number,
): MachineEvent | Ending {
  const { threads } = state;
  assert(threads !== undefined, "a choice among threads before there are any");
  return threadDecision(machineOf(analysis, state), threads, thread);
}

function machineOf(analysis: Analysis, state: State): Machine {
  return { analysis, state, scope: new FrameScope(analysis) };
}

/** A thread that waits for a lock. */
export interface AwaitedLock {
  readonly thread: number;
  readonly mutex: string;
}

/** The threads that wait for a lock, ascending. */
export function locksAwaited(analysis: Analysis, state: State): readonly AwaitedLock[] {
  const { threads } = state;
  if (threads === undefined) return [];
  const machine = machineOf(analysis, state);
  return [...threads.list.keys()].flatMap((thread) => {
    const awaited = waitFor(machine, threads, thread);
    return awaited?.kind === "lock" ? [{ thread, mutex: awaited.mutex }] : [];
  });
}
