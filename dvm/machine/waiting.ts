/**
 * What a thread waits for: a lock that is taken, or a thread that has not ended.
 *
 * @module
 */
import { wholeExprOf } from "../dir/walk.ts";
import { isValue } from "../eval/evaluated.ts";
import { currentStmt, type Frame } from "../event/frame.ts";
import { numberOf, type Threads } from "../event/thread_state.ts";
import type { Value } from "../value/value.ts";
import type { Machine } from "./decision.ts";
import type { Awaited, Wait } from "./thread_failure.ts";

/** What the thread whose innermost process this is waits for; `undefined` where it can go on. */
export function waitOf(
  { scope }: Pick<Machine, "scope">,
  threads: Threads,
  frame: Frame,
): Wait | undefined {
  const { proc } = frame;
  const stmt = currentStmt(frame);
  const whole = stmt === undefined ? undefined : wholeExprOf(stmt);
  if (stmt === undefined || whole?.kind !== "call" || frame.due.length > 0) return undefined;
  const callee = proc.callees.get(whole.callee);
  if (callee?.kind !== "operation") return undefined;
  if (callee.name !== "join" && callee.name !== "mutex_lock") return undefined;
  const stop = scope.evaluate(frame, { expr: whole });
  // Calls in the argument come first.
  if (isValue(stop) || stop.kind === "failure" || stop.call !== whole) return undefined;
  const awaited = awaitedBy(threads, stop.args[0]);
  return awaited === undefined ? undefined : { at: { proc, stmt }, awaited };
}

function awaitedBy({ list, locks }: Threads, handle: Value | undefined): Awaited | undefined {
  if (handle?.kind === "Thread") {
    const number = numberOf(handle);
    return list[number]?.result === undefined ? { kind: "thread", number } : undefined;
  }
  if (handle?.kind !== "Mutex") return undefined;
  const holder = locks.get(handle.value)?.holder;
  return holder === undefined ? undefined : { kind: "lock", mutex: handle.value, holder };
}
