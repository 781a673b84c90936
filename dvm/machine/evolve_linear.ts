/**
 * What Q events change in a frame: which names stand for a resource, and which for what measuring it has left.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { mentionedSlot } from "../dir/linear_use.ts";
import type { Event } from "../event/event.ts";
import { currentStmt, type Frame, type State, topFrame } from "../event/state.ts";
import { slotOf } from "./evolve_statement.ts";

/** Applies a Q event. A returned text says why it does not fit. */
export function applyLinear(
  state: State,
  event: Extract<Event, { kind: "q_alloc" | "q_move" | "q_use" | "q_consume" | "q_leak" }>,
): string | undefined {
  const frame = topFrame(state);
  if (frame === undefined) return "no process is open";
  const { linear, proc } = frame;
  const stmt = currentStmt(frame);
  switch (event.kind) {
    case "q_alloc": {
      const isParam = event.origin === "parameter";
      const slot = isParam ? linear.introduced : stmt === undefined ? -1 : slotOf(stmt);
      if (proc.slotNames[slot] !== event.name) return `${event.name} is not bound here`;
      state.resources++;
      if (isParam) linear.introduced++;
      hold(frame, slot, event.resource);
      return undefined;
    }
    case "q_move": {
      const to = stmt === undefined ? -1 : slotOf(stmt);
      if (proc.slotNames[to] !== event.to) return `${event.to} is not bound here`;
      if (release(frame, event.from) === undefined) return `${event.from} is not live`;
      hold(frame, to, event.resource);
      linear.usesRecorded++;
      return undefined;
    }
    case "q_consume": {
      const slot = release(frame, event.name);
      if (slot === undefined) return `${event.name} is not live`;
      if (event.reason === "measured") linear.classical.add(slot);
      linear.usesRecorded++;
      return undefined;
    }
    case "q_use":
      linear.usesRecorded++;
      return undefined;
    case "q_leak":
      return release(frame, event.name) === undefined ? `${event.name} is not live` : undefined;
    default:
      return unreachable(event);
  }
}

/** A name stands for a resource from now on, whatever it stood for in an earlier round of a loop. */
function hold({ linear }: Frame, slot: number, resource: string): void {
  linear.live.set(slot, resource);
  linear.classical.delete(slot);
}

/**
 * Ends what a name stands for; `undefined` if it stands for nothing. The current statement says which cell is meant; where it does
 * not mention the name (a leak is told at the end, and upstream's executor goes by names alone), the latest of that name is.
 */
function release(frame: Frame, name: string): number | undefined {
  const { linear, proc } = frame;
  const stmt = currentStmt(frame);
  const mentioned = stmt === undefined ? -1 : mentionedSlot(stmt, proc, name);
  const slot = linear.live.has(mentioned)
    ? mentioned
    : [...linear.live.keys()].findLast((held) => proc.slotNames[held] === name);
  return slot !== undefined && linear.live.delete(slot) ? slot : undefined;
}
