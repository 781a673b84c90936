/**
 * The log as realization writes it: each event is checked against the protocol before it is appended.
 *
 * @module
 */
import type { Event } from "../../dvm/event/event.ts";
import { assert } from "../../dvm/base/result.ts";
import type { RealizationEvent, RealizationProgress } from "./progress.ts";

/** What a journal needs of a `LogWriter`. */
export interface EventLog {
  readonly seq: number;
  append(event: Event): unknown;
  /** Puts a checkpoint behind the last event. */
  finish(): void;
  /** Returns once every event so far survives a loss of power. */
  sync(): void;
}

/** Is shown each event as it is appended. */
export type JournalObserver = (event: RealizationEvent) => void;

type WithoutSeq<E> = E extends RealizationEvent ? Omit<E, "seq" | "host"> : never;

/** Appends events of realization. The host's refusal is thrown, and the log is of no further use then. */
export class Journal {
  readonly progress: RealizationProgress;
  readonly #log: EventLog;
  readonly #observe: JournalObserver | undefined;

  /** `progress` is what the log holds already. */
  constructor(log: EventLog, progress: RealizationProgress, observe?: JournalObserver) {
    this.progress = progress;
    this.#log = log;
    this.#observe = observe;
  }

  /** Appends an event. It is durable after the next `sync`, and never without all before it. */
  record(fields: WithoutSeq<RealizationEvent>): void {
    const event: RealizationEvent = { seq: this.#log.seq, host: true, ...fields };
    const reason = this.progress.accept(event);
    assert(reason === undefined, reason ?? "");
    this.#log.append(event);
    this.#observe?.(event);
  }

  sync(): void {
    this.#log.sync();
  }

  /** Checkpoint, and everything durable. */
  finish(): void {
    this.#log.finish();
    this.#log.sync();
  }
}
