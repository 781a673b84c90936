/**
 * The rules about threads and locks: both are numbered in the order of the log, a thread begins with the process that it was started with,
 * is joined once, after its end, with its result and its ticks, and a lock belongs to the thread that took it.
 *
 * @module
 */
import {
  advancesClock,
  type Event,
  isThreadKind,
  type MachineEvent,
  type ThreadJoin,
  type ThreadSpawn,
} from "../../dvm/event/event.ts";
import type { Value } from "../../dvm/value/value.ts";
import { encodeNamedValues, encodeValue } from "../../dvm/value/wire_text.ts";
import type { MemoryRules } from "./memory_rules.ts";

/** What is known of a thread other than the first. */
interface Started {
  readonly spawn: ThreadSpawn;
  /** Its open processes; `undefined` before its first event. */
  depth: number | undefined;
  ticks: number;
  result: Value | undefined;
  isJoined: boolean;
}

/** Follows the threads and locks of a log. */
export class ThreadRules {
  readonly #memory: MemoryRules;
  readonly #threads = new Map<number, Started>();
  /** The thread that has each lock; -1 for none. */
  readonly #locks = new Map<string, number>();

  constructor(memory: MemoryRules) {
    this.#memory = memory;
  }

  /** Accepts the next event; returns the reason if it is not allowed here. */
  accept(event: MachineEvent): string | undefined {
    const number = threadOf(event);
    const misplaced = number === 0 ? undefined : this.#acceptOf(number, event);
    if (misplaced !== undefined) return misplaced;
    switch (event.kind) {
      case "thread_spawn":
        return this.#acceptSpawn(event);
      case "thread_join":
        return this.#acceptJoin(event, number);
      case "mutex_new": {
        const expected = `x${this.#locks.size + 1}`;
        this.#locks.set(event.mutex, -1);
        return event.mutex === expected
          ? undefined
          : `the lock is ${event.mutex}, expected ${expected}`;
      }
      case "mutex_lock":
        if (this.#locks.get(event.mutex) !== -1) return `no lock ${event.mutex} is free`;
        this.#locks.set(event.mutex, number);
        return undefined;
      case "mutex_unlock":
        if (this.#locks.get(event.mutex) !== number) return `its thread has no lock ${event.mutex}`;
        this.#locks.set(event.mutex, -1);
        return undefined;
      case "outcome":
        return event.error === undefined ? this.#leftAtEnd() : undefined;
      default:
        return undefined;
    }
  }

  /** Accepts an event of another thread than the first. */
  #acceptOf(number: number, event: MachineEvent): string | undefined {
    const thread = this.#threads.get(number);
    if (thread === undefined) return `no thread ${number} was started`;
    const { spawn, depth } = thread;
    if (depth === 0) return `thread ${number} has ended`;
    if (depth === undefined && !isBeginOf(spawn, event)) {
      return `thread ${number} begins with another event than the entering of its process`;
    }
    if (advancesClock(event, "spec")) thread.ticks++;
    if (event.kind === "thread_join") thread.ticks += event.ticks;
    if (event.kind === "enter_proc") thread.depth = (depth ?? 0) + 1;
    if (event.kind === "leave_proc") {
      thread.depth = (depth ?? 0) - 1;
      thread.result = event.value;
    }
    return undefined;
  }

  #acceptSpawn(event: ThreadSpawn): string | undefined {
    const expected = this.#threads.size + 1;
    if (event.spawned !== expected) {
      return `the thread is ${event.spawned}, expected ${expected}`;
    }
    for (const { value } of event.args) {
      const [region = ""] = value.kind === "Mem" ? value.value.split(".", 1) : [];
      if (value.kind === "Mem" && !this.#memory.isLive(region, value.value)) {
        return `no holder ${value.value} is live`;
      }
    }
    const started = { depth: undefined, ticks: 0, result: undefined, isJoined: false };
    this.#threads.set(event.spawned, { spawn: event, ...started });
    return undefined;
  }

  #acceptJoin({ joined, ticks, value }: ThreadJoin, by: number): string | undefined {
    const thread = this.#threads.get(joined);
    if (thread?.depth !== 0 || joined === by) return `no thread ${joined} has ended`;
    if (thread.isJoined) return `thread ${joined} is joined twice`;
    thread.isJoined = true;
    if (ticks !== thread.ticks) return `thread ${joined} has ${thread.ticks} ticks, not ${ticks}`;
    return textOf(value) === textOf(thread.result)
      ? undefined
      : `the value is not the result of thread ${joined}`;
  }

  #leftAtEnd(): string | undefined {
    for (const [number, { depth }] of this.#threads) {
      if (depth !== 0) return `thread ${number} has not ended`;
    }
    for (const [mutex, thread] of this.#locks) if (thread >= 0) return `${mutex} is still held`;
    return undefined;
  }
}

function threadOf(event: Event): number {
  return isThreadKind(event.kind) && "thread" in event ? event.thread ?? 0 : 0;
}

function isBeginOf({ proc, args }: ThreadSpawn, event: MachineEvent): boolean {
  return event.kind === "enter_proc" && event.proc === proc &&
    encodeNamedValues(event.args) === encodeNamedValues(args);
}

function textOf(value: Value | undefined): string | undefined {
  return value && encodeValue(value);
}
