/**
 * Settles the intent that a crashed process left without a receipt: its sink is inspected, and what the sink does not show is in
 * doubt until the user decides.
 *
 * @module
 */
import { assert, unreachable } from "../../dvm/base/result.ts";
import type { Sinks } from "./open_sinks.ts";
import type { EffectRange, RealizationSession, RealizationStop } from "./session.ts";
import type { Sink } from "./sink.ts";

/** Settles an unconfirmed intent, if there is one. Returns why realization cannot continue, if it cannot. */
export function settleIntent(
  session: RealizationSession,
  sinks: Sinks,
): RealizationStop | undefined {
  const stopped = inspectIntent(session, sinks);
  if (stopped !== undefined) return stopped;
  const doubt = session.nextInDoubt();
  const decision = session.plan.inDoubt;
  if (doubt === undefined) return undefined;
  if (decision === undefined) return doubt;
  const { first, last } = doubt;
  session.journal.record({ kind: "effect_resolved", first, last, decision });
  return undefined;
}

/** Asks the sink of the unconfirmed intent what it contains, and records the answer. */
function inspectIntent(session: RealizationSession, sinks: Sinks): RealizationStop | undefined {
  const { journal } = session;
  const first = journal.progress.next;
  const state = journal.progress.state(first);
  if (state.kind !== "intended") return undefined;
  const { intent, isSuspect } = state;
  const last = session.lastInState(first, "intended");
  const sink = session.sinkAt(first, sinks);
  assert(sink?.name === intent.sink, "the sinks are those that the log has");
  const inspection = sink.inspect(intent, session.batch(intent), isSuspect);
  switch (inspection.kind) {
    case "refused":
      return session.fail({ sink: sink.name, reason: inspection.reason });
    case "unknown": {
      const { reason } = inspection;
      journal.record({ kind: "effect_in_doubt", first, last, sink: sink.name, reason });
      return undefined;
    }
    case "known":
      confirm(session, sink, {
        first,
        last,
        next: intent.first + inspection.present,
        end: inspection.end,
      });
      return undefined;
    default:
      return unreachable(inspection);
  }
}

/** Records a receipt for the effects before index `next`, the last of which ends at `end`, and that the others are to be performed. */
function confirm(
  session: RealizationSession,
  sink: Sink,
  { first, last, next, end }: EffectRange & { readonly next: number; readonly end: number },
): void {
  if (next > first) session.recordReceipt(sink, { first, last: Math.min(next - 1, last), end });
  if (next > last) return;
  session.journal.record({
    kind: "effect_resolved",
    first: Math.max(first, next),
    last,
    decision: "perform",
  });
}
