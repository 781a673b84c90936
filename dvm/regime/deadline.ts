/**
 * Timer declarations: `uses Timer(deadline_us=…)` bounds the declared cost of its own process. No clock is read.
 *
 * @module
 */
import type { Proc } from "../dir/model.ts";

/** The deadline in microseconds that a process's cost exceeds, or `undefined`. */
export function deadlineExceeded(proc: Proc, microseconds: number): number | bigint | undefined {
  for (const use of proc.uses) {
    if (use.resource !== "Timer") continue;
    const deadline = use.args.find((arg) => arg.name === "deadline_us")?.value;
    if (deadline?.kind === "Int" && microseconds > deadline.value) return deadline.value;
  }
  return undefined;
}
