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
import type { Steps, Wait } from "./steps.ts";
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
  /** Executes a call or an operation of a process; `undefined` when it yields nothing. */
  answer(caller: ModelProc, request: Request): Steps<ModelValue | undefined>;
  /** Whether the run is inside a call. */
  isInCall(): boolean;
  /** Something is about to be executed: other threads first, where this one has just had its turn. */
  next(wait?: Wait): Steps<void>;
  /** Something was executed that is all of a turn: the verdict on a constraint, or what has another event. */
  dispatched(isVerdict?: boolean): void;
  /** What an operation on a value waits for. */
  waitFor(operation: string, operand: ModelValue | undefined): Wait | undefined;
}

/** What an expression asks of its run. */
export type Request =
  | { readonly kind: "call"; readonly callee: ModelProc; readonly args: readonly ModelValue[] }
  | {
    readonly kind: "spawn";
    readonly callee: ModelProc;
    readonly args: readonly ModelValue[];
    readonly seed: bigint | undefined;
  }
  | { readonly kind: "operation"; readonly name: string; readonly args: readonly ModelValue[] };
