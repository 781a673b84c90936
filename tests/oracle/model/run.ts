/**
 * One run of the model: its threads, and what they share; effects and witnesses as they occur (CCY-03 to CCY-12).
 *
 * @module
 */
import type { ModelLimits, RunTicks } from "./clock.ts";
import { Io, type ModelInputEntry } from "./io.ts";
import type { Lookup } from "./lookup.ts";
import type { Meanings } from "./meaning.ts";
import { Memory } from "./memory.ts";
import { resolvePhi } from "./phi.ts";
import type { ModelProc } from "./program.ts";
import { Races, type Touch } from "./races.ts";
import { RunFailure } from "./rules.ts";
import type { ModelEffect, Request } from "./run_context.ts";
import { nextOf } from "./schedule.ts";
import { finish } from "./steps.ts";
import { type ThreadHost, ThreadRun } from "./thread_run.ts";
import { type SharedByThreads, ThreadOperations } from "./thread_operations.ts";
import type { ModelValue } from "./values.ts";
import type { WitnessRecord } from "./witness.ts";

/**
 * Chooses among the threads that are ready, of which there is one at least, after some turns; `undefined` leaves it to the rule.
 * It is asked from the first spawn on.
 */
export type Choice = (
  ready: readonly ThreadRun[],
  dispatches: readonly Dispatch[],
) => ThreadRun | undefined;

/** What a run starts from. */
export interface RunStart {
  readonly limits: ModelLimits;
  readonly inputs: readonly ModelInputEntry[];
  readonly seed?: bigint | undefined;
  readonly choose?: Choice | undefined;
}

/** One turn of a thread. */
export interface Dispatch {
  readonly thread: number;
  /** The path of the thread: the same in every schedule. */
  readonly path: string;
  readonly touches: readonly Touch[];
  /** Whether it ended the run. */
  readonly isFailure: boolean;
  /** Whether it was the verdict on a constraint that calls a process. */
  readonly isVerdict: boolean;
}

const THREADS_MAX = 1_000;

/** One run. */
export class Run implements ThreadHost, SharedByThreads {
  readonly lookup: Lookup;
  readonly meanings: Meanings;
  readonly limits: ModelLimits;
  readonly ticks: RunTicks = { ticks: 0 };
  readonly memory: Memory;
  readonly io: Io;
  readonly effects: ModelEffect[] = [];
  /** The thread of each effect. */
  readonly effectThreads: number[] = [];
  /** What every proof of the run has recorded. */
  readonly records: WitnessRecord[] = [];
  readonly races: Races;
  readonly threads: ThreadRun[] = [];
  /** Every turn, in order. */
  readonly dispatches: Dispatch[] = [];
  /** Processes entered by calls and spawns. */
  calls = 0;
  readonly #start: RunStart;
  readonly #operations: ThreadOperations;
  /** Turns since the first spawn; `undefined` before. */
  #counted: number | undefined;

  constructor(lookup: Lookup, meanings: Meanings, start: RunStart) {
    this.lookup = lookup;
    this.meanings = meanings;
    this.limits = start.limits;
    this.#start = start;
    this.memory = new Memory(lookup.rules, start.limits.memory);
    this.io = new Io(lookup.rules, this, start.inputs);
    this.races = new Races(lookup.rules);
    this.#operations = new ThreadOperations(this);
  }

  /** A new run of the same program without a limit of ticks: deciding takes no time of the run. */
  unbounded(): Run {
    const limits = { ...this.limits, ticks: Infinity };
    return new Run(this.lookup, this.meanings, { limits, inputs: [] });
  }

  /** Executes one body without other threads. */
  body(proc: ModelProc, params: ReadonlyMap<string, ModelValue>): ModelValue | undefined {
    return finish(this.#first(proc, params).body(proc, params));
  }

  /** Executes the entry with the arguments that are given; missing ones of a Φ process are resolved. */
  entry(proc: ModelProc, given: ReadonlyMap<string, ModelValue>): ModelValue | undefined {
    const { rules } = this.lookup;
    const params = proc.regime === "Φ" ? resolvePhi(this, proc, given) : given;
    const main = this.#first(proc, params);
    this.threads.push(main);
    const isOver = () =>
      rules.breaks("the run ends with its first thread")
        ? main.isEnded
        : this.threads.every(({ isEnded }) => isEnded);
    while (!isOver()) this.#dispatch(isOver);
    return main.value;
  }

  #first(proc: ModelProc, params: ReadonlyMap<string, ModelValue>): ThreadRun {
    const { seed } = this.#start;
    const entered = { proc, params, binds: [] };
    return new ThreadRun(this, { number: 0, path: "0", seed, turn: 0, entered });
  }

  /** Executes an operation. */
  operate(thread: ThreadRun, name: string, args: readonly ModelValue[]): ModelValue | undefined {
    return this.#operations.operate(thread, name, args);
  }

  /** Starts a thread. */
  spawn(
    spawner: ThreadRun,
    caller: ModelProc,
    { callee, args, seed }: Extract<Request, { kind: "spawn" }>,
  ): ModelValue {
    const { rules } = this.lookup;
    const isKept = rules.breaks("a thread gets the holders of its spawner");
    const given = isKept ? args : args.map((arg) => this.memory.copy(arg));
    const entered = spawner.entered(caller, callee, given);
    const number = this.threads.length;
    if (number > THREADS_MAX) throw new RunFailure("Runtime", "too many threads", "DR1107");
    const inherited = rules.breaks("a spawned thread has no seed of its spawner")
      ? undefined
      : spawner.seed;
    const own = rules.breaks("the seed of a spawn is ignored") ? undefined : seed;
    const turn = this.#counted === undefined ? 0 : this.#counted + 1;
    const path = `${spawner.path}.${++spawner.spawned}`;
    const start = { number, path, seed: own ?? inherited, turn, entered };
    this.threads.push(new ThreadRun(this, start));
    this.races.spawned(number, this.races.moment(spawner.number));
    return { kind: "Thread", number };
  }

  /** One turn of the thread that is next. What the run still holds is found in its last one. */
  #dispatch(isOver: () => boolean): void {
    const { rules } = this.lookup;
    const ready = this.threads.filter(({ isReady }) => isReady);
    const isFree = this.#counted !== undefined && ready.length > 0;
    const chosen = isFree ? this.#start.choose?.(ready, this.dispatches) : undefined;
    const thread = chosen ?? nextOf(ready, rules);
    if (thread === undefined) return this.#deadlock();
    const before = {
      effects: this.effects.length,
      records: this.records.length,
    };
    let isFailure = true;
    try {
      thread.advance();
      if (isOver()) this.#end();
      isFailure = false;
    } finally {
      const touches = [...thread.touches];
      const whole = { from: 0n, to: 1n, isWrite: true };
      if (this.effects.length > before.effects) touches.push({ on: "effects", ...whole });
      if (this.records.length > before.records) touches.push({ on: "proofs", ...whole });
      const { number, path, isVerdict } = thread;
      this.dispatches.push({ thread: number, path, touches, isFailure, isVerdict });
      while (this.effectThreads.length < this.effects.length) {
        this.effectThreads.push(thread.number);
      }
    }
    this.#count(thread);
  }

  /** Turns count from the first spawn on, whose own does not. */
  #count(thread: ThreadRun): void {
    if (this.#counted === undefined) {
      if (this.threads.length > 1) this.#counted = 0;
      return;
    }
    thread.turn = ++this.#counted;
    thread.dispatches++;
  }

  #deadlock(): void {
    const { rules } = this.lookup;
    if (rules.breaks("a deadlock ends the run well")) {
      for (const thread of this.threads) thread.isEnded = true;
      return;
    }
    const kind = rules.breaks("a deadlock is Inadmissible") ? "Inadmissible" : "Runtime";
    throw new RunFailure(kind, "deadlock", "DR1106");
  }

  /** Files first: they are found at the end of the last thread. */
  #end(): void {
    this.io.end();
    for (const { number, isJoined, value } of this.threads) {
      const isLost = number > 0 && !isJoined;
      if (isLost && !this.lookup.rules.breaks("what nobody joins is no leak")) {
        this.memory.lose(value);
      }
    }
  }
}
