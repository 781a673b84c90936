/**
 * What a dispatch touches that other threads can touch too, and which dispatches therefore depend on each other: the order of two that do
 * not makes no difference (language-v0.2, "explore").
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { MachineEvent } from "../event/event.ts";
import { ioEffectOf } from "../event/io_effect.ts";
import type { State } from "../event/state.ts";
import { type Touched, touchedBy } from "../machine/races.ts";

/** Something that threads share, and how a dispatch touches it. */
export type Touch =
  | { readonly kind: "bytes" } & Touched
  | { readonly kind: "lock"; readonly mutex: string; readonly isRelease: boolean }
  /** The end or the join of a thread. */
  | { readonly kind: "thread"; readonly thread: number; readonly isEnd: boolean }
  /** A file of the environment. */
  | { readonly kind: "file"; readonly name: string }
  | { readonly kind: "port"; readonly name: string }
  /** What `max_memory` limits: an alloc, a free, or a write to a file that the run reads. */
  | { readonly kind: "memory" }
  /** The history of effects. */
  | { readonly kind: "effect" }
  /** The numbers of witnesses. */
  | { readonly kind: "proof" }
  /** The whole run, which ends here without success. */
  | { readonly kind: "failure" };

/** Whether the order of two dispatches of different threads makes a difference, by what they touch. */
export type Dependence = (some: readonly Touch[], others: readonly Touch[]) => boolean;

/** The dependence of a program that may come to the limit of its memory. */
export const areDependent: Dependence = (some, others) =>
  some.some((one) => others.some((other) => conflict(one, other))) ||
  some.some(isFailure) || others.some(isFailure);

/** The dependence of a program that cannot come to the limit of its memory, in whatever order it allocates. */
export const areDependentBelowLimit: Dependence = (some, others) =>
  areDependent(some.filter(isNoMemory), others);

function isNoMemory({ kind }: Touch): boolean {
  return kind !== "memory";
}

function isFailure({ kind }: Touch): boolean {
  return kind === "failure";
}

function conflict(one: Touch, other: Touch): boolean {
  switch (one.kind) {
    case "bytes":
      return other.kind === "bytes" && one.to === other.to && (one.isWrite || other.isWrite) &&
        one.offset < other.offset + other.width && other.offset < one.offset + one.width;
    case "lock":
      return other.kind === "lock" && one.mutex === other.mutex;
    case "thread":
      return other.kind === "thread" && one.thread === other.thread;
    case "file":
    case "port":
      return other.kind === one.kind && one.name === other.name;
    case "memory":
    case "effect":
    case "proof":
    case "failure":
      return other.kind === one.kind;
    default:
      return unreachable(one);
  }
}

/** Whether one of the two makes the other possible, so that they can only happen in this order. */
export function enables(first: readonly Touch[], second: readonly Touch[]): boolean {
  return first.some((one) =>
    second.some((other) => {
      if (one.kind === "lock" && other.kind === "lock") {
        return one.mutex === other.mutex && one.isRelease !== other.isRelease;
      }
      return one.kind === "thread" && other.kind === "thread" && one.thread === other.thread &&
        one.isEnd !== other.isEnd;
    })
  );
}

/** What an event touches, but for the end of a thread. The state is the one before it. */
export function touchesOf(state: State, event: MachineEvent): readonly Touch[] {
  const bytes = touchedBy(state, event).map((touched) => ({ kind: "bytes", ...touched } as const));
  switch (event.kind) {
    case "mem_alloc":
    case "mem_free":
      return [...bytes, { kind: "memory" }];
    case "thread_join":
      return [{ kind: "thread", thread: event.joined, isEnd: false }];
    case "mutex_lock":
    case "mutex_unlock": {
      const { kind, mutex } = event;
      return [{ kind: "lock", mutex, isRelease: kind === "mutex_unlock" }];
    }
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
