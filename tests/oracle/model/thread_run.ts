/**
 * One thread of a run: calls between processes, with their depth, contracts and time; its turns, its locks, what it touches (K-04,
 * K-05, BND-02, FAI-02, CCY-04, CCY-08 to CCY-10).
 *
 * @module
 */
import { Clock, type ModelLimits, type RunTicks } from "./clock.ts";
import { enterContract, failedContract, leaveContract } from "./contract.ts";
import type { ResolvedBind } from "./lookup.ts";
import { resolvePhi, type TrialRun } from "./phi.ts";
import { ProcRun } from "./proc_run.ts";
import type { ModelProc } from "./program.ts";
import type { Touch } from "./races.ts";
import { RunFailure } from "./rules.ts";
import type { Request, RunContext } from "./run_context.ts";
import type { Scheduled } from "./schedule.ts";
import { READY, type Steps, type Wait } from "./steps.ts";
import { enterType, typeNamed } from "./types.ts";
import { type ModelLock, type ModelValue, UNIT } from "./values.ts";

/** The run of a thread. */
export interface ThreadHost extends TrialRun, Pick<RunContext, SharedMember> {
  readonly limits: ModelLimits;
  readonly ticks: RunTicks;
  readonly threads: readonly ThreadRun[];
  /** Processes entered by calls and spawns. */
  calls: number;
  /** Starts a thread. */
  spawn(
    spawner: ThreadRun,
    caller: ModelProc,
    request: Extract<Request, { kind: "spawn" }>,
  ): ModelValue;
  /** Executes an operation. */
  operate(thread: ThreadRun, name: string, args: readonly ModelValue[]): ModelValue | undefined;
}

type SharedMember = "meanings" | "effects" | "records" | "memory";

/** Where a thread begins. */
export interface ThreadStart {
  readonly number: number;
  /** How it was spawned: `0`, `0.2` for the second of the first thread. */
  readonly path: string;
  readonly seed: bigint | undefined;
  readonly turn: number;
  /** The process that it executes. */
  readonly entered: Entered;
}

/** A process that is called or spawned, with what it was given and the binds that allow it. */
export interface Entered {
  readonly proc: ModelProc;
  readonly params: ReadonlyMap<string, ModelValue>;
  readonly binds: readonly ResolvedBind[];
}

/** One thread. */
export class ThreadRun implements RunContext, Scheduled {
  readonly number: number;
  readonly path: string;
  readonly seed: bigint | undefined;
  readonly clock: Clock;
  readonly held = new Set<ModelLock>();
  turn: number;
  dispatches = 0;
  spawned = 0;
  /** What its next turn waits for. */
  wait: Wait = READY;
  isEnded = false;
  isJoined = false;
  /** What its process has returned. */
  value: ModelValue | undefined;
  /** Whether its last turn was the verdict on a constraint. */
  isVerdict = false;
  /** What it touched in its present turn. */
  touches: Touch[] = [];
  readonly #run: ThreadHost;
  readonly #steps: Steps<ModelValue | undefined>;
  #depth = 0;
  /** Whether it has executed something since its turn began that is all of a turn. */
  #isDone = false;

  constructor(run: ThreadHost, { number, path, seed, turn, entered }: ThreadStart) {
    this.#run = run;
    this.number = number;
    this.path = path;
    this.seed = seed;
    this.turn = turn;
    this.clock = new Clock(run.lookup.rules, run.limits, run.ticks);
    this.#steps = this.#life(entered);
  }

  get lookup(): ThreadHost["lookup"] {
    return this.#run.lookup;
  }

  get meanings(): ThreadHost["meanings"] {
    return this.#run.meanings;
  }

  get effects(): ThreadHost["effects"] {
    return this.#run.effects;
  }

  get records(): ThreadHost["records"] {
    return this.#run.records;
  }

  get memory(): ThreadHost["memory"] {
    return this.#run.memory;
  }

  get isReady(): boolean {
    return !this.isEnded && this.wait.isOver();
  }

  /** One turn. */
  advance(): void {
    this.touches = [];
    const step = this.#steps.next();
    if (step.done === true) {
      this.isEnded = true;
      this.value = step.value;
    } else this.wait = step.value;
  }

  *next(wait: Wait = READY): Steps<void> {
    if (!this.#isDone) return;
    this.#isDone = false;
    yield wait;
  }

  dispatched(isVerdict = false): void {
    this.#isDone = true;
    this.isVerdict = isVerdict;
  }

  isInCall(): boolean {
    return this.#depth > 0;
  }

  waitFor(operation: string, operand: ModelValue | undefined): Wait | undefined {
    const { rules } = this.lookup;
    if (operation === "join" && operand?.kind === "Thread") {
      if (rules.breaks("join does not wait")) return undefined;
      const thread = this.#run.threads[operand.number];
      return { on: `thread ${operand.number}`, isOver: () => thread?.isEnded ?? true };
    }
    if (operation !== "mutex_lock" || operand?.kind !== "Mutex") return undefined;
    if (rules.breaks("a lock admits everybody")) return undefined;
    const { lock } = operand;
    const isAgain = () => rules.breaks("a thread locks again what it holds") && this.held.has(lock);
    return { on: `lock ${lock.number}`, isOver: () => lock.holder === undefined || isAgain() };
  }

  *answer(caller: ModelProc, request: Request): Steps<ModelValue | undefined> {
    switch (request.kind) {
      case "call":
        return yield* this.#call(caller, request.callee, request.args);
      case "spawn":
        yield* this.next();
        return this.#run.spawn(this, caller, request);
      case "operation": {
        const { name, args } = request;
        const wait = this.waitFor(name, args[0]);
        yield* this.next(wait);
        while (wait?.isOver() === false) yield wait;
        return this.#run.operate(this, name, args);
      }
    }
  }

  /** What is given to a process, checked as a call checks it. */
  entered(caller: ModelProc, callee: ModelProc, args: readonly ModelValue[]): Entered {
    const { rules, program } = this.lookup;
    for (const arg of args) this.memory.use(arg);
    if (++this.#run.calls > this.#run.limits.ticks) throw new RunFailure("Runtime", "call limit");
    const params = new Map<string, ModelValue>();
    callee.params.forEach(({ name, ty }, position) => {
      const type = typeNamed(program, callee.home, ty, rules);
      const value = args[position] ?? UNIT;
      params.set(name, type === undefined ? value : enterType(value, type, rules));
    });
    const isFree = caller.regime === callee.regime && rules.breaks("binds of one regime ignored");
    const binds = isFree ? [] : this.lookup.bindsBetween(caller, callee);
    enterContract(this.lookup, binds, callee, args);
    return { proc: callee, params, binds };
  }

  *#call(
    caller: ModelProc,
    callee: ModelProc,
    args: readonly ModelValue[],
  ): Steps<ModelValue | undefined> {
    const { rules } = this.lookup;
    yield* this.next();
    if (this.#depth >= this.#run.limits.depth) throw new RunFailure("Runtime", "call depth");
    const { params: given, binds } = this.entered(caller, callee, args);
    const before = { ticks: this.clock.ticks, effects: this.effects.length };
    const isResolvedFirst = callee.regime === "Φ" &&
      !rules.breaks("statements of a Φ call count before it is resolved");
    const params = isResolvedFirst ? this.#resolve(callee, given) : given;
    this.clock.enter(callee, binds.map(({ bind }) => bind));
    let value: ModelValue | undefined;
    this.#depth++;
    try {
      value = yield* this.body(callee, params);
      if (callee.regime === "Φ" && !isResolvedFirst) this.#resolve(callee, given);
      this.clock.checkDeadlines();
    } catch (failure) {
      if (!(failure instanceof RunFailure)) throw failure;
      const time = this.clock.leave();
      if (rules.breaks("a failed callee yields Unit")) return UNIT;
      if (failure.kind !== "ContractViolation") failedContract(rules, time);
      throw rules.breaks("a callee's failure is Runtime")
        ? new RunFailure("Runtime", failure.message)
        : failure;
    } finally {
      this.#depth--;
    }
    leaveContract(rules, binds, value, this.clock.leave());
    if (rules.breaks("a callee's effects are lost")) this.effects.length = before.effects;
    if (rules.breaks("calls take no time")) this.clock.rewind(before.ticks);
    return value;
  }

  /** Executes the body of a process once every parameter has a value. */
  body(
    proc: ModelProc,
    params: ReadonlyMap<string, ModelValue>,
    isThread = false,
  ): Steps<ModelValue | undefined> {
    return new ProcRun(this, proc, { params, isThread }).execute();
  }

  #resolve(
    callee: ModelProc,
    given: ReadonlyMap<string, ModelValue>,
  ): ReadonlyMap<string, ModelValue> {
    return resolvePhi(this.#run, callee, given);
  }

  *#life({ proc, params, binds }: Entered): Steps<ModelValue | undefined> {
    const { rules } = this.lookup;
    this.clock.enter(proc, binds.map(({ bind }) => bind));
    const value = yield* this.body(proc, params, this.number > 0);
    // No process is there to get a holder.
    const isLost = this.number === 0 && !rules.breaks("what an entry returns is no leak");
    if (isLost) this.memory.lose(value);
    this.clock.checkDeadlines();
    leaveContract(rules, binds, value, this.clock.leave());
    if (this.held.size > 0 && !rules.breaks("a thread ends with what it has locked")) {
      throw new RunFailure("Inadmissible", "a lock is held", "DR0919");
    }
    return value;
  }
}
