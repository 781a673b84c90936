/**
 * The operations of threads: those on threads and locks themselves, and those on memory, files, ports and devices, which threads
 * share (MEM-01 to MEM-08, RES-08 to RES-11, CCY-08 to CCY-11).
 *
 * @module
 */
import type { Io } from "./io.ts";
import type { Lookup } from "./lookup.ts";
import type { Memory } from "./memory.ts";
import type { Races, Touch } from "./races.ts";
import { RunFailure } from "./rules.ts";
import type { ThreadRun } from "./thread_run.ts";
import { type ModelLock, type ModelValue, UNIT } from "./values.ts";

const MEMORY_OPERATIONS: readonly string[] = ["alloc", "free", "load", "store"];
const WORD = { from: 0n, to: 8n };

/** What the threads of a run share. */
export interface SharedByThreads {
  readonly lookup: Lookup;
  readonly memory: Memory;
  readonly io: Io;
  readonly races: Races;
  readonly threads: readonly ThreadRun[];
}

/** The operations of one run. */
export class ThreadOperations {
  readonly #run: SharedByThreads;
  #locks = 0;

  constructor(run: SharedByThreads) {
    this.#run = run;
  }

  /** Executes an operation of a thread; what it waits for has happened. */
  operate(thread: ThreadRun, name: string, args: readonly ModelValue[]): ModelValue | undefined {
    const [first] = args;
    switch (name) {
      case "mutex_new":
        return { kind: "Mutex", lock: this.newLock() };
      case "join":
        return this.#join(thread, first);
      case "mutex_lock":
      case "mutex_unlock":
        if (first?.kind !== "Mutex") throw new Error(`${name} of what is no lock`);
        thread.touches.push({ on: first.lock, from: 0n, to: 1n, isWrite: true });
        if (name === "mutex_lock") this.#lock(thread, first.lock);
        else this.#unlock(thread, first.lock);
        return UNIT;
      default:
        break;
    }
    const value = this.#shared(name, args);
    for (const access of accessesOf(name, args, value, this.#run)) {
      thread.touches.push(access);
      // What a file contains is ordered by the history of effects: only its position is memory.
      const isMemory = typeof access.on !== "string" || access.on.startsWith("device ");
      if (isMemory && this.#run.threads.length > 1) this.#run.races.access(thread.number, access);
    }
    return value;
  }

  /** A lock that nobody holds. */
  newLock(): ModelLock {
    return { number: ++this.#locks, holder: undefined, released: undefined };
  }

  #shared(name: string, args: readonly ModelValue[]): ModelValue {
    const { memory, io } = this.#run;
    if (MEMORY_OPERATIONS.includes(name)) return memory.operate(name, args);
    const buffer = name === "read" || name === "write" ? args[1] : undefined;
    if (buffer?.kind === "Mapped") throw new RunFailure("Inadmissible", "memory of a device");
    if (buffer !== undefined) memory.use(buffer);
    return io.operate(name, args);
  }

  #join(thread: ThreadRun, value: ModelValue | undefined): ModelValue {
    const { threads, races, lookup: { rules } } = this.#run;
    const joined = value?.kind === "Thread" ? threads[value.number] : undefined;
    if (joined === undefined) throw new Error("a join of what is no thread");
    if (joined.isJoined && !rules.breaks("a second join gives the value again")) {
      throw new RunFailure("Inadmissible", "joined twice", "DR0917");
    }
    joined.isJoined = true;
    races.joined(thread.number, joined.number);
    if (!rules.breaks("a join takes no time of the thread")) thread.clock.add(joined.clock.ticks);
    return joined.value ?? UNIT;
  }

  #lock(thread: ThreadRun, lock: ModelLock): void {
    const { races, lookup: { rules } } = this.#run;
    lock.holder = thread.number;
    thread.held.add(lock);
    const isOrdered = !rules.breaks("locks order nothing");
    races.moment(thread.number, isOrdered ? lock.released : undefined);
  }

  #unlock(thread: ThreadRun, lock: ModelLock): void {
    const { races, threads, lookup: { rules } } = this.#run;
    const isHeld = lock.holder === thread.number ||
      (lock.holder !== undefined && rules.breaks("any thread unlocks")) ||
      rules.breaks("an unlock of a free lock is ignored") && lock.holder === undefined;
    if (!isHeld) throw new RunFailure("Inadmissible", "a lock is not held", "DR0918");
    for (const { held } of threads) held.delete(lock);
    lock.holder = undefined;
    lock.released = races.moment(thread.number);
  }
}

/** What an operation touched that threads share. */
function accessesOf(
  name: string,
  args: readonly ModelValue[],
  value: ModelValue,
  { io, lookup: { rules } }: SharedByThreads,
): readonly Touch[] {
  const [first, second, third] = args;
  const count = value.kind === "Int" ? value.value : 0n;
  const bytes = (handle: ModelValue | undefined, part: Pick<Touch, "from" | "to" | "isWrite">) =>
    handle?.kind === "Mem" ? [{ on: handle.holder.region, ...part }] : [];
  const file = first?.kind === "File"
    ? [
      { on: first.file, from: 0n, to: 1n, isWrite: !rules.breaks("files have no position") },
      { on: `file ${first.file.path}`, from: 0n, to: 1n, isWrite: true },
    ]
    : [];
  switch (name) {
    case "load":
      return bytes(first, { ...WORD, isWrite: false });
    case "store":
      return bytes(first, { ...WORD, isWrite: true });
    case "free": {
      const size = first?.kind === "Mem" ? first.holder.region.size : 0n;
      return bytes(first, { from: 0n, to: size, isWrite: !rules.breaks("a free writes nothing") });
    }
    case "read":
      return [...bytes(second, { from: 0n, to: count, isWrite: true }), ...file];
    case "write": {
      const size = third?.kind === "Int" ? third.value : 0n;
      return [...bytes(second, { from: 0n, to: size, isWrite: false }), ...file];
    }
    case "close":
      return file;
    case "open":
      return first?.kind === "String"
        ? [{ on: `file ${first.value}`, from: 0n, to: 1n, isWrite: true }]
        : [];
    case "io_read":
    case "io_write":
      return [{ on: `port ${io.portNamed(first)}`, from: 0n, to: 1n, isWrite: true }];
    case "mmio_read":
    case "mmio_write": {
      const [device, offset] = io.deviceAt(first);
      const from = BigInt(offset);
      const part = { from, to: from + 8n, isWrite: name === "mmio_write" };
      return [{ on: `device ${device}`, ...part }];
    }
    default:
      return [];
  }
}
