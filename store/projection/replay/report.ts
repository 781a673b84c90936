/**
 * The result of a replay as data.
 *
 * @module
 */
import type { Diagnostic, Mark } from "../../../dvm/diagnostic/failure.ts";
import type { OutcomeEvent } from "../../../dvm/event/event.ts";
import type { WireEvent } from "../../../dvm/event/wire_event.ts";
import type { LogDamage } from "../../log/log_damage.ts";
import type { ReplayCause } from "./cause.ts";

/** The result of a replay. */
export type ReplayReport = Reproduced | ReproducedPrefix | Diverged;

/** The members of every report. */
export interface ReplayBase {
  /** Number of events that were reproduced, header included. */
  readonly events: number;
  /** Number of bytes after the last whole line. */
  readonly tornBytes: number;
  /** Whether the executed artifacts are those that the log's header names. */
  readonly sameProgram: boolean;
  /** The first bad line of the log, which is checked while it is replayed; `undefined` for a log without damage. */
  readonly damage: LogDamage | undefined;
}

/** Every event up to the outcome was reproduced. */
export interface Reproduced extends ReplayBase {
  /** The verdict. */
  readonly verdict: "reproduced";
  /** The outcome. */
  readonly outcome: WireEvent<OutcomeEvent>;
  /** The diagnostics of the execution. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Every event was reproduced, and the log ends before the outcome. */
export interface ReproducedPrefix extends ReplayBase {
  /** The verdict. */
  readonly verdict: "prefix";
  /** Number of lines, which is the `seq` of the next event. */
  readonly stoppedAt: number;
  /** The next event of the execution; `undefined` if the header is incomplete, so that nothing can be executed. */
  readonly next: WireEvent | undefined;
}

/** The first event that the execution does not reproduce. */
export interface Diverged extends ReplayBase {
  /** The verdict. */
  readonly verdict: "diverged";
  /** Its `seq`. */
  readonly seq: number;
  /** Its line number in the log, from 1. */
  readonly line: number;
  /** Its byte offset in the log. */
  readonly offset: number;
  /** The event of the execution; `undefined` if the execution has ended. */
  readonly expected: WireEvent | undefined;
  /** The event of the log; `undefined` if the line is not an event. */
  readonly recorded: WireEvent | undefined;
  /** Why the line is not an event; empty if it is one. */
  readonly unreadable: string;
  /** The first member that differs, `bound.value.Int`; empty if one of the events is `undefined`. */
  readonly field: string;
  /** The place in the program; `undefined` if there is none. */
  readonly place: Mark | undefined;
  /** The events before it, oldest first. */
  readonly before: readonly WireEvent[];
  /** Why the replay diverges. */
  readonly cause: ReplayCause;
}
