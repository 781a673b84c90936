/**
 * What the steps of one realization share: the plan, the journal, the open sinks, and the records that several steps write.
 *
 * @module
 */
import { hasOpenIntent } from "./realization_log.ts";
import type { Journal } from "./journal.ts";
import type { Sinks } from "./open_sinks.ts";
import type { SinkContext, SinkRefusal } from "./sink_context.ts";
import type { EffectState } from "../log/realization_progress.ts";
import type { Routes } from "./realizer.ts";
import type { Batch, RecordedEffect, Sink } from "./sink.ts";

/** What is to be realized. */
export interface RealizationPlan {
  /** All effects of the run, in order; their indices are those of the list. */
  readonly effects: readonly PlannedEffect[];
  /** The realizer of each kind of effect. */
  readonly routes: Routes;
  /** Maximum number of effects that are intended together; 1 or more. */
  readonly groupSize: number;
  /** What to do with effects in doubt. If absent, they stay in doubt. */
  readonly inDoubt?: "perform" | "skip";
}

/** An effect of a plan. */
export type PlannedEffect = Pick<RecordedEffect, "kind" | "payload">;

/** Indices of consecutive effects, both inclusive. */
export interface EffectRange {
  /** Index of the first effect. */
  readonly first: number;
  /** Index of the last effect. */
  readonly last: number;
}

/** A sink or the host refused. What was performed stays performed; `resume` continues. */
export interface RealizationFailed extends SinkRefusal {
  /** The result. */
  readonly status: "failed";
  /** Number of effects performed so far. */
  readonly performed: number;
}

/** Effects `first` to `last` may have been performed, and no decision about them is recorded. */
export interface RealizationInDoubt extends SinkRefusal, EffectRange {
  /** The result. */
  readonly status: "in_doubt";
  /** Number of effects performed so far. */
  readonly performed: number;
}

/** Why a realization stopped before its end. */
export type RealizationStop = RealizationFailed | RealizationInDoubt;

/** One realization in progress. */
export class RealizationSession {
  readonly plan: RealizationPlan;
  readonly journal: Journal;
  readonly context: SinkContext;

  constructor(plan: RealizationPlan, journal: Journal, context: SinkContext) {
    this.plan = plan;
    this.journal = journal;
    this.context = context;
  }

  /** The sink of the effect at an index; `undefined` if the effect is only recorded in the log. */
  sinkAt(index: number, sinks: Sinks): Sink | undefined {
    const effect = this.plan.effects[index];
    return effect === undefined ? undefined : sinks.sinkOf(effect);
  }

  /** Consecutive effects as a sink takes them. */
  batch({ first, last }: EffectRange): Batch {
    const { effects } = this.plan;
    const batch = effects.slice(first, last + 1)
      .map(({ kind, payload }, offset) => ({ index: first + offset, kind, payload }));
    return { run: this.context.claimant.run, effects: batch };
  }

  /** The next pending effects, if they are in doubt. */
  nextInDoubt(): RealizationInDoubt | undefined {
    const { progress } = this.journal;
    const state = progress.state(progress.next);
    if (state.kind !== "in_doubt") return undefined;
    const { sink, reason } = state.doubt;
    return {
      status: "in_doubt",
      performed: progress.performed,
      first: progress.next,
      last: this.lastInState(progress.next, "in_doubt"),
      sink,
      reason,
    };
  }

  /** Index of the last effect of the consecutive effects from `first` on that have this state. */
  lastInState(first: number, kind: EffectState["kind"]): number {
    const { progress } = this.journal;
    let last = first;
    while (last + 1 < progress.states.length && progress.state(last + 1).kind === kind) last++;
    return last;
  }

  hasOpenIntent(sink: string): boolean {
    return hasOpenIntent(this.journal, sink);
  }

  /** Records that intended effects were performed; `end` is where the last of them ends in the sink. */
  recordReceipt(sink: Sink, { first, last, end }: EffectRange & { readonly end: number }): void {
    this.journal.record({ kind: "effect_realized", first, last, sink: sink.name, position: end });
  }

  /** Records that the realization failed, unless the log already ends with the same failure. */
  fail({ sink, reason }: SinkRefusal): RealizationFailed {
    const { progress } = this.journal;
    const { performed } = progress;
    const message = `${sink}: ${reason}`;
    // Otherwise the log would grow with every attempt.
    if (progress.finished?.reason !== message) {
      this.journal.record({
        kind: "realization_finished",
        status: "failed",
        performed,
        reason: message,
      });
      this.journal.finish();
    }
    return { status: "failed", performed, sink, reason };
  }
}
