/**
 * The protocol of realization. For each group of effects, in the order of the log:
 *
 * 1. the intent is made durable in the log: effects, sink, position of the sink;
 * 2. the sink performs the effects;
 * 3. the sink is made durable;
 * 4. the receipt is appended to the log, and is durable before the next intent.
 *
 * After a crash between any two steps, realization continues from the log: an intent without a receipt is looked for in its sink
 * (`settle_intent.ts`), and the pending effects are performed (`perform_effects.ts`). Nothing after an effect in doubt is
 * performed before the user has decided about it.
 *
 * @module
 */
import type { Journal } from "./journal.ts";
import type { RealizationProgress } from "../log/realization_progress.ts";
import { type RecordedSinks, Sinks } from "./open_sinks.ts";
import type { SinkContext } from "./sink_context.ts";
import { performEffects } from "./perform_effects.ts";
import { type RealizationPlan, RealizationSession, type RealizationStop } from "./session.ts";
import { settleIntent } from "./settle_intent.ts";

/** Every effect is realized or was skipped by decision of the user. */
export interface RealizationComplete {
  /** The result. */
  readonly status: "complete";
  /** Number of effects performed. */
  readonly performed: number;
  /** Number of effects skipped. */
  readonly skipped: number;
}

/** The result of a realization. */
export type RealizationResult = RealizationComplete | RealizationStop;

/**
 * Realizes the pending effects of a run whose log is durable up to its outcome. If the log cannot be written, the host's error is
 * thrown, since nothing can be recorded then; `resume` finds out what was performed.
 */
export async function realize(
  plan: RealizationPlan,
  journal: Journal,
  context: SinkContext,
): Promise<RealizationResult> {
  const session = new RealizationSession(plan, journal, context);
  const undecided = session.nextInDoubt();
  if (undecided !== undefined && plan.inDoubt === undefined) return undecided;
  const opened = await Sinks.open(pendingKinds(session), {
    ...context,
    routes: plan.routes,
    recorded: recordedSinks(journal.progress),
  });
  if (!opened.ok) return session.fail(opened.failure);
  let isFinished = false;
  try {
    const result = realizeInto(opened.value, session);
    isFinished = true;
    return result;
  } finally {
    // If the log could not be written, its content is unknown: then every claim stays.
    opened.value.close((sink) => isFinished && !session.hasOpenIntent(sink));
  }
}

function realizeInto(sinks: Sinks, session: RealizationSession): RealizationResult {
  const { journal } = session;
  const stopped = settleIntent(session, sinks) ?? performEffects(session, sinks);
  const { performed, skipped } = journal.progress;
  if (stopped === undefined) {
    journal.record({
      kind: "realization_finished",
      status: "complete",
      performed,
      reason: undefined,
    });
  }
  journal.finish();
  return stopped ?? { status: "complete", performed, skipped };
}

function recordedSinks({ started, states }: RealizationProgress): RecordedSinks {
  return {
    sinkOf: (kind) => started?.sinks.find(({ effect }) => effect === kind)?.sink,
    wasFile: (sink) =>
      states.some((state) => {
        if (state.kind === "realized") {
          return state.receipt.sink === sink && state.receipt.position >= 0;
        }
        const intent = state.kind === "intended" || state.kind === "in_doubt"
          ? state.intent
          : undefined;
        return intent?.sink === sink && intent.inode !== undefined;
      }),
  };
}

/** The kinds of the pending effects, in the order of their first occurrence. */
function pendingKinds({ plan: { effects }, journal }: RealizationSession): Set<string> {
  const kinds = new Set<string>();
  let last: string | undefined; // neighbours mostly have the same kind
  for (let index = journal.progress.next; index < effects.length; index++) {
    const kind = effects[index]?.kind;
    if (kind === undefined || kind === last) continue;
    kinds.add(kind);
    last = kind;
  }
  return kinds;
}
