/**
 * The effects of a log as an audit sees them: state, permission, and whether the sink contains them.
 *
 * @module
 */
import {
  advancesClock,
  type EffectEvent,
  type EffectIntended,
  type Event,
  isMachineEvent,
  type RunStarted,
} from "../../../dvm/event/event.ts";
import type { ArtifactSource } from "../../../dvm/dir/model.ts";
import { valueToWire, type WireValue } from "../../../dvm/value/wire_object.ts";
import type { BlockStep } from "../../log/block_check.ts";
import type { EffectState } from "../../log/realization_progress.ts";
import { type LoggedRun, RunCollector } from "../../realize/realization_log.ts";
import { type Allowance, AllowanceTracker } from "./allowance.ts";
import { type LifelineEntry, Lifelines } from "./lifeline.ts";
import type { AuditedLedger } from "./ledger_contents.ts";
import type { Presence } from "./presence.ts";
import type { AuditedBatch, SinkContents } from "./sink_contents.ts";

/** One effect, audited. */
export interface AuditedEffect {
  /** From 0 within the run. */
  readonly index: number;
  /** `emit`, `observe`, `seal`. */
  readonly kind: string;
  /** The value as the trace renders it. */
  readonly payload: string;
  /** The value in the form of the log. */
  readonly value: WireValue;
  /** The statement that has the effect, `main.body[2]`. */
  readonly at: string;
  /** Logical time in ticks. */
  readonly tick: number;
  /** `seq` of its event. */
  readonly seq: number;
  /** How far its realization has progressed. */
  readonly state: EffectState["kind"];
  /** The sink that it was intended for; `undefined` if it was never intended. */
  readonly sink: string | undefined;
  /** Number of intents; more than one only after an interruption or an error. */
  readonly intents: number;
  /** What allowed it. */
  readonly allowedBy: Allowance;
  /** Whether its sink contains it; `undefined` unless it is realized or intended. */
  readonly presence: Presence | undefined;
}

/** An effect while it is audited: there may be millions, so what happened to it is added to the same object. */
type EffectDraft = { -readonly [M in keyof AuditedEffect]: AuditedEffect[M] };

/** One pass over a log that is not damaged. */
export class AuditPass {
  readonly #collector = new RunCollector();
  readonly #tracker = new AllowanceTracker();
  readonly #lifelines: Lifelines | undefined;
  readonly #effects: EffectDraft[] = [];
  readonly #artifacts: ArtifactSource[] = [];
  /** The kinds of the effects, each once. */
  readonly #kinds = new Map<string, string>();
  #tick = 0;
  #semantics: RunStarted["semantics"] = "spec";
  /** By effect: the last intent, and the number of all. Two lists, since there may be millions. */
  readonly #intents: (EffectIntended | undefined)[] = [];
  readonly #intentCounts: number[] = [];

  constructor(resource: string | undefined) {
    if (resource !== undefined) this.#lifelines = new Lifelines(resource);
  }

  get run(): LoggedRun {
    return this.#collector.run;
  }
  /** The program. */
  get artifacts(): readonly ArtifactSource[] {
    return this.#artifacts;
  }
  get lifelines(): readonly LifelineEntry[] {
    return this.#lifelines?.entries ?? [];
  }

  get resources(): readonly string[] {
    return this.#lifelines?.resources ?? [];
  }

  /** Adds a block that was checked; `checkpoint` is the event after it. */
  addBlock(steps: readonly BlockStep[], checkpoint: Event | undefined): void {
    for (const step of steps) {
      if (step.kind === "event") this.#add(step.event);
      else this.#tick += step.count; // a statement says nothing about effects and resources
    }
    if (checkpoint !== undefined) this.#add(checkpoint);
  }

  #add(event: Event): void {
    this.#lifelines?.add(event);
    if (event.kind === "run_started") this.#semantics = event.semantics;
    if (event.kind === "program_loaded") this.#artifacts.push(event);
    if (advancesClock(event, this.#semantics)) this.#tick++;
    if (event.kind === "effect") return this.#addEffect(event);
    if (isMachineEvent(event)) this.#tracker.add(event);
    this.#collector.addChecked(event);
    if (event.kind !== "effect_intended") return;
    for (let index = event.first; index <= event.last; index++) {
      this.#intents[index] = event;
      this.#intentCounts[index] = (this.#intentCounts[index] ?? 0) + 1;
    }
  }

  #addEffect(event: EffectEvent): void {
    const { index, payload, at, seq } = event;
    const kind = this.#once(event.effect);
    const effect: EffectDraft = {
      index,
      kind,
      payload,
      value: valueToWire(event.value),
      at,
      tick: this.#tick,
      seq,
      state: "proposed",
      sink: undefined,
      intents: 0,
      allowedBy: this.#tracker.allowanceOf(event),
      presence: undefined,
    };
    this.#effects.push(effect);
    this.#collector.addEffect(effect);
  }

  #once(kind: string): string {
    const known = this.#kinds.get(kind);
    if (known === undefined) this.#kinds.set(kind, kind);
    return known ?? kind;
  }

  /** The effects, in order. Effects of one receipt or intent are looked for together. */
  effects(sinks: SinkContents): readonly AuditedEffect[] {
    const { progress } = this.run;
    let batch: { readonly state: EffectState; readonly presences: readonly Presence[] } | undefined;
    let from = 0;
    for (const effect of this.#effects) {
      const { index } = effect;
      const state = progress.state(index);
      const intent = this.#intents[index];
      const isSought = state.kind === "realized" || state.kind === "intended";
      if (batch?.state !== state) {
        const sought = isSought ? this.#batchOf(state) : undefined;
        batch = { state, presences: sought === undefined ? [] : sinks.presenceOf(sought) };
        from = sought?.effects[0]?.index ?? index;
      }
      effect.state = state.kind;
      effect.sink = state.kind === "realized" ? state.receipt.sink : intent?.sink;
      effect.intents = this.#intentCounts[index] ?? 0;
      effect.presence = isSought && intent !== undefined
        ? batch.presences[index - from]
        : undefined;
    }
    return this.#effects;
  }

  /** The ledgers that the run intended effects for. */
  ledgers(sinks: SinkContents): AuditOfLedger[] {
    const run = this.run.progress.started?.occurrence;
    const intended = new Set<string>();
    for (const intent of this.#intents) if (intent !== undefined) intended.add(intent.sink);
    return [...intended].flatMap((sink) => {
      const ledger = sinks.ledgerOf(sink);
      if (ledger === undefined) return [];
      const isDue = (index: number) => this.#intents[index]?.sink === sink;
      const faults = run === undefined ? [] : ledger.faultsOf(run, isDue);
      return [{ summary: (name) => ledger.summary(name), faults }];
    });
  }

  #batchOf(
    state: Extract<EffectState, { readonly kind: "realized" | "intended" }>,
  ): AuditedBatch {
    const { effects, progress } = this.run;
    const isRealized = state.kind === "realized";
    const { last, sink, position } = isRealized ? state.receipt : state.intent;
    // After a refusal in the middle of a group, an intent may have lost its first effects to a receipt.
    const first = isRealized ? state.receipt.first : state.intent.first;
    return {
      sink,
      position,
      isRealized,
      effects: effects.slice(first, last + 1),
      run: progress.started?.occurrence ?? "",
    };
  }
}

/** A ledger of a run. */
export interface AuditOfLedger {
  /** What is known of it, and of its entries of a run. */
  readonly summary: (run: string | undefined) => AuditedLedger;
  /** Entries of this run that its log does not account for, as sentences. */
  readonly faults: readonly string[];
}
