/**
 * What a decision is, and what its parts read.
 *
 * @module
 */
import type { Operation, Proc, Stmt } from "../dir/model.ts";
import {
  type EnterProc,
  isIoKind,
  isMemoryKind,
  isThreadOperationKind,
  type MachineEvent,
} from "../event/event.ts";
import { ioEffectOf } from "../event/io_effect.ts";
import type { State } from "../event/state.ts";
import type { NamedValue, Value } from "../value/value.ts";
import type { Analysis } from "./analysis.ts";
import type { RunFailure } from "./failure.ts";
import type { FrameScope } from "./frame_scope.ts";

/** What comes next: an event, or failures that end the run. */
export type Decision = MachineEvent | Refused;

/** The run ends without success. */
export interface Refused {
  readonly kind: "refused";
  /** Why, all of it; never empty. */
  readonly failures: readonly RunFailure[];
}

/** An operation, and where its call is. */
export interface OperationCall {
  readonly proc: Proc;
  readonly stmt: Stmt;
  readonly name: Operation;
  readonly args: readonly Value[];
}

/** What the parts of `decide` read. They change none of it. */
export interface Machine {
  readonly analysis: Analysis;
  readonly state: State;
  readonly scope: FrameScope;
}

/** Whether a statement needs no further call or operation and has not failed. */
export function isEvaluated(decision: Decision): boolean {
  const { kind } = decision;
  return kind !== "refused" && kind !== "bind_checked" && kind !== "enter_proc" &&
    !isMemoryKind(kind) && !isIoKind(kind) && !isThreadOperationKind(kind) &&
    (kind !== "effect" || ioEffectOf(decision.effect) === undefined);
}

/** The decision that ends the run for one reason. */
export function refused(failure: RunFailure): Refused {
  return { kind: "refused", failures: [failure] };
}

/** The event that opens a process. */
export function enter(
  { seq }: State,
  { reference }: Proc,
  args: readonly NamedValue[],
): EnterProc {
  return { seq, kind: "enter_proc", proc: reference, args };
}
