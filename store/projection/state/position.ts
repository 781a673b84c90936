/**
 * Positions in a run at which its state can be requested, and how they are found: from a state, from a snapshot, or in the text of
 * the log.
 *
 * @module
 */
import type { State } from "../../../dvm/event/state.ts";
import type { Event } from "../../../dvm/event/event.ts";
import { type Readable, readRange } from "../../file/byte_file.ts";
import type { SnapshotEntry } from "./snapshots.ts";
import { hostBuffer } from "../../file/host_buffer.ts";
import { isTarget, type StepTarget } from "./step_target.ts";

/** A position in a run: after an event, at a tick, after an effect, after the first entry of a process, at the end. */
export type LogPosition =
  | { readonly kind: "event"; readonly seq: number }
  | { readonly kind: "tick"; readonly tick: number }
  | { readonly kind: "effect"; readonly index: number }
  | { readonly kind: "proc"; readonly name: string }
  | { readonly kind: "end" };

/** The first position after an event at which stepping stops. */
export interface StepPosition {
  readonly kind: "step";
  /** The `seq` of the event that it comes after. */
  readonly after: number;
  readonly target: StepTarget;
}

/** A position that is recognized from the state and the event before it. */
export type StatePosition = Exclude<LogPosition, { readonly kind: "proc" }> | StepPosition;

/** Whether a snapshot is not after a position, so that folding can begin there. */
export function isSnapshotBefore(entry: SnapshotEntry, position: StatePosition): boolean {
  switch (position.kind) {
    case "event":
      return entry.seq <= position.seq;
    case "tick":
      return entry.tick < position.tick;
    case "effect":
      return entry.effects <= position.index;
    case "step":
      return entry.seq <= position.after + 1;
    case "end":
      return true;
  }
}

/** Whether a state, with the event before it, is at a position. `end` is reached only when the log ends. */
export function isReached(state: State, event: Event, position: StatePosition): boolean {
  switch (position.kind) {
    case "event":
      return state.seq === position.seq + 1;
    case "tick":
      return state.tick >= position.tick;
    case "effect":
      return state.effectCount === position.index + 1;
    case "step":
      return event.seq > position.after && isTarget(state, event, position.target);
    case "end":
      return false;
  }
}

/** Why a position does not exist, given the last state of the log. */
export function missingReason(position: StatePosition, state: State): string {
  switch (position.kind) {
    case "event":
      return `the log ends with event ${state.seq - 1}`;
    case "tick":
      return `the clock of the run stops at tick ${state.tick}`;
    case "effect":
      return state.effectCount === 0
        ? "the run has no effects"
        : `the last effect of the run is effect:${state.effectCount - 1}`;
    case "step":
      return "nothing of this comes after here";
    case "end":
      return "the log is empty";
  }
}

const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * The `seq` of the first event that enters one of these processes, given by their references. The text is searched without
 * decoding.
 */
export function findProcEntry(
  source: Readable,
  references: readonly string[],
): number | undefined {
  if (references.length === 0) return undefined;
  const patterns = references.map((reference) =>
    new TextEncoder().encode(`"proc":${JSON.stringify(reference)},"args":`)
  );
  const longest = patterns.reduce((most, { length }) => Math.max(most, length), 0);
  for (let at = 0;;) {
    const bytes = readRange(source, { at, end: at + CHUNK_BYTES });
    const buffer = hostBuffer(bytes);
    const found = patterns.flatMap((pattern) => entryIn(buffer, pattern) ?? []);
    if (found.length > 0) return found.reduce((least, seq) => Math.min(least, seq));
    if (bytes.length < CHUNK_BYTES) return undefined;
    at += CHUNK_BYTES - longest - HEAD_BYTES; // a match, or what is before it, may cross a chunk boundary
  }
}

/** The beginning of the line of an entering takes at most so many bytes. */
const HEAD_BYTES = 80;

/** The `seq` of the first line in a buffer that enters a process, by what its line has after `thread`. */
function entryIn(buffer: ReturnType<typeof hostBuffer>, pattern: Uint8Array): number | undefined {
  for (let at = buffer.indexOf(pattern); at >= 0; at = buffer.indexOf(pattern, at + 1)) {
    const head = buffer.toString("latin1", Math.max(0, at - HEAD_BYTES), at);
    const entered = /([0-9]+),"kind":"enter_proc",(?:"thread":[0-9]+,)?$/.exec(head);
    if (entered !== null) return Number(entered[1]);
  }
  return undefined;
}
