/**
 * The order of events: the rules of `docs/log-format.md` that concern several lines and need no program. Whether the events fit the
 * program is checked by replay.
 *
 * @module
 */
import {
  type Event,
  isMachineEvent,
  type MachineEvent,
  type OutcomeEvent,
  type RunStarted,
  type StoreEvent,
} from "../../dvm/event/event.ts";
import { unreachable } from "../../dvm/base/result.ts";

/** How far the realization of the recorded effects has progressed. */
export type Realization = "none" | "begun" | "complete" | "failed";

/** Checks the order of a log's events, and keeps what is needed to judge whether the log is complete. */
export class LogRules {
  #seq = 0;
  #header: RunStarted | undefined;
  #artifacts = 0;
  #outcome: OutcomeEvent | undefined;
  #realization: Realization = "none";
  readonly #recoveries: string[] = [];

  /** Number of events accepted. */
  get seq(): number {
    return this.#seq;
  }
  /** The header, once it was accepted. */
  get header(): RunStarted | undefined {
    return this.#header;
  }
  /** The outcome, once it was accepted. */
  get outcome(): OutcomeEvent | undefined {
    return this.#outcome;
  }
  /** How far realization has progressed. */
  get realization(): Realization {
    return this.#realization;
  }
  /** Digests of the torn tails that were cut from the log, as its `recovered` events record them. */
  get recoveries(): readonly string[] {
    return this.#recoveries;
  }

  /** Accepts the next event; returns the reason if it is not allowed here. */
  accept(event: Event): string | undefined {
    if (event.seq !== this.#seq) return `seq is ${event.seq}, expected ${this.#seq}`;
    const reason = this.#check(event);
    if (reason === undefined) this.#seq++;
    return reason;
  }

  #check(event: Event): string | undefined {
    if (event.kind === "run_started") {
      if (this.#header !== undefined) return "the run has already started";
      this.#header = event;
      return undefined;
    }
    if (this.#header === undefined) return "a log begins with run_started";
    switch (event.kind) {
      case "program_loaded":
        if (this.#artifacts === this.#header.artifacts) {
          return "the header declares fewer artifacts";
        }
        this.#artifacts++;
        return undefined;
      case "checkpoint":
        return undefined;
      case "recovered":
        this.#recoveries.push(event.sha256);
        return undefined;
      default:
        return isMachineEvent(event) ? this.#execute(event) : this.#realize(event);
    }
  }

  #realize(event: StoreEvent): string | undefined {
    if (this.#outcome === undefined || this.#outcome.error !== undefined) {
      return "effects are realized only after an outcome without error";
    }
    if (this.#realization === "complete") return "the realization is already complete";
    this.#realization = realizationAfter(event) ?? this.#realization;
    return undefined;
  }

  #execute(event: MachineEvent): string | undefined {
    if (this.#artifacts !== this.#header?.artifacts) {
      return "an artifact is missing before this event";
    }
    if (this.#outcome !== undefined) return "the run already has an outcome";
    if (event.kind === "outcome") this.#outcome = event;
    return undefined;
  }
}

/** The progress that an event reports; `undefined` for events that do not concern realization. */
export function realizationAfter(event: StoreEvent): Realization | undefined {
  switch (event.kind) {
    case "effect_intended":
    case "effect_realized":
    case "effect_in_doubt":
    case "effect_resolved":
      return "begun";
    case "realization_finished":
      return event.status;
    case "checkpoint":
    case "recovered":
      return undefined;
    default:
      return unreachable(event);
  }
}

/** Whether a run with this outcome has effects to realize. */
export function needsRealization(
  header: RunStarted | undefined,
  outcome: OutcomeEvent | undefined,
): boolean {
  return header?.mode === "realize" && outcome !== undefined && outcome.error === undefined &&
    outcome.effects > 0;
}

/** Why realization is not finished; `undefined` when it is. */
export function unfinishedReason(realization: Realization): string | undefined {
  switch (realization) {
    case "none":
      return "the realization of its effects has not begun";
    case "begun":
      return "the realization of its effects was interrupted";
    case "failed":
      return "the realization of its effects failed";
    case "complete":
      return undefined;
    default:
      return unreachable(realization);
  }
}
