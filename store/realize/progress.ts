/**
 * How far the realization of a run has come: a projection of its log. Resuming and auditing rest on it, and the protocol itself
 * is checked against it as it goes.
 *
 * @module
 */
import type {
  EffectInDoubt,
  EffectIntended,
  EffectRealized,
  EffectResolved,
  Event,
  RealizationFinished,
} from "../../dvm/event/event.ts";
import { assert, unreachable } from "../../dvm/base/result.ts";

/** Where one effect stands. */
export type EffectState =
  /** It took its place in the history; nothing was tried, or what was tried is known to have left no trace. */
  | { readonly kind: "proposed" }
  /** It may have been performed. `isSuspect`: the sink or the log refused something since. */
  | { readonly kind: "intended"; readonly intent: EffectIntended; readonly isSuspect: boolean }
  /** It was performed, durably as far as its sink goes. */
  | { readonly kind: "realized"; readonly receipt: EffectRealized }
  /** It may have been performed, and its sink cannot tell. */
  | { readonly kind: "in_doubt"; readonly intent: EffectIntended; readonly doubt: EffectInDoubt }
  /** It was in doubt, and somebody decided to leave it at that. */
  | { readonly kind: "skipped"; readonly decision: EffectResolved };

const PROPOSED: EffectState = { kind: "proposed" };

/** The events of realization. */
export type RealizationEvent =
  | EffectIntended
  | EffectRealized
  | EffectInDoubt
  | EffectResolved
  | RealizationFinished;

type MovingEvent = Exclude<RealizationEvent, RealizationFinished>;

/** Whether an event is one of realization. */
export function isRealizationEvent(event: Event): event is RealizationEvent {
  switch (event.kind) {
    case "effect_intended":
    case "effect_realized":
    case "effect_in_doubt":
    case "effect_resolved":
    case "realization_finished":
      return true;
    default:
      return false;
  }
}

/** The projection. */
export class RealizationProgress {
  readonly #states: EffectState[];
  #next = 0;
  #performed = 0;
  #skipped = 0;
  #finished: RealizationFinished | undefined;

  /** Nothing was tried yet of so many effects. */
  constructor(effects: number) {
    this.#states = new Array<EffectState>(effects).fill(PROPOSED);
  }

  /** One state an effect. */
  get states(): readonly EffectState[] {
    return this.#states;
  }
  /** Index of the first effect that is neither realized nor skipped; the number of effects when there is none. */
  get next(): number {
    return this.#next;
  }
  get performed(): number {
    return this.#performed;
  }
  get skipped(): number {
    return this.#skipped;
  }
  /** The last word on the realization, if nothing came behind it. */
  get finished(): RealizationFinished | undefined {
    return this.#finished;
  }
  get isComplete(): boolean {
    return this.#finished?.status === "complete";
  }

  /** The state of an effect. */
  state(index: number): EffectState {
    return this.#states[index] ?? PROPOSED;
  }

  /** Takes the next event, or says why it breaks the protocol; it then has no effect. */
  accept(event: RealizationEvent): string | undefined {
    if (this.isComplete) return "the realization was complete already";
    const reason = event.kind === "realization_finished" ? this.#finish(event) : this.#move(event);
    if (reason !== undefined) return reason;
    this.#finished = event.kind === "realization_finished" ? event : undefined;
    while (this.#next < this.#states.length && isSettled(this.state(this.#next))) this.#next++;
    return undefined;
  }

  #move(event: MovingEvent): string | undefined {
    const { first, last } = event;
    if (first > last || last >= this.#states.length) {
      return `there are no effects ${first} to ${last}`;
    }
    for (let index = first; index <= last; index++) {
      if (index > first && this.state(index) === this.state(index - 1)) continue; // groups share one
      const reason = this.#misfit(index, event);
      if (reason !== undefined) return reason;
    }
    const state = stateAfter(event, this.state(first));
    this.#states.fill(state, first, last + 1);
    if (state.kind === "realized") this.#performed += last + 1 - first;
    if (state.kind === "skipped") this.#skipped += last + 1 - first;
    return undefined;
  }

  /** Why an event cannot concern the effect at an index. */
  #misfit(index: number, event: MovingEvent): string | undefined {
    const from = this.state(index);
    switch (event.kind) {
      case "effect_intended":
        if (event.first !== this.#next) {
          return `effect ${event.first} was intended while effect ${this.#next} was due`;
        }
        return from.kind === "proposed"
          ? undefined
          : `effect ${index} was intended while it was ${said(from)}`;
      case "effect_realized":
        if (event.sink === "log" && from.kind === "proposed") {
          return event.first === this.#next
            ? undefined
            : `effect ${index} was realized out of order`;
        }
        if (from.kind !== "intended") {
          return `effect ${index} was realized while it was ${said(from)}`;
        }
        return from.intent.key === event.key && from.intent.sink === event.sink
          ? undefined
          : `effect ${index} was realized under another intent`;
      case "effect_in_doubt":
        return from.kind === "intended"
          ? undefined
          : `effect ${index} came in doubt while it was ${said(from)}`;
      case "effect_resolved":
        return from.kind === "intended" || from.kind === "in_doubt"
          ? undefined
          : `effect ${index} was resolved while it was ${said(from)}`;
      default:
        return unreachable(event);
    }
  }

  #finish(event: RealizationFinished): string | undefined {
    if (event.performed !== this.#performed) {
      return `${event.performed} effects are said to be performed, and ${this.#performed} are`;
    }
    if (event.status === "complete") {
      return this.#next === this.#states.length
        ? undefined
        : `the realization is said to be complete, and effect ${this.#next} is ${
          said(this.state(this.#next))
        }`;
    }
    for (const [index, state] of this.#states.entries()) {
      if (state.kind === "intended") this.#states[index] = { ...state, isSuspect: true };
    }
    return undefined;
  }
}

/** The state that an event brings its effects to. */
function stateAfter(event: MovingEvent, from: EffectState): EffectState {
  switch (event.kind) {
    case "effect_intended":
      return { kind: "intended", intent: event, isSuspect: false };
    case "effect_realized":
      return { kind: "realized", receipt: event };
    case "effect_in_doubt":
      assert(from.kind === "intended", "only what was intended can be in doubt");
      return { kind: "in_doubt", intent: from.intent, doubt: event };
    case "effect_resolved":
      return event.decision === "perform" ? PROPOSED : { kind: "skipped", decision: event };
    default:
      return unreachable(event);
  }
}

function isSettled(state: EffectState): boolean {
  return state.kind === "realized" || state.kind === "skipped";
}

function said({ kind }: EffectState): string {
  return kind === "in_doubt" ? "in doubt" : kind;
}
