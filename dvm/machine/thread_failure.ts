/**
 * Failures that concern threads and locks, as data.
 *
 * @module
 */
import type { Proc, Stmt } from "../dir/model.ts";
import type { Located } from "../dir/statement_paths.ts";
import type { Access, Lock } from "../event/thread_state.ts";
import type { Touched } from "./races.ts";

/** What a statement waits for. */
export type Awaited =
  | { readonly kind: "lock"; readonly mutex: string; readonly holder: NonNullable<Lock["holder"]> }
  | { readonly kind: "thread"; readonly number: number };

/** The statement at which a thread waits, and for what. */
export interface Wait {
  readonly at: Located;
  readonly awaited: Awaited;
}

/** Why threads or locks end a run. */
export type ThreadFailure =
  /** The thread was joined at `earlier`. */
  | {
    readonly kind: "joined_twice";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly thread: number;
    readonly earlier: Located;
  }
  /** `thread` releases a lock that `holder`, or no thread, has. */
  | {
    readonly kind: "not_held";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly mutex: string;
    readonly thread: number;
    readonly holder: Lock["holder"];
  }
  /** `thread` ends, at `stmt` or at the end of its process, and has a lock. */
  | {
    readonly kind: "lock_left";
    readonly proc: Proc;
    readonly stmt: Stmt | undefined;
    readonly thread: number;
    readonly mutex: string;
    readonly taken: Located;
  }
  | {
    readonly kind: "data_race";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly touched: Touched;
    readonly access: Access;
    readonly earlier: Access;
  }
  /** All threads that are left wait; never empty. */
  | { readonly kind: "deadlock"; readonly waits: readonly WaitingThread[] }
  | {
    readonly kind: "thread_limit";
    readonly proc: Proc;
    readonly stmt: Stmt;
    readonly limit: number;
  };

/** A thread that waits. */
export interface WaitingThread extends Wait {
  readonly thread: number;
}

/** Whether a failure is one of these. */
export function isThreadFailure(failure: { readonly kind: string }): failure is ThreadFailure {
  return Object.hasOwn(KINDS, failure.kind);
}

const KINDS: { readonly [kind in ThreadFailure["kind"]]: true } = {
  joined_twice: true,
  not_held: true,
  lock_left: true,
  data_race: true,
  deadlock: true,
  thread_limit: true,
};
