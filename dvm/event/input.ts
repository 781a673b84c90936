/**
 * The input of a run and its result.
 *
 * @module
 */
import type { Diagnostic } from "../diagnostic/failure.ts";
import type { Limits } from "../base/limits.ts";
import type { Value } from "../value/value.ts";
import type {
  Checkpoint,
  EffectRoute,
  EnvironmentInput,
  Event,
  EventKind,
  MachineEvent,
  OutcomeEvent,
  ResourceOffer,
} from "./event.ts";

/** Which of the two semantics a run follows (`docs/host-0.1.md` lists where they differ). */
export type Semantics = "spec" | "host-0.1";

/**
 * An argument as a caller may give it: a value, or plain JSON that the parameter's declared type reads. For a number,
 * `{"Decimal": "0.1"}` is the exact number that the text denotes, where a JavaScript number would be another one.
 */
export type PlainArgument =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly PlainArgument[]
  | { readonly [name: string]: PlainArgument };

/** What the environment declares about itself: part of the initial state of a run (RES-04, X-15, X-40). */
export interface Environment {
  /** One tick lasts this many microseconds, by declaration; a whole number. Default 1. */
  readonly tick_us?: number;
  /** The offered resources. Absent: everything that a program declares is offered. */
  readonly resources?: readonly ResourceOffer[];
  /** The realizers other than the default ones. Recorded in the header; resolution does not read them. */
  readonly realizers?: readonly EffectRoute[];
  /** The files, ports and devices, each with what the run can read of it. Recorded in the log; default: none. */
  readonly inputs?: readonly EnvironmentInput[];
}

/** The initial state of a run. All of it is recorded in the log's header. */
export interface RunInput {
  /** `name`, `regime::name` or `forge::regime::name`; default `main`. */
  readonly entry?: string;
  /** Arguments by parameter name. A Φ entry resolves the ones that are missing. */
  readonly args?: { readonly [name: string]: PlainArgument };
  /** Default `spec`. */
  readonly semantics?: Semantics;
  /** Whether the effects are to be realized afterwards; resolution performs none. Default `simulate`. */
  readonly mode?: "simulate" | "realize";
  /** Whole numbers from 0; anything else throws a `Bug`. Absent members have their defaults. */
  readonly limits?: Partial<Limits>;
  /**
   * The seed of the scheduler, a whole number from 0; anything else throws a `Bug`. Without one, threads take turns in the order of their
   * numbers.
   */
  readonly seed?: number;
  /**
   * The thread of each of the first dispatches, counted from the first `spawn`: whole numbers from 0. The scheduler chooses where it has no
   * number, or that of a thread that is not ready (docs/decisions/0015-threads.md).
   */
  readonly schedule?: readonly number[];
  /** Default: one microsecond a tick, every declared resource offered. */
  readonly environment?: Environment;
}

/** The one host function the machine needs: lower-case hex SHA-256 of a text's UTF-8 bytes. */
export type Sha256 = (text: string) => string;

/**
 * Takes each event as it happens. Checkpoints of a log have numbers too: a sink that writes one after the event returns it, and the
 * run counts on from there. So `seq` is the same live and when read back.
 */
export type EventSink = (event: MachineEvent) => Checkpoint | undefined;

/** A finished run. */
export interface Execution {
  /** The last event. */
  readonly outcome: OutcomeEvent;
  /** Every event, in order; empty when a sink took them. */
  readonly events: readonly MachineEvent[];
  /** Why it failed, all of it, in document order; `outcome.error` names the first. */
  readonly diagnostics: readonly Diagnostic[];
  /** The effects, in order, whether or not a sink took the events. */
  readonly effects: readonly {
    readonly kind: string;
    readonly payload: string;
    readonly value: Value;
  }[];
  /** Logical time at the end; 0 after a failure. */
  readonly ticks: number;
}

export type { Event, EventKind, MachineEvent };
