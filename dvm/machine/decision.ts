/**
 * What a decision is, and what its parts read.
 *
 * @module
 */
import type { Proc } from "../dir/model.ts";
import { type EnterProc, isMemoryKind, type MachineEvent } from "../event/event.ts";
import type { State } from "../event/state.ts";
import type { NamedValue } from "../value/value.ts";
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

/** What the parts of `decide` read. They change none of it. */
export interface Machine {
  readonly analysis: Analysis;
  readonly state: State;
  readonly scope: FrameScope;
}

/** Whether a statement needs no further call or operation and has not failed. */
export function isEvaluated({ kind }: Decision): boolean {
  return kind !== "refused" && kind !== "bind_checked" && kind !== "enter_proc" &&
    !isMemoryKind(kind);
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
