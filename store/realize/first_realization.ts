/**
 * Realization in the process that executed the run: the log is made durable first.
 *
 * @module
 */
import { folderOf } from "../file/path.ts";
import { assert } from "../../dvm/base/result.ts";
import type { LogWriter } from "../log/writer.ts";
import { Journal, type JournalObserver } from "./journal.ts";
import { openIntentLookup } from "./realization_log.ts";
import type { SinkContext } from "./open_sinks.ts";
import { RealizationProgress } from "./progress.ts";
import { type RealizationResult, realize } from "./realize.ts";
import type { RealizationPlan } from "./session.ts";

/** A run whose execution has just been logged. */
export interface ResolvedRun
  extends Pick<SinkContext, "disk" | "streams">, Omit<RealizationPlan, "inDoubt"> {
  /** Absolute path of the log. */
  readonly path: string;
  /** The writer of the log, after the outcome and its checkpoint. */
  readonly writer: LogWriter;
  /** Receives each event of realization. */
  readonly observe?: JournalObserver;
}

/** Realizes the effects of a run whose outcome has no error. */
export function realizeResolved(resolved: ResolvedRun): RealizationResult {
  const { path, writer, disk, streams, effects, routes, groupSize, observe } = resolved;
  writer.sync();
  disk.syncFolder(folderOf(path));
  assert(writer.lastCheckpoint !== undefined, "a resolved log ends in a checkpoint");
  const run = `sha256:${writer.lastCheckpoint.sha256}`;
  return realize(
    { effects, routes, groupSize },
    new Journal(writer, new RealizationProgress(effects.length), observe),
    { disk, streams, claimant: { log: path, run }, hasOpenIntent: openIntentLookup(disk) },
  );
}
