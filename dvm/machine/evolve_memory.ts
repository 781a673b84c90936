/**
 * What events change in the memory of a run: its regions, their holders, and which names have them.
 *
 * A holder is known as long as a name has it, also after it was freed: a later use is reported with the places where it was made and
 * freed. The event of an operation is followed by that of its statement, and until then its result is among the results of calls.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { Stmt } from "../dir/model.ts";
import { spawnedPath } from "../dir/operations.ts";
import { wholeExprOf } from "../dir/walk.ts";
import type { MemoryEvent } from "../event/event.ts";
import { type Frame, NONE_ENDED } from "../event/frame.ts";
import type { Holder, State } from "../event/state.ts";
import { UNIT, type Value } from "../value/value.ts";
import { makeThreads } from "./evolve_threads.ts";
import { operationAt } from "./operation_place.ts";

/** Applies an event of a region. Returns why it does not fit, if it does not. */
export function applyMemory(state: State, event: MemoryEvent): string | undefined {
  const here = operationAt(state, event.at);
  if (typeof here === "string") return here;
  const { frame, located } = here;
  const { memory } = state;
  if (event.kind === "mem_alloc") {
    const { region, holder, size } = event;
    memory.allocated++;
    memory.used += size;
    memory.regions.set(region, { size, start: 0, rest: undefined, holders: 1, live: 1 });
    memory.holders.set(holder, { region, origin: located, freed: undefined });
    frame.results.push({ kind: "Mem", value: holder });
    return undefined;
  }
  const region = memory.regions.get(event.region);
  const known = memory.holders.get(event.kind === "mem_copy" ? event.from : event.holder);
  if (region === undefined || known === undefined || known.freed !== undefined) {
    return `${event.holder} is no live holder`;
  }
  switch (event.kind) {
    case "mem_copy":
      region.holders++;
      region.live++;
      memory.holders.set(event.holder, { region: event.region, origin: located, freed: undefined });
      if (isSpawn(located.stmt)) makeThreads(state).passed.push(event.holder);
      else frame.results.push({ kind: "Mem", value: event.holder });
      return undefined;
    case "mem_load":
      frame.results.push(event.value);
      return undefined;
    case "mem_store":
      region.start = event.value.value;
      frame.results.push(UNIT);
      return undefined;
    case "mem_free":
      known.freed = located;
      if (--region.live === 0) {
        memory.regions.delete(event.region);
        memory.used -= region.size;
      }
      frame.results.push(UNIT);
      return undefined;
    default:
      return unreachable(event);
  }
}

/** Whether a statement starts a thread: what it copies goes to that. */
function isSpawn(stmt: Stmt): boolean {
  const whole = wholeExprOf(stmt);
  return whole?.kind === "call" && spawnedPath(whole.callee) !== undefined;
}

/** A statement ends: a holder among the results that it was given is bound to its name, or is not known any more. */
export function endStatement(
  state: State,
  frame: Frame,
  stmt: Stmt,
  bound: Value | undefined,
): void {
  const { results } = frame;
  frame.results = [];
  const { holders } = state.memory;
  if (holders.size === 0) return;
  const kept = bound?.kind === "Mem" ? bound.value : undefined;
  if (kept !== undefined && "slot" in stmt) {
    const earlier = frame.held.get(stmt.slot);
    if (earlier !== undefined) holders.delete(earlier);
    if (frame.held.size === 0) frame.held = new Map();
    frame.held.set(stmt.slot, kept);
  }
  forget(holders, results, kept);
}

function forget(
  holders: Map<string, Holder>,
  results: readonly Value[],
  kept: string | undefined,
): void {
  for (const result of results) {
    if (result.kind === "Mem" && result.value !== kept) holders.delete(result.value);
  }
}

/** The scope of some names has ended: what they held is not known any more, and a live holder among it is a leak. */
export function endHolders(state: State, frame: Frame): void {
  const { memory } = state;
  for (const { slot, scope } of frame.ended) {
    const holder = frame.held.get(slot);
    const held = holder === undefined ? undefined : memory.holders.get(holder);
    if (holder === undefined || held === undefined) continue;
    if (held.freed === undefined && state.refusal === undefined) {
      const name = frame.proc.slotNames[slot] ?? "";
      const { origin } = held;
      state.refusal = { kind: "leak", proc: frame.proc, scope, name, holder, origin };
    }
    memory.holders.delete(holder);
    frame.held.delete(slot);
  }
  frame.ended = NONE_ENDED;
}

/** A process is left: what its names held is not known any more, except what it returns. */
export function forgetHolders(
  { memory: { holders } }: State,
  { held, results }: Frame,
  returned: Value | undefined,
): void {
  if (holders.size === 0) return;
  const kept = returned?.kind === "Mem" ? returned.value : undefined;
  for (const holder of held.values()) if (holder !== kept) holders.delete(holder);
  forget(holders, results, kept);
}
