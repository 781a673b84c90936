/**
 * From resolution to realization, within the process that resolved: the log is made durable first.
 *
 * @module
 */
import { dirname } from "node:path";
import { assert } from "../../dvm/base/result.ts";
import type { LogWriter } from "../log/writer.ts";
import { Journal, type JournalObserver } from "./journal.ts";
import { intentOracle } from "./realization_log.ts";
import type { Opening } from "./open_sinks.ts";
import { RealizationProgress } from "./progress.ts";
import { type RealizationPlan, realize, type Realized } from "./realize.ts";

/** A run that was just resolved into its log. */
export interface ResolvedRun
  extends Pick<Opening, "disk" | "streams">, Omit<RealizationPlan, "inDoubt"> {
  /** Absolute path of the log. */
  readonly path: string;
  /** Writes the log; has written the outcome and its checkpoint. */
  readonly writer: LogWriter;
  readonly observe?: JournalObserver;
}

/** Realizes the effects of a run, whose outcome is an admitted execution. */
export function realizeResolved(resolved: ResolvedRun): Realized {
  const { path, writer, disk, streams, effects, routes, groupSize, observe } = resolved;
  writer.sync();
  disk.syncFolder(dirname(path));
  assert(writer.lastCheckpoint !== undefined, "a resolved log ends in a checkpoint");
  const run = `sha256:${writer.lastCheckpoint.sha256}`;
  return realize(
    { effects, routes, groupSize },
    new Journal(writer, new RealizationProgress(effects.length), observe),
    { disk, streams, claimant: { log: path, run }, hasOpenIntent: intentOracle(disk) },
  );
}
