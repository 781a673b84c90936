/**
 * The progress of realization, effect by effect: a projection of the log. Resume and audit use it, and realization checks each of its
 * own events against it.
 *
 * @module
 */
import {
  type Checkpoint,
  type EffectInDoubt,
  type EffectIntended,
  type EffectRealized,
  type EffectResolved,
  type Event,
  isMachineEvent,
  type RealizationFinished,
  type RealizationStarted,
  type Recovered,
  type StoreEvent,
} from "../../dvm/event/event.ts";
import { assert, unreachable } from "../../dvm/base/result.ts";

/** The state of one effect. */
export type EffectState =
  /** It is recorded; it was not attempted, or the attempt is known to have had no effect. */
  | { readonly kind: "proposed" }
  /** It may have been performed. `isSuspect`: realization has failed since. */
  | { readonly kind: "intended"; readonly intent: EffectIntended; readonly isSuspect: boolean }
  /** It was performed and is as durable as its sink allows. */
  | { readonly kind: "realized"; readonly receipt: EffectRealized }
  /** It may have been performed, and its sink does not show whether. */
  | { readonly kind: "in_doubt"; readonly intent: EffectIntended; readonly doubt: EffectInDoubt }
  /** It was in doubt, and the user decided not to perform it again. */
  | { readonly kind: "skipped"; readonly decision: EffectResolved };

const PROPOSED: EffectState = { kind: "proposed" };

/** An event of realization. */
export type RealizationEvent = Exclude<StoreEvent, Checkpoint | Recovered>;

type MovingEvent = Exclude<RealizationEvent, RealizationStarted | RealizationFinished>;

/** Whether an event is an event of realization. */
export function isRealizationEvent(event: Event): event is RealizationEvent {
  return !isMachineEvent(event) && event.kind !== "checkpoint" && event.kind !== "recovered";
}

/** How far the realization of the recorded effects has progressed. */
export type Realization = "none" | "begun" | RealizationFinished["status"];

/** How far it has progressed with this event. */
export function realizationAfter(event: RealizationEvent): Realization {
  return event.kind === "realization_finished" ? event.status : "begun";
}

/** Folds events of realization into one state per effect. */
export class RealizationProgress {
  readonly #kinds: readonly string[];
  readonly #states: EffectState[];
  #next = 0;
  #performed = 0;
  #skipped = 0;
  #finished: RealizationFinished | undefined;
  #started: RealizationStarted | undefined;
  #sinks: ReadonlyMap<string, string> = new Map();

  /** One effect of each of these kinds, in order; none attempted. */
  constructor(kinds: readonly string[]) {
    this.#kinds = kinds;
    this.#states = new Array<EffectState>(kinds.length).fill(PROPOSED);
  }

  /** The states, by index of the effect. */
  get states(): readonly EffectState[] {
    return this.#states;
  }
  /** Index of the first effect that is neither realized nor skipped; the number of effects if there is none. */
  get next(): number {
    return this.#next;
  }
  /** Number of effects that are realized. */
  get performed(): number {
    return this.#performed;
  }
  /** Number of effects that are skipped. */
  get skipped(): number {
    return this.#skipped;
  }
  /** The first event, once it was accepted. */
  get started(): RealizationStarted | undefined {
    return this.#started;
  }
  /** The last event, if it is `realization_finished`. */
  get finished(): RealizationFinished | undefined {
    return this.#finished;
  }
  /** Whether realization has finished without failure. */
  get isComplete(): boolean {
    return this.#finished?.status === "complete";
  }

  /** The state of an effect. */
  state(index: number): EffectState {
    return this.#states[index] ?? PROPOSED;
  }

  /** Whether nothing may follow: it is complete, or was abandoned. */
  get isClosed(): boolean {
    return this.isComplete || this.#finished?.status === "abandoned";
  }

  /** Accepts the next event; returns the reason if it violates the protocol, and is then unchanged. */
  accept(event: RealizationEvent): string | undefined {
    if (this.isClosed) return `the realization is already ${this.#finished?.status}`;
    if (event.kind === "realization_started") return this.#start(event);
    if (this.#started === undefined) return "the realization has not begun";
    const reason = event.kind === "realization_finished" ? this.#finish(event) : this.#move(event);
    if (reason !== undefined) return reason;
    this.#finished = event.kind === "realization_finished" ? event : undefined;
    while (this.#next < this.#states.length && isSettled(this.state(this.#next))) this.#next++;
    return undefined;
  }

  #start(event: RealizationStarted): string | undefined {
    if (this.#started !== undefined) return "the realization has already begun";
    const kinds = new Set(this.#kinds);
    const named = event.sinks.map(({ effect }) => effect);
    if (named.length !== kinds.size || [...kinds].some((kind, at) => named[at] !== kind)) {
      return `it has sinks for ${listed(named)}; the effects are ${listed([...kinds])}`;
    }
    this.#started = event;
    this.#sinks = new Map(event.sinks.map(({ effect, sink }) => [effect, sink]));
    return undefined;
  }

  #move(event: MovingEvent): string | undefined {
    const { first, last } = event;
    if (first > last || last >= this.#states.length) {
      return `there are no effects ${first} to ${last}`;
    }
    for (let index = first; index <= last; index++) {
      if (index > first && this.state(index) === this.state(index - 1)) continue; // groups share one state object
      const reason = this.#misfit(index, event);
      if (reason !== undefined) return reason;
    }
    const misdirected = event.kind === "effect_resolved" ? undefined : this.#misdirected(event);
    if (misdirected !== undefined) return misdirected;
    const state = stateAfter(event, this.state(first));
    this.#states.fill(state, first, last + 1);
    if (state.kind === "realized") this.#performed += last + 1 - first;
    if (state.kind === "skipped") this.#skipped += last + 1 - first;
    return undefined;
  }

  /** Which effect has another sink than an event names, if one has. */
  #misdirected({ first, last, sink }: Exclude<MovingEvent, EffectResolved>): string | undefined {
    let known: string | undefined; // neighbours mostly have the same kind
    for (let index = first; index <= last; index++) {
      const kind = this.#kinds[index] ?? "";
      if (kind === known) continue;
      const recorded = this.#sinks.get(kind) ?? "nothing";
      known = recorded === sink ? kind : undefined;
      if (known !== undefined) continue;
      return `${kind} of effect ${index} goes to ${sink}, and ${recorded} was recorded for it`;
    }
    return undefined;
  }

  /** Why an event cannot concern the effect at an index. */
  #misfit(index: number, event: MovingEvent): string | undefined {
    const from = this.state(index);
    switch (event.kind) {
      case "effect_intended":
        if (event.first !== this.#next) {
          return `effect ${event.first} was intended, expected effect ${this.#next}`;
        }
        return from.kind === "proposed"
          ? undefined
          : `effect ${index} was intended while it was ${describe(from)}`;
      case "effect_realized":
        if (event.sink === "log" && from.kind === "proposed") {
          return event.first === this.#next
            ? undefined
            : `effect ${index} was realized out of order`;
        }
        return from.kind === "intended"
          ? undefined
          : `effect ${index} was realized while it was ${describe(from)}`;
      case "effect_in_doubt":
        return from.kind === "intended"
          ? undefined
          : `effect ${index} was put in doubt while it was ${describe(from)}`;
      case "effect_resolved":
        return from.kind === "intended" || from.kind === "in_doubt"
          ? undefined
          : `effect ${index} was resolved while it was ${describe(from)}`;
      default:
        return unreachable(event);
    }
  }

  #finish(event: RealizationFinished): string | undefined {
    if (event.performed !== this.#performed) {
      return `it reports ${event.performed} performed effects, and ${this.#performed} were performed`;
    }
    if (event.status === "complete") {
      return this.#next === this.#states.length
        ? undefined
        : `it reports completion, and effect ${this.#next} is ${describe(this.state(this.#next))}`;
    }
    let suspect: EffectState | undefined; // groups share one state object
    for (const [index, state] of this.#states.entries()) {
      if (state.kind !== "intended") continue;
      const isSame = suspect?.kind === "intended" && suspect.intent === state.intent;
      suspect = isSame ? suspect : { ...state, isSuspect: true };
      this.#states[index] = suspect ?? state;
    }
    return undefined;
  }
}

/** The state of an effect after an event. */
function stateAfter(event: MovingEvent, from: EffectState): EffectState {
  switch (event.kind) {
    case "effect_intended":
      return { kind: "intended", intent: event, isSuspect: false };
    case "effect_realized":
      return { kind: "realized", receipt: event };
    case "effect_in_doubt":
      assert(from.kind === "intended", "only an intended effect can be in doubt");
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

/** Kinds of effects, for a message. */
function listed(kinds: readonly string[]): string {
  return kinds.length === 0 ? "none" : kinds.join(", ");
}

function describe({ kind }: EffectState): string {
  return kind === "in_doubt" ? "in doubt" : kind;
}
