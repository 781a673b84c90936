/**
 * The places that the diagnostics of failures with threads and locks point at: the offence, and what came before it in other threads.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Mark } from "../diagnostic/failure.ts";
import { procMark, stmtMark } from "../diagnostic/mark.ts";
import type { Program } from "../dir/model.ts";
import type { Located } from "../dir/statement_paths.ts";
import type { Access } from "../event/thread_state.ts";
import type { ThreadFailure, WaitingThread } from "./thread_failure.ts";
import { locksText, verbsOf } from "./thread_message.ts";

/** The marks of a failure, the offence itself first. */
export function threadMarks(program: Program, failure: ThreadFailure): readonly Mark[] {
  const earlier = (at: Located, label: string): Mark =>
    stmtMark(program, at.proc, at.stmt, { role: "origin", label });
  const main = (label: string) => ({ role: "main", label } as const);
  switch (failure.kind) {
    case "joined_twice":
      return [
        stmtMark(program, failure.proc, failure.stmt, main("joined again here")),
        earlier(failure.earlier, "it was joined here"),
      ];
    case "not_held": {
      const { proc, stmt, mutex, holder } = failure;
      return [
        stmtMark(program, proc, stmt, main(`${mutex} is not held here`)),
        ...holder === undefined ? [] : [earlier(holder.at, `thread ${holder.thread} took it here`)],
      ];
    }
    case "lock_left": {
      const { proc, stmt, mutex, taken } = failure;
      const label = main(`${mutex} is held`);
      return [
        stmt === undefined ? procMark(program, proc, label) : stmtMark(program, proc, stmt, label),
        earlier(taken, "it was taken here"),
      ];
    }
    case "data_race": {
      const { proc, stmt, touched, access, earlier: other } = failure;
      const [now] = verbsOf(touched, access);
      const [, before] = verbsOf(touched, other);
      return [
        stmtMark(program, proc, stmt, main(accessLabel(access, now))),
        earlier(other.at, accessLabel(other, before)),
        ...[access, other].flatMap(({ thread, locks }) =>
          locks.map(({ mutex, at }) => earlier(at, `thread ${thread} took ${mutex} here`))
        ),
      ];
    }
    case "deadlock":
      return deadlockMarks(program, failure.waits);
    case "thread_limit":
      return [stmtMark(program, failure.proc, failure.stmt, main("this one is too many"))];
    default:
      return unreachable(failure);
  }
}

function accessLabel(access: Access, verb: string): string {
  return `thread ${access.thread} ${verb} ${locksText(access)}`;
}

/** A deadlock may be of a thousand threads. */
const WAITS_MAX = 8;

function deadlockMarks(program: Program, waits: readonly WaitingThread[]): readonly Mark[] {
  return waits.slice(0, WAITS_MAX).flatMap(({ thread, at, awaited }, index) => {
    const role = index === 0 ? "main" : "origin";
    const label = awaited.kind === "lock"
      ? `thread ${thread} waits for ${awaited.mutex}`
      : `thread ${thread} waits for thread ${awaited.number}`;
    const mark = stmtMark(program, at.proc, at.stmt, { role, label });
    if (awaited.kind === "thread") return [mark];
    const { proc, stmt } = awaited.holder.at;
    const taken = `thread ${awaited.holder.thread} took ${awaited.mutex} here`;
    return [mark, stmtMark(program, proc, stmt, { role: "origin", label: taken })];
  });
}
