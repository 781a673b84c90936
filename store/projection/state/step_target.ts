/**
 * Where stepping through a run stops, recognized from the state after an event.
 *
 * @module
 */
import { advancesClock, type Event } from "../../../dvm/event/event.ts";
import { currentStmt } from "../../../dvm/event/frame.ts";
import { type State, topFrame } from "../../../dvm/event/state.ts";

/** What stepping looks for. `depth` is the number of open processes of its `thread`, 0 for the first, where it begins. */
export type StepTarget =
  /** The current statement has been executed, with all calls in it. */
  | { readonly kind: "over"; readonly depth: number; readonly thread?: number }
  /** The innermost process has been left. */
  | { readonly kind: "out"; readonly depth: number; readonly thread?: number }
  /** Control has come to one of these statements, by the places that events have: `main.body[2]`. */
  | { readonly kind: "statement"; readonly places: ReadonlySet<string> };

/** Whether the state after `event` is what is looked for. The outcome ends every step but the search for a statement. */
export function isTarget(state: State, event: Event, target: StepTarget): boolean {
  const depth = state.frames.length;
  const isOther = target.kind !== "statement" && event.kind !== "outcome" &&
    (state.threads?.current ?? 0) !== (target.thread ?? 0);
  if (isOther) return false;
  switch (target.kind) {
    case "over":
      return event.kind === "outcome" || depth < target.depth ||
        (depth === target.depth && isClockEvent(state, event));
    case "out":
      return event.kind === "outcome" || depth < target.depth;
    case "statement":
      return hasArrived(state, event) && target.places.has(placeOfNext(state) ?? "");
  }
}

/** Whether the event moved control: the statement that is next was not next before it. */
function hasArrived(state: State, event: Event): boolean {
  const { kind } = event;
  const frame = topFrame(state);
  const isMoved = isClockEvent(state, event) || kind === "enter_proc" ||
    kind === "constraint_held";
  return isMoved && frame !== undefined && frame.due.length === 0 && frame.results.length === 0;
}

function isClockEvent({ input }: State, event: Event): boolean {
  return advancesClock(event, input?.semantics ?? "spec");
}

function placeOfNext(state: State): string | undefined {
  const frame = topFrame(state);
  return frame === undefined ? undefined : currentStmt(frame)?.at;
}
