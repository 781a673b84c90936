/**
 * The threads and locks of a state, for display.
 *
 * @module
 */
import { ownTick, type State } from "../../../dvm/event/state.ts";
import type { Thread, Threads } from "../../../dvm/event/thread_state.ts";
import { shapeFinder } from "../../../dvm/machine/analysis.ts";
import { FrameScope } from "../../../dvm/machine/frame_scope.ts";
import { waitOf } from "../../../dvm/machine/waiting.ts";
import { valueToWire, type WireValue } from "../../../dvm/value/wire_object.ts";
import { type FrameView, viewFrame } from "./frame_view.ts";

/** The threads and locks of a state. */
export interface ThreadsView {
  /** The thread that the last event belongs to. */
  readonly current: number;
  /** Every thread that there has been, by number. */
  readonly list: readonly ThreadView[];
  /** Every lock. */
  readonly locks: readonly LockView[];
}

/** A thread. */
export interface ThreadView {
  /** Its number. */
  readonly thread: number;
  /** `ready` is also the one that is executing a statement. */
  readonly status: "ready" | "waiting" | "ended";
  /** What it waits for: a lock, `x1`, or a thread, `t2`. */
  readonly waits?: string;
  /** The ticks that it counts, those of threads that it has joined included. */
  readonly ticks: number;
  /** Its open processes, the innermost last; empty for the current thread, whose processes are those of the state. */
  readonly frames: readonly FrameView[];
  /** The result of its process; absent while it has not ended, and where there is none. */
  readonly result?: WireValue;
  /** Whether it was joined. */
  readonly joined: boolean;
}

/** A lock. */
export interface LockView {
  /** Its name within the run, `x1`. */
  readonly mutex: string;
  /** The thread that has it; absent where none has. */
  readonly holder?: number;
}

/** Converts the threads and locks of a state. */
export function viewThreads(state: State, threads: Threads): ThreadsView {
  const { list, current, locks } = threads;
  return {
    current,
    list: list.map((thread, number) => viewThread(state, threads, { thread, number })),
    locks: [...locks].map(([mutex, { holder }]) =>
      holder === undefined ? { mutex } : { mutex, holder: holder.thread }
    ),
  };
}

function viewThread(
  state: State,
  threads: Threads,
  { thread, number }: { readonly thread: Thread; readonly number: number },
): ThreadView {
  const { result, joined } = thread;
  const isCurrent = number === threads.current;
  const frames = isCurrent ? state.frames : thread.frames;
  const ticks = isCurrent ? ownTick(state) : thread.ticks;
  const waits = waitIn(state, threads, frames);
  return {
    thread: number,
    status: result !== undefined ? "ended" : waits === undefined ? "ready" : "waiting",
    ...(waits === undefined ? {} : { waits }),
    ticks,
    frames: thread.frames.map((frame) => viewFrame(state, frame, ticks - frame.tickAtEntry)),
    ...(result?.value === undefined ? {} : { result: valueToWire(result.value) }),
    joined: joined !== undefined,
  };
}

function waitIn(state: State, threads: Threads, frames: State["frames"]): string | undefined {
  const frame = frames[frames.length - 1];
  if (frame === undefined) return undefined;
  const scope = new FrameScope({ findShape: shapeFinder(state.program) });
  const awaited = waitOf({ scope }, threads, frame)?.awaited;
  return awaited?.kind === "lock" ? awaited.mutex : awaited && `t${awaited.number}`;
}
