/**
 * What a process shares with the run that it is part of.
 *
 * @module
 */
import type { Clock } from "./clock.ts";
import type { Memory } from "./memory.ts";
import type { Lookup } from "./lookup.ts";
import type { Meanings } from "./meaning.ts";
import type { ModelProc } from "./program.ts";
import type { ModelValue } from "./values.ts";
import type { WitnessRecord } from "./witness.ts";

/** One effect of a run. */
export interface ModelEffect {
  readonly kind: string;
  readonly payload: string;
  readonly value: ModelValue;
}

/** A run as its processes see it. */
export interface RunContext {
  readonly lookup: Lookup;
  readonly meanings: Meanings;
  readonly clock: Clock;
  readonly effects: ModelEffect[];
  /** What every proof of the run has recorded. */
  readonly records: WitnessRecord[];
  readonly memory: Memory;
  /** Executes an operation on memory, files, ports or devices. */
  operate(name: string, args: readonly ModelValue[]): ModelValue;
  /** Whether the run is inside a call. */
  isInCall(): boolean;
  /** Calls a process from another; `undefined` when it returns nothing. */
  call(caller: ModelProc, callee: ModelProc, args: readonly ModelValue[]): ModelValue | undefined;
}
