/**
 * Realization in the process that executed the run: the log, with the beginning of realization, is made durable first.
 *
 * @module
 */
import { folderOf } from "../file/path.ts";
import type { LogWriter } from "../log/writer.ts";
import { Journal, type JournalObserver } from "./journal.ts";
import { openIntentLookup } from "./realization_log.ts";
import { RealizationProgress } from "../log/realization_progress.ts";
import { HOST_FACTS, type HostFacts } from "../file/host_facts.ts";
import { resolvedSinks } from "./open_sinks.ts";
import type { SinkContext } from "./sink_context.ts";
import { type RealizationResult, realize } from "./realize.ts";
import type { RealizationPlan } from "./session.ts";

/** A run whose execution has just been logged. */
export interface ResolvedRun
  extends
    Pick<SinkContext, "disk" | "streams" | "locks" | "stop">,
    Omit<RealizationPlan, "inDoubt"> {
  /** Absolute path of the log. */
  readonly path: string;
  /** The writer of the log, after the outcome and its checkpoint. */
  readonly writer: LogWriter;
  /** The name of this machine, to be recorded. */
  readonly machine?: string;
  /** Time and random bits; default: those of the host. */
  readonly facts?: HostFacts;
  /** Receives each event of realization. */
  readonly observe?: JournalObserver;
}

/** Realizes the effects of a run whose outcome has no error. */
export async function realizeResolved(resolved: ResolvedRun): Promise<RealizationResult> {
  const { path, writer, disk, streams, locks, stop } = resolved;
  const { effects, routes, groupSize, observe } = resolved;
  const { clock, newOccurrence } = resolved.facts ?? HOST_FACTS;
  const occurrence = newOccurrence();
  const progress = new RealizationProgress(effects.map(({ kind }) => kind));
  const journal = new Journal(writer, progress, { observe, clock });
  journal.record({
    kind: "realization_started",
    occurrence,
    machine: resolved.machine,
    sinks: resolvedSinks(effects, routes, disk),
  });
  journal.sync();
  disk.syncFolder(folderOf(path));
  return await realize(
    { effects, routes, groupSize },
    journal,
    {
      disk,
      streams,
      ...locks === undefined ? {} : { locks },
      ...stop === undefined ? {} : { stop },
      claimant: { log: path, run: occurrence },
      hasOpenIntent: openIntentLookup(disk),
    },
  );
}
