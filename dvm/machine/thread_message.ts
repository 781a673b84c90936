/**
 * The sentences of failures with threads and locks, and the smallest fix of each.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Access } from "../event/thread_state.ts";
import type { Touched } from "./races.ts";
import type { ThreadFailure, WaitingThread } from "./thread_failure.ts";

/** The failure as a sentence. */
export function threadMessage(failure: ThreadFailure): string {
  switch (failure.kind) {
    case "joined_twice":
      return `thread ${failure.thread} is joined twice`;
    case "not_held": {
      const { mutex, thread, holder } = failure;
      const held = holder === undefined ? "no thread has it" : `thread ${holder.thread} has it`;
      return `thread ${thread} releases ${mutex}, and ${held}`;
    }
    case "lock_left":
      return `thread ${failure.thread} ends and still has ${failure.mutex}`;
    case "data_race": {
      const { touched, access, earlier } = failure;
      const [now] = verbsOf(touched, access);
      const [, before] = verbsOf(touched, earlier);
      return `data race on ${placeOf(touched)}: ${actText(access, now)}, and ${
        actText(earlier, before)
      }`;
    }
    case "deadlock":
      return `deadlock: ${failure.waits.map(waitText).join("; ")}`;
    case "thread_limit":
      return `a run starts at most ${failure.limit} threads`;
    default:
      return unreachable(failure);
  }
}

/** `thread 1 writes it without a lock`. */
function actText(access: Access, verb: string): string {
  return `thread ${access.thread} ${verb} it ${locksText(access)}`;
}

/** `bytes 0 to 7 of m1`, `the position of f1`. */
function placeOf(touched: Touched): string {
  const { to, offset, width } = touched;
  if (isPosition(touched)) return `the position of ${to}`;
  const bytes = width === 1 ? `byte ${offset}` : `bytes ${offset} to ${offset + width - 1}`;
  return `${bytes} of ${to.startsWith("device ") ? to.slice("device ".length) : to}`;
}

function isPosition({ to }: Touched): boolean {
  return to.startsWith("f");
}

/** What an access does, and what it did. */
export function verbsOf(
  touched: Touched,
  { isWrite }: Access,
): readonly [now: string, before: string] {
  if (isPosition(touched)) return ["moves", "moved"];
  return isWrite ? ["writes", "wrote"] : ["reads", "read"];
}

/** `with x1 and x2`, `without a lock`. */
export function locksText({ locks }: Pick<Access, "locks">): string {
  return locks.length === 0
    ? "without a lock"
    : `with ${locks.map(({ mutex }) => mutex).join(" and ")}`;
}

function waitText({ thread, awaited }: WaitingThread): string {
  if (awaited.kind === "thread") return `thread ${thread} waits for thread ${awaited.number}`;
  const { mutex, holder } = awaited;
  return holder.thread === thread
    ? `thread ${thread} waits for ${mutex}, which it has itself`
    : `thread ${thread} waits for ${mutex}, which thread ${holder.thread} has`;
}

/** The smallest fix, one line. */
export function threadHelp(failure: ThreadFailure): string {
  switch (failure.kind) {
    case "joined_twice":
      return "join it once, and keep the result in a name";
    case "not_held":
      return "release it in the thread that took it";
    case "lock_left":
      return "release it with mutex_unlock before the process returns";
    case "data_race":
      return "take the same lock around both, or join the thread before";
    case "deadlock":
      return "take locks in the same order in every thread, and release them before a join";
    case "thread_limit":
      return "start fewer threads, and give each of them more to do";
    default:
      return unreachable(failure);
  }
}
