/**
 * Timer declarations: `uses Timer(deadline_us=…)` bounds the declared cost of its own process. No clock is read.
 *
 * @module
 */
import type { Proc, Use } from "../dir/model.ts";
import type { Int64 } from "../value/int64.ts";

/** A deadline that a process's cost exceeds, and its declaration. */
export interface ExceededDeadline {
  readonly use: Use;
  /** In microseconds. */
  readonly deadline: Int64;
}

/** The first deadline of `proc` that this cost in microseconds exceeds. */
export function exceededDeadline(proc: Proc, microseconds: number): ExceededDeadline | undefined {
  for (const use of proc.uses) {
    if (use.resource !== "Timer") continue;
    const deadline = use.args.find((arg) => arg.name === "deadline_us")?.value;
    if (deadline?.kind === "Int" && microseconds > deadline.value) {
      return { use, deadline: deadline.value };
    }
  }
  return undefined;
}
