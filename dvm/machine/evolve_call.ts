/**
 * What entering and leaving a process changes in a state.
 *
 * @module
 */
import { bindsBetween } from "../dir/contract.ts";
import { entryCandidates } from "../dir/lookup.ts";
import type { Proc } from "../dir/model.ts";
import type { EnterProc } from "../event/event.ts";
import { NO_HOLDERS, NONE_ENDED } from "../event/frame.ts";
import { ownTick, type State, topFrame } from "../event/state.ts";
import type { ThreadStart } from "../event/thread_state.ts";
import { lastTickOf } from "../regime/time_bounds.ts";
import { type NamedValue, UNIT, type Value } from "../value/value.ts";
import { forgetHolders } from "./evolve_memory.ts";

/** Opens the process that a call, or the run, enters. */
export function applyEnter(state: State, event: EnterProc): string | undefined {
  const caller = topFrame(state);
  const start = caller === undefined ? startOf(state) : undefined;
  const proc = start !== undefined
    ? start.proc
    : caller === undefined
    ? entryOf(state, event)
    : calleeOf(caller.proc, event);
  if (proc === undefined) {
    return `no process ${event.proc}`;
  }
  const cells: (Value | undefined)[] = new Array(proc.slotNames.length).fill(undefined);
  const wrong = bindParams(proc, cells, event.args);
  if (wrong !== undefined) return wrong;
  const binds = caller === undefined
    ? start?.binds ?? []
    : bindsBetween(state.program, caller.proc, proc);
  if (caller !== undefined) caller.contractsChecked = 0;
  state.entered = true;
  state.calls++;
  state.frames.push({
    proc,
    cells,
    args: event.args,
    writes: new Array(proc.slotNames.length).fill(undefined),
    blocks: [{ block: proc.body, index: 0, owner: undefined, outlived: 0, rounds: 0, round: 0 }],
    loops: [],
    results: [],
    reached: new Map(),
    outlived: [],
    due: [],
    decided: 0,
    binds,
    contractsChecked: 0,
    bindsLeft: 0,
    exit: undefined,
    tickAtEntry: ownTick(state),
    lastTick: lastTickOf(state, proc, binds),
    resolved: proc.regime !== "Φ",
    linear: { live: new Map(), classical: new Set(), introduced: 0, usesRecorded: 0 },
    held: start === undefined ? NO_HOLDERS : holdersOf(event.args),
    ended: NONE_ENDED,
  });
  return undefined;
}

/** What the current thread was started with, if it is another than the first. */
function startOf({ threads }: State): ThreadStart | undefined {
  return threads?.list[threads.current]?.start;
}

/** A thread has the holders that it is given as if they were those of its names. */
function holdersOf(args: readonly NamedValue[]): Map<number, string> {
  const held = new Map<number, string>();
  for (const [slot, { value }] of args.entries()) {
    if (value.kind === "Mem") held.set(slot, value.value);
  }
  return held;
}

function entryOf({ program, input }: State, { proc }: EnterProc): Proc | undefined {
  return entryCandidates(program, input?.entry ?? "").find(({ reference }) => reference === proc);
}

/** Searched among the caller's callees: linked artifacts may have processes that no reference tells apart. */
function calleeOf(caller: Proc, event: EnterProc): Proc | undefined {
  for (const callee of caller.callees.values()) {
    if (callee.kind === "proc" && callee.proc.reference === event.proc) return callee.proc;
  }
  return undefined;
}

/** Puts named values into the parameters' cells. They come in the order of the parameters; some may be absent. */
export function bindParams(
  proc: Proc,
  cells: (Value | undefined)[],
  args: readonly NamedValue[],
): string | undefined {
  let slot = 0;
  for (const { name, value } of args) {
    while (slot < proc.params.length && proc.params[slot]?.name !== name) slot++;
    if (slot >= proc.params.length) return `${proc.name} has no such parameter ${name}`;
    cells[slot++] = value;
  }
  return undefined;
}

/** Closes the innermost process; its value is a result of the statement that called it. */
export function applyLeave(state: State, value: Value | undefined): string | undefined {
  const frame = state.frames.pop();
  if (frame === undefined) return "no process is open";
  forgetHolders(state, frame, value);
  const caller = topFrame(state);
  if (caller !== undefined) caller.results.push(value ?? UNIT);
  else if (state.threads === undefined) state.result = { value };
  return undefined;
}
