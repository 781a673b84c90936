/**
 * Decisions about memory: operations, copies of holders, and leaks (MEM-01 to MEM-08, X-55, X-56).
 *
 * @module
 */
import { assert, unreachable } from "../base/result.ts";
import type { MemoryOperation, Stmt } from "../dir/model.ts";
import type { MemoryEvent } from "../event/event.ts";
import type { Frame } from "../event/frame.ts";
import type { Holder, Region, State } from "../event/state.ts";
import type { Expr } from "../expr/ast.ts";
import { intValue, type MemValue, type Value } from "../value/value.ts";
import { type Decision, type Machine, type Refused, refused } from "./decision.ts";
import { WIDTH } from "./region_bytes.ts";

/** The decision at the call of an operation whose arguments have been evaluated. */
export function decideOperation(
  { state }: Machine,
  { proc }: Frame,
  stmt: Stmt,
  { name, args: [first, second] }: {
    readonly name: MemoryOperation;
    readonly args: readonly Value[];
  },
): Decision {
  const { seq } = state;
  const { at } = stmt;
  if (name === "alloc") return allocate(state, { proc, stmt }, first);
  assert(first?.kind === "Mem", `${name} of what is no handle`);
  const holder = liveHolder(state, first);
  if (holder === undefined) {
    const kind = name === "free" ? "double_free" : "use_after_free";
    return refused({ kind, proc, stmt, holder: first.value, earlier: holderNamed(state, first) });
  }
  const region = regionOf(state, holder);
  const base = { seq, at, region: holder.region, holder: first.value };
  if (name === "free") return { ...base, kind: "mem_free", released: region.live === 1 };
  if (region.size < WIDTH) {
    const { size } = region;
    const { origin } = holder;
    return refused({ kind: "outside_region", proc, stmt, size, width: WIDTH, origin });
  }
  const access = { ...base, offset: 0, width: WIDTH };
  switch (name) {
    case "load":
      return { ...access, kind: "mem_load", value: intValue(region.start) };
    case "store":
      assert(second?.kind === "Int", "store of what is no integer");
      return { ...access, kind: "mem_store", value: second };
    default:
      return unreachable(name);
  }
}

function allocate(
  { seq, memory, io, input }: State,
  { proc, stmt }: Pick<Frame, "proc"> & { readonly stmt: Stmt },
  size: Value | undefined,
): Decision {
  assert(size?.kind === "Int", "alloc of what is no integer");
  if (size.value < 0) {
    return refused({ kind: "negative_size", proc, stmt, operation: "alloc", size: size.value });
  }
  const limit = input?.limits.max_memory ?? 0;
  const used = memory.used + io.kept;
  if (size.value > limit - used) {
    const operation = "alloc";
    return refused({ kind: "memory_limit", proc, stmt, operation, size: size.value, used, limit });
  }
  const region = `m${memory.allocated + 1}`;
  const bytes = Number(size.value);
  return { seq, kind: "mem_alloc", at: stmt.at, region, holder: `${region}.1`, size: bytes };
}

/**
 * The handle that a statement binds or returns, or what comes before it: the event of a copy, or a failure. The handle of a name is
 * copied, except that of a local which is returned; that one, and the result of a call, moves.
 */
export function movedOrCopied(
  { state }: Machine,
  frame: Frame,
  stmt: Stmt,
  { handle, expr }: { readonly handle: MemValue; readonly expr: Expr },
): MemoryEvent | MemValue | Refused {
  if (expr.kind !== "name") return handle;
  const copy = frame.results[0];
  if (copy?.kind === "Mem") return copy;
  const dead = usedAfterFree(state, frame, stmt, handle);
  if (dead !== undefined) return dead;
  if (stmt.kind === "Return" && frame.held.get(expr.slot) === handle.value) return handle;
  const holder = liveHolder(state, handle);
  assert(holder !== undefined, "a holder that is neither live nor freed");
  const { region: name } = holder;
  return {
    seq: state.seq,
    kind: "mem_copy",
    at: stmt.at,
    region: name,
    holder: `${name}.${regionOf(state, holder).holders + 1}`,
    from: handle.value,
  };
}

/** The failure of a statement that mentions the handle, if it was freed before. */
export function usedAfterFree(
  state: State,
  { proc }: Pick<Frame, "proc">,
  stmt: Stmt,
  handle: MemValue,
): Refused | undefined {
  if (liveHolder(state, handle) !== undefined) return undefined;
  const earlier = holderNamed(state, handle);
  return refused({ kind: "use_after_free", proc, stmt, holder: handle.value, earlier });
}

/**
 * The leak of a statement that ends with this decision: a live holder that it overwrites, that it was given and does not bind, or,
 * where it leaves the process, that a name still has.
 */
export function leakOf(
  { state }: Machine,
  frame: Frame,
  stmt: Stmt | undefined,
  decision: Decision,
): Refused | undefined {
  // Called for every statement: small, so that one of a program without memory costs next to nothing.
  return state.memory.holders.size === 0 ? undefined : findLeak(state, frame, stmt, decision);
}

function findLeak(
  state: State,
  frame: Frame,
  stmt: Stmt | undefined,
  decision: Decision,
): Refused | undefined {
  // At a contract that is checked before the process is left, the value that it returns is known. It is no handle (TYP-24).
  const isLeft = decision.kind === "leave_proc" ||
    (decision.kind === "bind_checked" && decision.stage === "leave");
  if (!isLeft && !endsStatement(decision)) return undefined;
  const bound = boundBy(state, decision);
  for (const result of frame.results) {
    if (result.kind !== "Mem" || result.value === bound) continue;
    const refusal = leaked(state, frame, stmt, { holder: result.value, name: undefined });
    if (refusal !== undefined) return refusal;
  }
  const overwritten = decision.kind === "stmt" && stmt?.kind === "Assign" ? stmt.slot : undefined;
  for (const [slot, holder] of isLeft || overwritten !== undefined ? frame.held : []) {
    if (holder === bound || (!isLeft && slot !== overwritten)) continue;
    const name = frame.proc.slotNames[slot];
    const refusal = leaked(state, frame, stmt, { holder, name });
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Whether the statement has ended with this decision. In a linear process, events of its names come before. */
function endsStatement({ kind }: Decision): boolean {
  return kind === "stmt" || kind === "effect" || kind === "witness";
}

/** The holder that a decision gives to a name, to the caller, or to who joins the thread; the entry has no caller. */
function boundBy({ frames, threads }: State, decision: Decision): string | undefined {
  const value = decision.kind === "stmt"
    ? decision.set?.value
    : decision.kind === "leave_proc" && (frames.length > 1 || (threads?.current ?? 0) > 0)
    ? decision.value
    : undefined;
  return value?.kind === "Mem" ? value.value : undefined;
}

function leaked(
  state: State,
  { proc }: Frame,
  stmt: Stmt | undefined,
  { holder, name }: { readonly holder: string; readonly name: string | undefined },
): Refused | undefined {
  const held = state.memory.holders.get(holder);
  if (held === undefined || held.freed !== undefined) return undefined;
  return refused({ kind: "leak", proc, stmt, holder, name, origin: held.origin });
}

/** The holder of a handle; `undefined` where it was freed. */
export function liveHolder(state: State, handle: MemValue): Holder | undefined {
  const holder = holderNamed(state, handle);
  return holder.freed === undefined ? holder : undefined;
}

function holderNamed({ memory }: State, { value }: MemValue): Holder {
  const holder = memory.holders.get(value);
  assert(holder !== undefined, `a name has ${value}, which is not known`);
  return holder;
}

/** The region of a live holder. */
export function regionOf({ memory }: State, { region: name }: Holder): Region {
  const region = memory.regions.get(name);
  assert(region !== undefined, `a live holder of ${name}, which is released`);
  return region;
}
