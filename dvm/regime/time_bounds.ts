/**
 * Upper bounds on time: `Timer` bounds its process, `latency_us` the call that exercises the bind (CTR-05, TIM-05, X-41). A bound is
 * open from the entry of its process to its end. No clock is read: the cost is ticks times the declared length of a tick.
 *
 * @module
 */
import { LATENCY } from "../dir/contract.ts";
import type { Bind, Clause, Proc, Use } from "../dir/model.ts";
import type { Frame } from "../event/frame.ts";
import { ownTick, type State } from "../event/state.ts";

/** An upper bound, and the largest cost in microseconds that keeps it; -1 where none does. */
export type UpperBound =
  | { readonly kind: "deadline"; readonly use: Use; readonly largest: bigint }
  | {
    readonly kind: "latency";
    readonly bind: Bind;
    readonly clause: Clause;
    readonly largest: bigint;
  };

/** An open bound that one more statement would exceed. */
export interface ExceededBound {
  readonly bound: UpperBound;
  /** Index into `State.frames` of the process that it bounds. */
  readonly frame: number;
  /** Ticks of that process, the statement included. */
  readonly ticks: number;
}

/** Cost in microseconds. */
export function costOf(ticks: number, { input }: Pick<State, "input">): bigint {
  return BigInt(ticks) * BigInt(input?.tick_us ?? 1);
}

/** The last tick at which a process that is entered now keeps its own bounds and those that are open around it. */
export function lastTickOf(state: State, proc: Proc, binds: readonly Bind[]): number {
  const outer = state.frames[state.frames.length - 1];
  let last = outer === undefined ? state.input?.limits.max_ticks ?? 0 : outer.lastTick;
  if (proc.uses.length === 0 && binds.length === 0) return last; // as of most calls
  const tick = costOf(1, state);
  const now = ownTick(state);
  for (const { largest } of upperBounds(proc, binds)) {
    if (largest < 0n) last = Math.min(last, now - 1);
    else if (tick > 0n) last = Math.min(last, now + Number(largest / tick));
  }
  return last;
}

/**
 * The bound that a statement of `ticks` ticks would exceed if it began or completed now: that of the innermost process, and there the
 * first in the order of {@link upperBounds}. `undefined` when all are kept, whatever `max_ticks` is.
 */
export function exceededBound(state: State, ticks: number): ExceededBound | undefined {
  for (let frame = state.frames.length - 1; frame >= 0; frame--) {
    const open = state.frames[frame];
    if (open === undefined) continue;
    const used = ticksUsed(state, open) + ticks;
    const cost = costOf(used, state);
    const bound = upperBounds(open.proc, open.binds).find(({ largest }) => cost > largest);
    if (bound !== undefined) return { bound, frame, ticks: used };
  }
  return undefined;
}

/** The ticks that an open process of the current thread has used so far. */
export function ticksUsed(state: Pick<State, "tick" | "lag">, { tickAtEntry }: Frame): number {
  return ownTick(state) - tickAtEntry;
}

/**
 * The upper bounds of a process that is called across `binds`, in order of precedence: `Timer` before clauses, each as written, those of
 * the bind from caller to callee first.
 */
function upperBounds(proc: Proc, binds: readonly Bind[]): readonly UpperBound[] {
  return [
    ...proc.uses.flatMap(deadlineOf),
    ...binds.flatMap((bind) => bind.clauses.flatMap((clause) => upperSideOf(bind, clause))),
  ];
}

function deadlineOf(use: Use): readonly UpperBound[] {
  if (use.resource !== "Timer") return [];
  return use.args.flatMap(({ name, value }) =>
    name === "deadline_us" && value.kind === "Int"
      ? [{ kind: "deadline", use, largest: BigInt(value.value) }]
      : []
  );
}

/** Lower sides are decided when the call returns. */
function upperSideOf(bind: Bind, clause: Clause): readonly UpperBound[] {
  const { key, op, value } = clause;
  if (key !== "latency_us" || op === ">" || op === ">=" || !LATENCY.test(value)) return [];
  const largest = op === "<" ? BigInt(value) - 1n : BigInt(value);
  return [{ kind: "latency", bind, clause, largest }];
}
