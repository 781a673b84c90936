/**
 * Decisions about threads and locks: starting and joining a thread, making, taking and releasing a lock (CCY-04 to CCY-10, X-58). A
 * thread that has to wait is not asked for a decision (`schedule.ts`).
 *
 * @module
 */
import { THREADS_MAX } from "../base/limits.ts";
import { assert } from "../base/result.ts";
import type { Proc, Stmt } from "../dir/model.ts";
import type { Frame } from "../event/frame.ts";
import type { State } from "../event/state.ts";
import { numberOf, type Thread } from "../event/thread_state.ts";
import type { IntValue, MemValue, NamedValue, Value } from "../value/value.ts";
import { liveHolder, regionOf } from "./decide_memory.ts";
import { decideTime } from "./decide_time.ts";
import {
  type Decision,
  type Machine,
  type OperationCall,
  type Refused,
  refused,
} from "./decision.ts";

/** The refusal of one thread too many. */
export function refuseThread(
  { threads }: State,
  { proc }: Frame,
  stmt: Stmt,
): Refused | undefined {
  const started = (threads?.list.length ?? 1) - 1;
  if (started < THREADS_MAX) return undefined;
  return refused({ kind: "thread_limit", proc, stmt, limit: THREADS_MAX });
}

/** What a `spawn` does whose process takes these arguments: a copy for each holder among them, then the thread. */
export function startThread(
  state: State,
  { at }: Stmt,
  { proc, args, seed }: {
    readonly proc: Proc;
    readonly args: readonly NamedValue[];
    readonly seed: IntValue | undefined;
  },
): Decision {
  const { seq, threads } = state;
  const passed = threads?.passed ?? [];
  const given: NamedValue[] = [];
  let copies = 0;
  for (const { name, value } of args) {
    if (value.kind !== "Mem") {
      given.push({ name, value });
      continue;
    }
    const copy = passed[copies++];
    if (copy === undefined) return copyFor(state, at, value);
    given.push({ name, value: { kind: "Mem", value: copy } });
  }
  const spawned = threads?.list.length ?? 1;
  return { seq, kind: "thread_spawn", at, spawned, proc: proc.reference, args: given, seed };
}

function copyFor(state: State, at: string, handle: MemValue): Decision {
  const held = liveHolder(state, handle);
  assert(held !== undefined, "a freed holder is passed to a thread");
  const { region } = held;
  const holder = `${region}.${regionOf(state, held).holders + 1}`;
  return { seq: state.seq, kind: "mem_copy", at, region, holder, from: handle.value };
}

/** `join(thread)`. */
export function joinThread(machine: Machine, frame: Frame, call: OperationCall): Decision {
  const { state } = machine;
  const { proc, stmt, args: [handle] } = call;
  assert(handle?.kind === "Thread", "join of what is no thread");
  const number = numberOf(handle);
  const thread = threadNumbered(state, number);
  const { joined: earlier, result, ticks } = thread;
  if (earlier !== undefined) {
    return refused({ kind: "joined_twice", proc, stmt, thread: number, earlier });
  }
  assert(result !== undefined, `thread ${number} is joined and has not ended`);
  const late = decideTime(machine, frame, stmt, ticks);
  if (late !== undefined) return late;
  const { value } = result;
  return { seq: state.seq, kind: "thread_join", at: stmt.at, joined: number, ticks, value };
}

/** `mutex_new()`, `mutex_lock(m)` and `mutex_unlock(m)`. */
export function decideMutex(state: State, call: OperationCall): Decision {
  const { proc, stmt, name, args: [handle] } = call;
  const { seq, threads } = state;
  const { at } = stmt;
  if (name === "mutex_new") {
    return { seq, kind: "mutex_new", at, mutex: `x${(threads?.locks.size ?? 0) + 1}` };
  }
  assert(handle?.kind === "Mutex" && threads !== undefined, `${name} of what is no lock`);
  const mutex = handle.value;
  const lock = threads.locks.get(mutex);
  assert(lock !== undefined, `a name has ${mutex}, which is not known`);
  const { holder } = lock;
  if (name === "mutex_lock") {
    assert(holder === undefined, `${mutex} is taken twice`);
    return { seq, kind: "mutex_lock", at, mutex };
  }
  if (holder?.thread !== threads.current) {
    return refused({ kind: "not_held", proc, stmt, mutex, thread: threads.current, holder });
  }
  return { seq, kind: "mutex_unlock", at, mutex };
}

function threadNumbered({ threads }: State, number: number): Thread {
  const thread = threads?.list[number];
  assert(thread !== undefined, `a name has t${number}, which is not known`);
  return thread;
}

/** The seed among the evaluated arguments of a `spawn` that has one. */
export function seedOf(args: readonly Value[]): IntValue {
  const seed = args.at(-1);
  assert(seed?.kind === "Int", "a seed that is no integer");
  return seed;
}
