/**
 * Which event may follow which: the rules of `docs/log-format.md` that look at more than one line and need no program. What the
 * events say about the program is for replay to judge.
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

/** How far the realization of the recorded effects has come. */
export type Realization = "none" | "begun" | "complete" | "failed";

/** Checks the order of a log's events, and keeps what its end is judged by. */
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
  get header(): RunStarted | undefined {
    return this.#header;
  }
  get outcome(): OutcomeEvent | undefined {
    return this.#outcome;
  }
  get realization(): Realization {
    return this.#realization;
  }
  /** Digests of the torn tails that the log says were cut from it. */
  get recoveries(): readonly string[] {
    return this.#recoveries;
  }

  /** Takes the next event, or says why it cannot stand here. */
  accept(event: Event): string | undefined {
    if (event.seq !== this.#seq) return `seq is ${event.seq}, and ${this.#seq} was due`;
    const reason = this.#place(event);
    if (reason === undefined) this.#seq++;
    return reason;
  }

  #place(event: Event): string | undefined {
    if (event.kind === "run_started") {
      if (this.#header !== undefined) return "the run has started already";
      this.#header = event;
      return undefined;
    }
    if (this.#header === undefined) return "a log begins with run_started";
    switch (event.kind) {
      case "program_loaded":
        if (this.#artifacts === this.#header.artifacts) return "every artifact stands here already";
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
    if (this.#realization === "complete") return "the realization was complete already";
    this.#realization = realizationAfter(event) ?? this.#realization;
    return undefined;
  }

  #execute(event: MachineEvent): string | undefined {
    if (this.#artifacts !== this.#header?.artifacts) return "an artifact is missing before this";
    if (this.#outcome !== undefined) return "the run had its outcome already";
    if (event.kind === "outcome") this.#outcome = event;
    return undefined;
  }
}

/** What an event says of the realization; `undefined` when nothing. */
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

/** Whether a run that came to this outcome leaves effects to be realized. */
export function needsRealization(
  header: RunStarted | undefined,
  outcome: OutcomeEvent | undefined,
): boolean {
  return header?.mode === "realize" && outcome !== undefined && outcome.error === undefined &&
    outcome.effects > 0;
}

/** Why the realization is not finished; `undefined` when it is. */
export function unfinishedBecause(realization: Realization): string | undefined {
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
