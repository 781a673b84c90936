/**
 * Appends the events of realization to the log, each checked against the protocol first.
 *
 * @module
 */
import type { Event } from "../../dvm/event/event.ts";
import { eventToWire, type WireEvent } from "../../dvm/event/wire_event.ts";
import { assert } from "../../dvm/base/result.ts";
import { type Clock, HOST_FACTS } from "../file/host_facts.ts";
import type { RealizationEvent, RealizationProgress } from "../log/realization_progress.ts";

/** The part of a `LogWriter` that a journal uses. */
export interface EventLog {
  /** The `seq` of the next event. */
  readonly seq: number;
  /** Appends an event. */
  append(event: Event): unknown;
  /** Writes a checkpoint after the last event. */
  finish(): void;
  /** Returns when every event so far is durable. */
  sync(): void;
}

/** Receives each event as it is appended. */
export type JournalObserver = (event: WireEvent<RealizationEvent>) => void;

/** What a journal calls. */
export interface JournalOptions {
  /** Receives each event as it is appended. */
  readonly observe?: JournalObserver | undefined;
  /** Tells the time; default: the host's. */
  readonly clock?: Clock | undefined;
}

type WithoutSeq<E> = E extends RealizationEvent ? Omit<E, "seq" | "host" | "time"> : never;

/** Appends events of realization. Errors of the host are thrown; the log cannot be used any more then. */
export class Journal {
  readonly progress: RealizationProgress;
  readonly #log: EventLog;
  readonly #observe: JournalObserver | undefined;
  readonly #clock: Clock;

  /** `progress` is the progress that the log already records. */
  constructor(
    log: EventLog,
    progress: RealizationProgress,
    { observe, clock = HOST_FACTS.clock }: JournalOptions = {},
  ) {
    this.progress = progress;
    this.#log = log;
    this.#observe = observe;
    this.#clock = clock;
  }

  /** Appends an event. It is durable after the next `sync`, together with all events before it. */
  record(fields: WithoutSeq<RealizationEvent>): void {
    const event: RealizationEvent = {
      seq: this.#log.seq,
      host: true,
      time: this.#clock(),
      ...fields,
    };
    const reason = this.progress.accept(event);
    assert(reason === undefined, reason ?? "");
    this.#log.append(event);
    this.#observe?.(eventToWire<RealizationEvent>(event));
  }

  sync(): void {
    this.#log.sync();
  }

  /** Writes a checkpoint and makes everything durable. */
  finish(): void {
    this.#log.finish();
    this.#log.sync();
  }
}
