/**
 * Which thread is next: the scheduler of a run, and what somebody needs who chooses otherwise (docs/decisions/0015-threads.md). All of it
 * reads a state and changes nothing; `evolve` takes the events of any thread.
 *
 * @module
 */
import { assert, unreachable } from "../base/result.ts";
import type { MachineEvent } from "../event/event.ts";
import { currentStmt } from "../event/frame.ts";
import { ioEffectOf } from "../event/io_effect.ts";
import { type State, topFrame } from "../event/state.ts";
import type { Threads } from "../event/thread_state.ts";
import type { Analysis } from "./analysis.ts";
import { decideInFrame } from "./decide_frame.ts";
import { decideStmt } from "./decide_statement.ts";
import { judged, threadDecision, viewOf } from "./decide_threads.ts";
import { decideTime } from "./decide_time.ts";
import type { Decision, Machine } from "./decision.ts";
import type { Ending } from "./ending.ts";
import { FrameScope } from "./frame_scope.ts";
import { type Touched, touchedBy } from "./races.ts";
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

/** What a statement reads or writes that other threads can. */
export type Touch =
  | { readonly kind: "bytes" } & Touched
  | { readonly kind: "lock"; readonly mutex: string }
  /** The start, the end or the join of a thread. */
  | { readonly kind: "thread"; readonly thread: number }
  /** A file of the environment. */
  | { readonly kind: "file"; readonly name: string }
  | { readonly kind: "port"; readonly name: string }
  /** The limits of memory: an alloc, a free, or a write to a file that the run reads. */
  | { readonly kind: "memory" }
  /** The history of effects. */
  | { readonly kind: "effect" }
  /** The numbers of witnesses. */
  | { readonly kind: "proof" }
  /** The whole run: it ends here. */
  | { readonly kind: "failure" };

/**
 * What the next dispatch of a thread touches, ready or not. Whether a constraint that it decides fails, or a holder leaks, is seen once its
 * events are folded: the state then has a refusal.
 */
export function touchesOf(analysis: Analysis, state: State, thread: number): readonly Touch[] {
  const { threads } = state;
  if (threads === undefined || threads.list[thread]?.result !== undefined) return [];
  const machine = machineOf(analysis, state);
  const awaited = waitFor(machine, threads, thread);
  if (awaited?.kind === "lock") return [{ kind: "lock", mutex: awaited.mutex }];
  if (awaited?.kind === "thread") return [{ kind: "thread", thread: awaited.number }];
  const view = viewOf(machine, threads, thread);
  const decision = statementDecision(view, thread);
  if (decision === undefined) return [];
  if (decision.kind === "refused") return [{ kind: "failure" }];
  const isEnd = decision.kind === "leave_proc" && view.state.frames.length === 1;
  return isEnd ? [{ kind: "thread", thread }] : touchesOfEvent(view.state, decision);
}

/** What the current statement itself does, without what precedes it. */
function statementDecision(view: Machine, thread: number): Decision | undefined {
  const frame = topFrame(view.state);
  if (frame === undefined) return undefined;
  const stmt = currentStmt(frame);
  const isAtStatement = stmt !== undefined && frame.resolved && frame.due.length === 0;
  const decision = isAtStatement
    ? decideTime(view, frame, stmt) ?? decideStmt(view, frame, stmt)
    : decideInFrame(view, frame);
  return judged(view, thread, decision);
}

function touchesOfEvent(state: State, event: MachineEvent): readonly Touch[] {
  const bytes = touchedBy(state, event).map((touched) => ({ kind: "bytes", ...touched } as const));
  switch (event.kind) {
    case "mem_alloc":
    case "mem_free":
      return [...bytes, { kind: "memory" }];
    case "thread_spawn":
      return [{ kind: "thread", thread: event.spawned }];
    case "thread_join":
      return [{ kind: "thread", thread: event.joined }];
    case "mutex_new":
    case "mutex_lock":
    case "mutex_unlock":
      return [{ kind: "lock", mutex: event.mutex }];
    case "file_open":
      return [{ kind: "file", name: event.name }];
    case "file_read":
    case "file_close":
      return [...bytes, { kind: "file", name: state.io.open.get(event.file)?.name ?? "" }];
    case "port_read":
      return [{ kind: "port", name: event.port }];
    case "witness":
      return [{ kind: "proof" }];
    case "effect":
      return [...bytes, ...effectTouches(event.effect), { kind: "effect" }];
    default:
      return bytes;
  }
}

function effectTouches(effect: string): readonly Touch[] {
  const io = ioEffectOf(effect);
  if (io === undefined) return [];
  switch (io.operation) {
    case "mmio_write":
      return [];
    case "write":
      return [{ kind: "file", name: io.name }, { kind: "memory" }];
    case "io_write":
      return [{ kind: "port", name: io.name }];
    default:
      return unreachable(io.operation);
  }
}
