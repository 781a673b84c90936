/**
 * One run of the model: calls between processes, with their depth, contracts and time; effects and witnesses as they occur
 * (K-04, K-05, BND-02, FAI-02).
 *
 * @module
 */
import { Clock, type ModelLimits } from "./clock.ts";
import { enterContract, failedContract, leaveContract } from "./contract.ts";
import type { Lookup } from "./lookup.ts";
import type { Meanings } from "./meaning.ts";
import { Io, type ModelInputEntry } from "./io.ts";
import { Memory } from "./memory.ts";
import { resolvePhi } from "./phi.ts";
import { ProcRun } from "./proc_run.ts";
import type { ModelProc } from "./program.ts";
import { RunFailure } from "./rules.ts";
import type { ModelEffect, RunContext } from "./run_context.ts";
import { enterType, typeNamed } from "./types.ts";
import { type ModelValue, UNIT } from "./values.ts";
import type { WitnessRecord } from "./witness.ts";

const MEMORY_OPERATIONS: readonly string[] = ["alloc", "free", "load", "store"];

/** One run. */
export class Run implements RunContext {
  readonly lookup: Lookup;
  readonly meanings: Meanings;
  readonly limits: ModelLimits;
  readonly clock: Clock;
  readonly memory: Memory;
  readonly io: Io;
  readonly effects: ModelEffect[] = [];
  /** What every proof of the run has recorded. */
  readonly records: WitnessRecord[] = [];
  #depth = 0;
  #calls = 0;

  constructor(
    lookup: Lookup,
    meanings: Meanings,
    { limits, inputs }: {
      readonly limits: ModelLimits;
      readonly inputs: readonly ModelInputEntry[];
    },
  ) {
    this.lookup = lookup;
    this.meanings = meanings;
    this.limits = limits;
    this.clock = new Clock(lookup.rules, limits);
    this.memory = new Memory(lookup.rules, limits.memory);
    this.io = new Io(lookup.rules, this, inputs);
  }

  /** A new run of the same program without a limit of ticks: deciding takes no time of the run. */
  unbounded(): Run {
    const limits = { ...this.limits, ticks: Infinity };
    return new Run(this.lookup, this.meanings, { limits, inputs: [] });
  }

  /** Whether the run is inside a call. */
  isInCall(): boolean {
    return this.#depth > 0;
  }

  /** Executes the entry with the arguments that are given; missing ones of a Φ process are resolved. */
  entry(proc: ModelProc, given: ReadonlyMap<string, ModelValue>): ModelValue | undefined {
    const params = proc.regime === "Φ" ? resolvePhi(this, proc, given) : given;
    this.clock.enter(proc, []);
    const value = this.body(proc, params);
    // No process is there to get a holder.
    if (!this.lookup.rules.breaks("what an entry returns is no leak")) this.memory.lose(value);
    this.io.end();
    this.clock.checkDeadlines();
    return value;
  }

  /** Executes an operation. Those on files use memory, too. */
  operate(name: string, args: readonly ModelValue[]): ModelValue {
    if (MEMORY_OPERATIONS.includes(name)) return this.memory.operate(name, args);
    const buffer = name === "read" || name === "write" ? args[1] : undefined;
    if (buffer?.kind === "Mapped") throw new RunFailure("Inadmissible", "memory of a device");
    if (buffer !== undefined) this.memory.use(buffer);
    return this.io.operate(name, args);
  }

  /** Executes the body of a process once every parameter has a value. */
  body(
    proc: ModelProc,
    params: ReadonlyMap<string, ModelValue>,
  ): ModelValue | undefined {
    return new ProcRun(this, proc, params).execute();
  }

  /** Calls a process from another: depth, parameter types, contract, resolution, time. */
  call(caller: ModelProc, callee: ModelProc, args: readonly ModelValue[]): ModelValue | undefined {
    const { rules, program } = this.lookup;
    for (const arg of args) this.memory.use(arg);
    if (this.#depth >= this.limits.depth) throw new RunFailure("Runtime", "call depth");
    if (++this.#calls > this.limits.ticks) throw new RunFailure("Runtime", "call limit");
    const given = new Map<string, ModelValue>();
    callee.params.forEach(({ name, ty }, position) => {
      const type = typeNamed(program, callee.home, ty, rules);
      const value = args[position] ?? UNIT;
      given.set(name, type === undefined ? value : enterType(value, type, rules));
    });
    const isFree = caller.regime === callee.regime && rules.breaks("binds of one regime ignored");
    const binds = isFree ? [] : this.lookup.bindsBetween(caller, callee);
    enterContract(this.lookup, binds, callee, args);
    const before = { ticks: this.clock.ticks, effects: this.effects.length };
    const isResolvedFirst = callee.regime === "Φ" &&
      !rules.breaks("statements of a Φ call count before it is resolved");
    const params = isResolvedFirst ? this.#resolve(callee, given) : given;
    this.clock.enter(callee, binds.map(({ bind }) => bind));
    let value: ModelValue | undefined;
    this.#depth++;
    try {
      value = this.body(callee, params);
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
    if (rules.breaks("calls take no time")) this.clock.ticks = before.ticks;
    return value;
  }

  #resolve(
    callee: ModelProc,
    given: ReadonlyMap<string, ModelValue>,
  ): ReadonlyMap<string, ModelValue> {
    return resolvePhi(this, callee, given);
  }
}
