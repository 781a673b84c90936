/**
 * Performs the pending effects group by group: intent, act, sync, receipt.
 *
 * @module
 */
import type { Sinks } from "./open_sinks.ts";
import type { SinkRefusal } from "./sink_context.ts";
import type { EffectRange, RealizationSession, RealizationStop } from "./session.ts";
import type { Performed, Sink } from "./sink.ts";

/** Performs all pending effects. Returns why it stopped before the last one, if it did. */
export function performEffects(
  session: RealizationSession,
  sinks: Sinks,
): RealizationStop | undefined {
  const { progress } = session.journal;
  while (progress.next < session.plan.effects.length) {
    const first = progress.next;
    const reason = session.context.stop?.();
    if (reason !== undefined) {
      return session.fail({ sink: session.sinkAt(first, sinks)?.name ?? "log", reason });
    }
    const last = groupEnd(session, sinks, first);
    const refusal = performGroup(session, sinks, { first, last });
    if (refusal !== undefined) return session.fail(refusal);
  }
  return undefined;
}

/** Index of the last effect of a group: the group size is reached, or the next effect has another sink. */
function groupEnd(session: RealizationSession, sinks: Sinks, first: number): number {
  const { effects, groupSize } = session.plan;
  const sink = session.sinkAt(first, sinks);
  const end = sink === undefined ? effects.length : Math.min(effects.length, first + groupSize);
  let last = first;
  const kind = effects[first]?.kind;
  while (
    last + 1 < end &&
    (effects[last + 1]?.kind === kind || session.sinkAt(last + 1, sinks) === sink)
  ) last++;
  return last;
}

function performGroup(
  session: RealizationSession,
  sinks: Sinks,
  { first, last }: EffectRange,
): SinkRefusal | undefined {
  const { journal } = session;
  const sink = session.sinkAt(first, sinks);
  const position = sink?.position() ?? -1;
  const name = sink?.name ?? "log";
  if (sink === undefined) {
    // The effects are already recorded before the outcome, which is all that the realizer `log` does.
    journal.record({ kind: "effect_realized", first, last, sink: name, position });
    return undefined;
  }
  const { inode } = sink;
  journal.record({ kind: "effect_intended", first, last, sink: name, position, inode });
  journal.sync();
  const performed = sink.perform(session.batch({ first, last }));
  if (performed.kind === "refused") {
    recordRefused(session, sink, { first, last, ...performed });
    return { sink: name, reason: performed.reason };
  }
  const reason = sink.sync();
  if (reason !== undefined) return { sink: name, reason };
  session.recordReceipt(sink, { first, last, end: performed.end });
  return undefined;
}

/** Records what is known of a group whose sink failed. If the sink can be inspected later, the rest stays an open intent. */
function recordRefused(
  session: RealizationSession,
  sink: Sink,
  { first, last, reason, completed, doubtful }:
    & EffectRange
    & Extract<Performed, { readonly kind: "refused" }>,
): void {
  const { journal } = session;
  if (completed > 0) session.recordReceipt(sink, { first, last: first + completed - 1, end: -1 });
  const doubtEnd = first + completed + doubtful - 1;
  if (doubtful > 0 && !sink.canInspect) {
    journal.record({
      kind: "effect_in_doubt",
      first: first + completed,
      last: doubtEnd,
      sink: sink.name,
      reason: `it was written in part: ${reason}`,
    });
  }
  if (doubtEnd < last) {
    journal.record({ kind: "effect_resolved", first: doubtEnd + 1, last, decision: "perform" });
  }
}
