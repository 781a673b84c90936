/**
 * Decisions about time: a statement begins or completes only if the clock plus its tick keeps every open upper bound and `max_ticks`;
 * otherwise that is the failure (CTR-05, TIM-05, TIM-06, FAI-05).
 *
 * @module
 */
import { assert } from "../base/result.ts";
import type { Stmt } from "../dir/model.ts";
import type { Frame } from "../event/frame.ts";
import { costOf, exceededBound } from "../regime/time_bounds.ts";
import { checked, refusedClause } from "./contract_check.ts";
import { type Decision, type Machine, refused } from "./decision.ts";

/**
 * The refusal of a statement whose tick exceeds a bound; `undefined` when all are kept. Of several bounds, the one of the innermost
 * call decides, there `Timer` before clauses in written order, and `max_ticks` last. `joined` are the ticks that the statement adds to
 * those of its thread by joining another; the clock of the run has them already.
 */
export function decideTime(
  machine: Machine,
  frame: Frame,
  stmt: Stmt,
  joined = 0,
): Decision | undefined {
  const { state } = machine;
  const ticks = stmt.kind === "Return" ? 0 : 1;
  const isKept = state.tick - state.lag + ticks + joined <= frame.lastTick &&
    (state.lag === 0 || state.tick + ticks <= (state.input?.limits.max_ticks ?? 0));
  return isKept ? undefined : refuseTime(machine, { frame, stmt, ticks: ticks + joined });
}

function refuseTime(
  { state }: Machine,
  { frame: { proc }, stmt, ticks }: {
    readonly frame: Frame;
    readonly stmt: Stmt;
    readonly ticks: number;
  },
): Decision {
  const exceeded = exceededBound(state, ticks);
  if (exceeded === undefined) {
    return refused({ kind: "tick_limit", proc, stmt, limit: state.input?.limits.max_ticks ?? 0 });
  }
  const { bound } = exceeded;
  const bounded = state.frames[exceeded.frame];
  const cost = costOf(exceeded.ticks, state);
  assert(bounded !== undefined, "a bound of a process that is not open");
  if (bound.kind === "deadline") {
    const { use, largest: deadline } = bound;
    return refused({
      kind: "deadline",
      proc: bounded.proc,
      use,
      deadline,
      cost,
      at: { proc, stmt },
    });
  }
  const { bind, clause } = bound;
  return checked(state, bind, "during", {
    ticks: exceeded.ticks,
    refusal: {
      kind: "latency",
      clause: refusedClause(bind, clause),
      actual_us: Number(cost),
    },
  });
}
