/**
 * The protocol of realization. For each group of effects, in the order of the history:
 *
 * 1. the intent is durable in the log: which effects, which sink, its position, the idempotency key;
 * 2. the sink performs them;
 * 3. the sink is durable;
 * 4. the receipt is appended to the log, and is durable before anything else is intended.
 *
 * A run that died anywhere in between goes on from its log: an intent without a receipt is looked for in the sink, and what a sink
 * cannot tell is in doubt until somebody decides. Nothing behind an effect in doubt is performed.
 *
 * @module
 */
import { unreachable } from "../../dvm/base/result.ts";
import { intentKey } from "./intent_key.ts";
import { hasOpenIntent } from "./realization_log.ts";
import type { Journal } from "./journal.ts";
import { type Opening, type SinkRefusal, Sinks } from "./open_sinks.ts";
import type { EffectState } from "./progress.ts";
import type { Routes } from "./realizer.ts";
import type { Performed, RecordedEffect, Sink } from "./sink.ts";

/** What is to be realized. */
export interface RealizationPlan {
  /** All effects of the run, in order. */
  readonly effects: readonly RecordedEffect[];
  readonly routes: Routes;
  /** So many effects are intended together, at most; 1 or more. */
  readonly groupSize: number;
  /** What to do with effects in doubt. Without it they stay so. */
  readonly inDoubt?: "perform" | "skip";
}

/** How far it came. */
export type Realized =
  | { readonly status: "complete"; readonly performed: number; readonly skipped: number }
  /** A sink refused. What was performed stays performed; `resume` goes on. */
  | ({ readonly status: "failed"; readonly performed: number } & SinkRefusal)
  /** Effects `[first, last]` may have been performed. */
  | ({
    readonly status: "in_doubt";
    readonly performed: number;
    readonly first: number;
    readonly last: number;
  } & SinkRefusal);

/**
 * Realizes what is left to realize of a run, whose log is durable up to its outcome. Where the log itself refuses, the host's error is
 * thrown: nothing can be recorded then, and `resume` finds out what was done.
 */
export function realize(plan: RealizationPlan, journal: Journal, opening: Opening): Realized {
  return new Realizing(plan, journal, opening).run();
}

/** Indices of neighbouring effects, both included. */
interface EffectRange {
  readonly first: number;
  readonly last: number;
}

type Stopped = Exclude<Realized, { readonly status: "complete" }>;

class Realizing {
  readonly #plan: RealizationPlan;
  readonly #journal: Journal;
  readonly #opening: Opening;

  constructor(plan: RealizationPlan, journal: Journal, opening: Opening) {
    this.#plan = plan;
    this.#journal = journal;
    this.#opening = opening;
  }

  run(): Realized {
    const { progress } = this.#journal;
    const undecided = this.#doubtAhead();
    if (undecided !== undefined && this.#plan.inDoubt === undefined) return undecided;
    const opened = Sinks.open(this.#kindsDue(), {
      ...this.#opening,
      routes: this.#plan.routes,
      isSettled: (sink) => !this.#hasOpenIntent(sink),
    });
    if (!opened.ok) return this.#fail(opened.failure);
    let isOver = false;
    try {
      const stopped = this.#settleIntent(opened.value) ?? this.#performAll(opened.value);
      if (stopped === undefined) {
        const { performed } = progress;
        this.#journal.record({
          kind: "realization_finished",
          status: "complete",
          performed,
          reason: "",
        });
      }
      this.#journal.finish();
      isOver = true;
      const { performed, skipped } = progress;
      return stopped ?? { status: "complete", performed, skipped };
    } finally {
      // If the log broke, nobody can say what it holds: then every claim stays.
      opened.value.close((name) => isOver && !this.#hasOpenIntent(name));
    }
  }

  /** The kinds of the effects that are left, in the order of their first effects. */
  #kindsDue(): Set<string> {
    const { effects } = this.#plan;
    const kinds = new Set<string>();
    let last: string | undefined; // neighbours are mostly of one kind
    for (let index = this.#journal.progress.next; index < effects.length; index++) {
      const kind = effects[index]?.kind;
      if (kind === undefined || kind === last) continue;
      kinds.add(kind);
      last = kind;
    }
    return kinds;
  }

  /** The effects in doubt that are next, if they are. */
  #doubtAhead(): Stopped | undefined {
    const { progress } = this.#journal;
    const state = progress.state(progress.next);
    if (state.kind !== "in_doubt") return undefined;
    const { sink, reason } = state.doubt;
    return {
      status: "in_doubt",
      performed: progress.performed,
      first: progress.next,
      last: this.#lastOf(progress.next, "in_doubt"),
      sink,
      reason,
    };
  }

  /** Index of the last effect from `first` on that is of that kind without a gap. */
  #lastOf(first: number, kind: EffectState["kind"]): number {
    const { progress } = this.#journal;
    let last = first;
    while (last + 1 < progress.states.length && progress.state(last + 1).kind === kind) last++;
    return last;
  }

  // ── what an earlier process left behind ──────────────────────────────────────────────────────────────────────────

  #settleIntent(sinks: Sinks): Stopped | undefined {
    const { progress } = this.#journal;
    const refused = this.#recall(sinks);
    if (refused !== undefined) return refused;
    const doubt = this.#doubtAhead();
    const decision = this.#plan.inDoubt;
    if (doubt === undefined) return undefined;
    if (decision === undefined) return doubt;
    const first = progress.next;
    const last = this.#lastOf(first, "in_doubt");
    this.#journal.record({ kind: "effect_resolved", first, last, decision });
    return undefined;
  }

  /** Asks the sink about the intent that nothing confirms. */
  #recall(sinks: Sinks): Stopped | undefined {
    const { progress } = this.#journal;
    const first = progress.next;
    const state = progress.state(first);
    if (state.kind !== "intended") return undefined;
    const { intent, isSuspect } = state;
    const last = this.#lastOf(first, "intended");
    const sink = this.#sinkAt(first, sinks);
    if (sink?.name !== intent.sink) {
      const reason =
        `the effect was intended for ${intent.sink}; resume it in the run's own folder`;
      return this.#fail({ sink: sink?.name ?? "log", reason });
    }
    const { run } = this.#opening.claimant;
    const effects = this.#plan.effects.slice(intent.first, intent.last + 1);
    const recollection = sink.recall(intent, { run, key: intent.key, effects }, isSuspect);
    switch (recollection.kind) {
      case "refused":
        return this.#fail({ sink: sink.name, reason: recollection.reason });
      case "untold": {
        const { reason } = recollection;
        this.#journal.record({ kind: "effect_in_doubt", first, last, sink: sink.name, reason });
        return undefined;
      }
      case "told":
        this.#confirm(sink, { first, last, held: intent.first + recollection.held });
        return undefined;
      default:
        return unreachable(recollection);
    }
  }

  /** Effects before index `held` are in the sink: they get their receipt. The others are not, and are due. */
  #confirm(
    sink: Sink,
    { first, last, held }: EffectRange & { readonly held: number },
  ): void {
    if (held > first) this.#receipt(sink, { first, last: Math.min(held - 1, last) });
    if (held > last) return;
    this.#journal.record({
      kind: "effect_resolved",
      first: Math.max(first, held),
      last,
      decision: "perform",
    });
  }

  // ── what is due ──────────────────────────────────────────────────────────────────────────────────────────────────

  #performAll(sinks: Sinks): Stopped | undefined {
    const { progress } = this.#journal;
    while (progress.next < this.#plan.effects.length) {
      const first = progress.next;
      const last = this.#groupEnd(first, sinks);
      const refusal = this.#perform(sinks, { first, last });
      if (refusal !== undefined) return this.#fail(refusal);
    }
    return undefined;
  }

  /** A group ends with the effects, at its size, and where the next effect goes to another sink. */
  #groupEnd(first: number, sinks: Sinks): number {
    const { effects, groupSize } = this.#plan;
    const sink = this.#sinkAt(first, sinks);
    const end = sink === undefined ? effects.length : Math.min(effects.length, first + groupSize);
    let last = first;
    const kind = effects[first]?.kind;
    while (
      last + 1 < end &&
      (effects[last + 1]?.kind === kind || this.#sinkAt(last + 1, sinks) === sink)
    ) last++;
    return last;
  }

  #sinkAt(index: number, sinks: Sinks): Sink | undefined {
    const effect = this.#plan.effects[index];
    return effect === undefined ? undefined : sinks.sinkOf(effect);
  }

  #perform(sinks: Sinks, { first, last }: EffectRange): SinkRefusal | undefined {
    const effects = this.#plan.effects.slice(first, last + 1);
    const { log, run } = this.#opening.claimant;
    const sink = this.#sinkAt(first, sinks);
    const position = sink?.position() ?? -1;
    const name = sink?.name ?? "log";
    const key = intentKey({ log, run, sink: name, position, first, last });
    if (sink === undefined) {
      // To be recorded is all that the log has to do, and the effects are: they stand before the outcome.
      this.#journal.record({ kind: "effect_realized", first, last, sink: name, position, key });
      return undefined;
    }
    this.#journal.record({ kind: "effect_intended", first, last, sink: name, position, key });
    this.#journal.sync();
    const performed = sink.perform({ run, key, effects });
    if (performed.kind === "refused") return this.#refused(sink, { first, last }, performed);
    const reason = sink.sync();
    if (reason !== undefined) return { sink: name, reason };
    this.#receipt(sink, { first, last });
    return undefined;
  }

  /** Records exactly what is known of a group that its sink refused. What a sink can tell later stays open until then. */
  #refused(
    sink: Sink,
    { first, last }: EffectRange,
    { reason, taken, doubtful }: Extract<Performed, { readonly kind: "refused" }>,
  ): SinkRefusal {
    if (taken > 0) this.#receipt(sink, { first, last: first + taken - 1 });
    const doubtEnd = first + taken + doubtful - 1;
    if (doubtful > 0 && !sink.canTell) {
      this.#journal.record({
        kind: "effect_in_doubt",
        first: first + taken,
        last: doubtEnd,
        sink: sink.name,
        reason: `it was written in part: ${reason}`,
      });
    }
    if (doubtEnd < last) {
      this.#journal.record({
        kind: "effect_resolved",
        first: doubtEnd + 1,
        last,
        decision: "perform",
      });
    }
    return { sink: sink.name, reason };
  }

  #receipt(sink: Sink, { first, last }: EffectRange): void {
    const state = this.#journal.progress.state(first);
    const key = state.kind === "intended" ? state.intent.key : "";
    const position = sink.position();
    this.#journal.record({
      kind: "effect_realized",
      first,
      last,
      sink: sink.name,
      position,
      key,
    });
  }

  #fail({ sink, reason }: SinkRefusal): Stopped {
    const { progress } = this.#journal;
    const { performed } = progress;
    const told = `${sink}: ${reason}`;
    // Saying the same again would make the log longer each time that somebody tries.
    if (progress.finished?.reason !== told) {
      this.#journal.record({
        kind: "realization_finished",
        status: "failed",
        performed,
        reason: told,
      });
      this.#journal.finish();
    }
    return { status: "failed", performed, sink, reason };
  }

  #hasOpenIntent(sink: string): boolean {
    return hasOpenIntent(this.#journal, sink);
  }
}
