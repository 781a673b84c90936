/**
 * What a checkpoint sums up of the lines before it, and where the next one is due. Writing and checking a log count alike.
 *
 * @module
 */
import { advancesClock, type Event, type RunStarted } from "../../dvm/event/event.ts";

/** Maximum number of events between two checkpoints. Seeking and comparing read at most one such block. */
export const CHECKPOINT_EVENTS = 1_024;

/** The counts up to some line of a log. */
export interface LogCounts {
  /** Logical time: events that advance the clock, by one tick each. */
  readonly tick: number;
  /** Effects. */
  readonly effects: number;
  /** Constraints added. */
  readonly constraints: number;
  /** Open processes. */
  readonly depth: number;
}

/** What has been counted up to some line of a log. */
export class LogTally implements LogCounts {
  #tick = 0;
  #effects = 0;
  #constraints = 0;
  #depth = 0;
  #sinceCheckpoint = 0;
  /** Lines of the header that are still to come; `undefined` before the first. */
  #headerLeft: number | undefined;
  #isDue = false;
  #semantics: RunStarted["semantics"] = "spec";

  get tick(): number {
    return this.#tick;
  }
  get effects(): number {
    return this.#effects;
  }
  get constraints(): number {
    return this.#constraints;
  }
  get depth(): number {
    return this.#depth;
  }
  /** Events since the last checkpoint, or since the beginning. */
  get sinceCheckpoint(): number {
    return this.#sinceCheckpoint;
  }
  /** Whether the next line must be a checkpoint. */
  get isCheckpointDue(): boolean {
    return this.#isDue || this.#sinceCheckpoint >= CHECKPOINT_EVENTS;
  }

  /** Moves past statements, of which `count` follow one another. */
  addStatements(count: number): void {
    this.#sinceCheckpoint += count;
    this.#tick += count;
  }

  /** Moves past an event that is no checkpoint. */
  add(event: Event): void {
    const { kind } = event;
    this.#sinceCheckpoint++;
    if (advancesClock(event, this.#semantics)) this.#tick++;
    switch (kind) {
      case "effect":
        this.#effects++;
        return;
      case "constraint_added":
        this.#constraints++;
        return;
      case "enter_proc":
        this.#depth++;
        return;
      case "leave_proc":
        this.#depth--;
        return;
      case "outcome":
        this.#isDue = true;
        return;
      case "run_started":
        this.#semantics = event.semantics;
        this.#headerLeft = event.artifacts + (event.inputs ?? 0);
        this.#isDue = this.#headerLeft === 0;
        return;
      case "program_loaded":
      case "input_loaded":
        this.#headerLeft = (this.#headerLeft ?? 0) - 1;
        this.#isDue = this.#headerLeft === 0;
        return;
    }
  }

  /** Moves past a checkpoint. */
  addCheckpoint(): void {
    this.#sinceCheckpoint = 0;
    this.#isDue = false;
  }
}
