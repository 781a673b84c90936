/**
 * Threads and locks in the state of a run (docs/decisions/0015-threads.md).
 *
 * @module
 */
import type { Bind, Proc } from "../dir/model.ts";
import type { Located } from "../dir/statement_paths.ts";
import type { Int64 } from "../value/int64.ts";
import type { HandleOf, NamedValue, Value } from "../value/value.ts";
import type { Frame } from "./frame.ts";

/** The threads and locks of a run. */
export interface Threads {
  /** Every thread that there has been, by number. */
  readonly list: Thread[];
  /** The thread of the latest event, whose frames are those of the state. */
  current: number;
  /** The thread in the middle of its dispatch. */
  running: number | undefined;
  /** The dispatches since the first `spawn`. */
  dispatches: number;
  /** The locks, by name. */
  readonly locks: Map<string, Lock>;
  /** The holders that the `spawn` at which control is has made for the new thread so far. */
  passed: string[];
  /** The accesses that another thread may race with, by what they access. */
  readonly accesses: Map<string, Access[]>;
}

/** One thread. */
export interface Thread {
  readonly seed: Int64 | undefined;
  /** What it was started with; `undefined` for the first. */
  readonly start: ThreadStart | undefined;
  /** Its open processes, outermost first; empty while it is the current one. */
  frames: Frame[];
  /** The ticks that it counts; while it is the current one, those before it became that. */
  ticks: number;
  /** How many dispatches there had been at its last one, or at its spawn, with that. */
  turn: number;
  /** How many dispatches it has had. */
  dispatches: number;
  /** What its seed adds to its turn, from 0 to 7. */
  delay: number;
  /** By thread, up to which time what it did happened before what this one does next. */
  clock: number[];
  /** The result of its process, once it has ended. */
  result: { readonly value: Value | undefined } | undefined;
  /** Where it was joined. */
  joined: Located | undefined;
}

/** What a thread was started with. */
export interface ThreadStart {
  readonly proc: Proc;
  readonly args: readonly NamedValue[];
  readonly by: Located;
  /** The binds that the `spawn` exercises. */
  readonly binds: readonly Bind[];
}

/** One lock. */
export interface Lock {
  /** The thread that has it, and where that took it. */
  holder: { readonly thread: number; readonly at: Located } | undefined;
  /** What happened before it was released last, as in {@link Thread.clock}. */
  clock: readonly number[];
}

/** An access to bytes of a region, of a device, or to the position of a file. */
export interface Access {
  readonly thread: number;
  /** The time of its thread, as in {@link Thread.clock}. */
  readonly time: number;
  readonly seq: number;
  readonly at: Located;
  readonly offset: number;
  readonly width: number;
  readonly isWrite: boolean;
  /** The locks that its thread had. */
  readonly locks: readonly HeldLock[];
}

/** A lock that a thread has, and where it took it. */
export interface HeldLock {
  readonly mutex: string;
  readonly at: Located;
}

/** The number of the thread that a handle names. */
export function numberOf({ value }: HandleOf<"Thread">): number {
  return Number(value.slice(1));
}

/** Whether a thread other than the current one has not ended. */
export function othersAreLeft(threads: Threads | undefined): boolean {
  return threads !== undefined &&
    threads.list.some(({ result }, number) => number !== threads.current && result === undefined);
}

/** The locks that a thread has, in the order of their names' numbers. */
export function locksOf({ locks }: Threads, thread: number): readonly HeldLock[] {
  const held: HeldLock[] = [];
  for (const [mutex, { holder }] of locks) {
    if (holder?.thread === thread) held.push({ mutex, at: holder.at });
  }
  return held;
}
