/**
 * What Q events change in a frame: which names hold a resource, and which hold the outcome of a measurement.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { mentionedSlot, mentionsOf } from "../dir/linear_use.ts";
import type { Event } from "../event/event.ts";
import { currentStmt, type Frame } from "../event/frame.ts";
import { type State, topFrame } from "../event/state.ts";
import { slotOf } from "./evolve_statement.ts";

/** Applies a Q event. Returns why it does not fit, if it does not. */
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
      hold(frame, slot, event.resource);
      if (isParam) linear.introduced++;
      else if (stmt !== undefined) linear.usesRecorded = mentionsOf(stmt, proc).length;
      return undefined;
    }
    case "q_move": {
      const to = stmt === undefined ? -1 : slotOf(stmt);
      if (proc.slotNames[to] !== event.to) return `${event.to} is not bound here`;
      if (release(frame, event.from) === undefined) return `${event.from} is not live`;
      hold(frame, to, event.resource);
      if (stmt !== undefined) linear.usesRecorded = mentionsOf(stmt, proc).length;
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

/**
 * A name holds a resource from now on, whatever it held in an earlier iteration of a loop. Every use of the statement that gives it
 * one has been recorded by then.
 */
function hold({ linear }: Frame, slot: number, resource: string): void {
  linear.live.set(slot, resource);
  linear.classical.delete(slot);
}

/**
 * Ends the resource that a name holds, and returns its cell; `undefined` if it holds none. The current statement determines the
 * cell. Where it does not mention the name (a leak is found at the end, and the upstream executor uses names alone), it is the
 * latest cell of that name.
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
