/**
 * What a run starts from, and what it comes to.
 *
 * @module
 */
import type { Diagnostic } from "../diagnostic/failure.ts";
import type { Limits } from "../base/limits.ts";
import type { Value } from "../value/value.ts";
import type {
  Checkpoint,
  EffectRoute,
  Event,
  EventKind,
  MachineEvent,
  OutcomeEvent,
  ResourceOffer,
} from "./event.ts";

/** Which of the two semantics a run follows (`docs/host-0.1.md` lists where they differ). */
export type Semantics = "spec" | "host-0.1";

/** An argument as a caller may give it: a value, or plain JSON that the parameter's declared type reads. */
export type PlainArgument =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly PlainArgument[]
  | { readonly [name: string]: PlainArgument };

/** What the outside declares about itself: part of the initial state of a run (RES-04, X-15, X-40). */
export interface Environment {
  /** One tick lasts this many microseconds, by declaration; a whole number. Default 1. */
  readonly tick_us?: number;
  /** The resources on offer. Absent: whatever a program declares is on offer. */
  readonly resources?: readonly ResourceOffer[];
  /** Where effects go that do not go where they would by default. Recorded in the header; resolution does not look at it. */
  readonly realizers?: readonly EffectRoute[];
}

/** The initial state of a run. All of it is recorded in the log's header. */
export interface RunInput {
  /** `name`, `regime::name` or `forge::regime::name`; default `main`. */
  readonly entry?: string;
  /** Arguments by parameter name. A Φ entry resolves the ones that are missing. */
  readonly args?: { readonly [name: string]: PlainArgument };
  readonly semantics?: Semantics;
  readonly mode?: "simulate" | "realize";
  /** Whole numbers; anything else is thrown out as a fault of the calling program. */
  readonly limits?: Partial<Limits>;
  readonly environment?: Environment;
}

/** The one host function the machine needs: lower-case hex SHA-256 of a text's UTF-8 bytes. */
export type Sha256 = (text: string) => string;

/**
 * Takes each event as it happens. A log numbers its checkpoints too: where it has put one behind the event, it answers with it,
 * and the run goes on counting from there. So `seq` is the same live and read back.
 */
export type EventSink = (event: MachineEvent) => Checkpoint | undefined;

/** A finished run. */
export interface Execution {
  readonly outcome: OutcomeEvent;
  /** Every event, in order; empty when a sink took them. */
  readonly events: readonly MachineEvent[];
  /** Why it failed, all of it, in document order; the first is the one `outcome.error` names. */
  readonly diagnostics: readonly Diagnostic[];
  /** The effects, in order, whether or not a sink took the events. */
  readonly effects: readonly {
    readonly kind: string;
    readonly payload: string;
    readonly value: Value;
  }[];
  /** For a Φ entry: what resolution answered. */
  readonly ticks: number;
}

export type { Event, EventKind, MachineEvent };
