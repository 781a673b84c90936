/**
 * What events change in the threads and locks of a run: which thread is the current one, where its dispatches begin and end, and what
 * happened before what.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { bindsBetween } from "../dir/contract.ts";
import type { Proc } from "../dir/model.ts";
import { spawnedPath } from "../dir/operations.ts";
import {
  advancesClock,
  type Event,
  isThreadKind,
  type MachineEvent,
  type ThreadOperationEvent,
  type ThreadSpawn,
} from "../event/event.ts";
import { ownTick, type State, topFrame } from "../event/state.ts";
import type { Thread, Threads, ThreadStart } from "../event/thread_state.ts";
import { hasCall } from "../expr/walk.ts";
import type { Int64 } from "../value/int64.ts";
import { UNIT } from "../value/value.ts";
import { operationAt } from "./operation_place.ts";
import { delayOf } from "./schedule_delay.ts";

/** The threads of a state. The first one is there, and in the middle of its dispatch, once something makes them. */
export function makeThreads(state: State): Threads {
  const seed = state.input?.seed;
  return state.threads ??= {
    list: [newThread(0, seed, undefined)],
    current: 0,
    running: 0,
    dispatches: 0,
    locks: new Map(),
    passed: [],
    accesses: new Map(),
  };
}

function newThread(
  number: number,
  seed: Int64 | undefined,
  start: ThreadStart | undefined,
): Thread {
  const clock: number[] = new Array(number).fill(0);
  return {
    seed,
    start,
    frames: [],
    ticks: 0,
    turn: 0,
    dispatches: 0,
    delay: delayOf(seed, number, 0),
    clock: [...clock, 1],
    result: undefined,
    joined: undefined,
  };
}

/** Makes the thread of an event the current one, and begins its dispatch. Returns why the event does not fit, if it does not. */
export function enterThread(state: State, threads: Threads, event: Event): string | undefined {
  if (!isThreadKind(event.kind)) return undefined;
  const number = threadOf(event);
  const thread = threads.list[number];
  if (thread === undefined) return `there is no thread ${number}`;
  if (threads.running !== undefined && threads.running !== number) {
    return `thread ${threads.running} is in the middle of its dispatch`;
  }
  switchTo(state, threads, number);
  if (threads.running !== undefined) return undefined;
  threads.running = number;
  if (threads.list.length === 1) return undefined; // dispatches are counted from the first spawn on
  thread.turn = ++threads.dispatches;
  thread.delay = delayOf(thread.seed, number, ++thread.dispatches);
  return undefined;
}

/** Ends the dispatch of the current thread, if this event is its last. */
export function leaveThread(state: State, threads: Threads, event: Event): void {
  const { kind } = event;
  const isLast = kind === "enter_proc" || kind === "leave_proc" || kind === "constraint_held" ||
    advancesClock(event, "spec");
  if (!isLast) return;
  const frame = topFrame(state);
  const due = frame?.due[frame.decided];
  if (due === undefined || hasCall(due.stmt.predicate.expr)) threads.running = undefined;
}

/** The number of an event's thread. */
export function threadOf(event: Event): number {
  return "thread" in event && event.thread !== undefined ? event.thread : 0;
}

function switchTo(state: State, threads: Threads, number: number): void {
  const left = threads.list[threads.current];
  const entered = threads.list[number];
  if (left === entered || left === undefined || entered === undefined) return;
  left.frames = state.frames;
  left.ticks = ownTick(state);
  state.frames = entered.frames;
  state.lag = state.tick - entered.ticks;
  entered.frames = [];
  threads.current = number;
}

/** Applies an event of a thread or lock. Returns why it does not fit, if it does not. */
export function applyThreadOperation(
  state: State,
  event: ThreadOperationEvent,
): string | undefined {
  const here = operationAt(state, event.at);
  if (typeof here === "string") return here;
  const { frame, located } = here;
  const threads = makeThreads(state);
  const thread = threads.list[threads.current];
  if (thread === undefined) return "there is no such thread";
  switch (event.kind) {
    case "thread_spawn": {
      const proc = startedProc(frame.proc, event);
      if (proc === undefined) return `no process ${event.proc} is started`;
      if (event.spawned !== threads.list.length) return `the next thread is ${threads.list.length}`;
      if (event.spawned === 1) beginCounting(threads, thread);
      const binds = bindsBetween(state.program, frame.proc, proc);
      const start: ThreadStart = { proc, args: event.args, by: located, binds };
      threads.list.push(childOf(threads, thread, event, start));
      tickClock(threads, thread);
      threads.passed = [];
      frame.contractsChecked = 0;
      frame.results.push({ kind: "Thread", value: `t${event.spawned}` });
      return undefined;
    }
    case "thread_join": {
      const joined = threads.list[event.joined];
      if (joined?.result === undefined) return `thread ${event.joined} has not ended`;
      joined.joined = located;
      state.lag -= event.ticks;
      mergeClock(thread, joined.clock);
      frame.results.push(event.value ?? UNIT);
      return undefined;
    }
    case "mutex_new":
      threads.locks.set(event.mutex, { holder: undefined, clock: [] });
      frame.results.push({ kind: "Mutex", value: event.mutex });
      return undefined;
    case "mutex_lock":
    case "mutex_unlock": {
      const lock = threads.locks.get(event.mutex);
      if (lock === undefined) return `there is no lock ${event.mutex}`;
      if (event.kind === "mutex_lock") {
        lock.holder = { thread: threads.current, at: located };
        mergeClock(thread, lock.clock);
      } else {
        lock.holder = undefined;
        lock.clock = [...thread.clock];
        tickClock(threads, thread);
      }
      frame.results.push(UNIT);
      return undefined;
    }
    default:
      return unreachable(event);
  }
}

/** The process that a `spawn` of a process starts. */
function startedProc(spawner: Proc, { proc }: ThreadSpawn): Proc | undefined {
  for (const [path, callee] of spawner.callees) {
    const isStarted = callee.kind === "proc" && spawnedPath(path) !== undefined;
    if (isStarted && callee.proc.reference === proc) return callee.proc;
  }
  return undefined;
}

/** Up to the first `spawn`, nothing was chosen. */
function beginCounting(threads: Threads, first: Thread): void {
  threads.dispatches = 0;
  first.turn = 0;
  first.dispatches = 0;
}

function childOf(
  threads: Threads,
  spawner: Thread,
  { spawned, seed }: ThreadSpawn,
  start: ThreadStart,
): Thread {
  const child = newThread(spawned, seed?.value ?? spawner.seed, start);
  child.turn = threads.dispatches;
  mergeClock(child, spawner.clock);
  return child;
}

/** What a thread does from now on happens after what the clock says. */
function mergeClock({ clock }: Thread, other: readonly number[]): void {
  for (const [number, time] of other.entries()) {
    clock[number] = Math.max(clock[number] ?? 0, time);
  }
}

/** What the current thread does from now on did not happen before what others know of it. */
function tickClock({ current }: Threads, { clock }: Thread): void {
  clock[current] = (clock[current] ?? 0) + 1;
}

/** The thread that is current has ended. */
export function endThread(
  state: State,
  threads: Threads,
  { value }: Extract<MachineEvent, { kind: "leave_proc" }>,
): void {
  const thread = threads.list[threads.current];
  if (thread !== undefined) {
    thread.result = { value };
    thread.ticks = ownTick(state); // what a join adds to the ticks of another
  }
  if (threads.current === 0) state.result = { value };
}
