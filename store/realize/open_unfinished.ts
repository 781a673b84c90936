/**
 * Opens the log of an interrupted run to finish or to close it.
 *
 * @module
 */
import { assert, failure, type Result, success } from "../../dvm/base/result.ts";
import type { OutcomeEvent, Recovered, RunStarted } from "../../dvm/event/event.ts";
import type { Appendable } from "../file/byte_file.ts";
import type { Disk } from "../file/disk.ts";
import type { Clock } from "../file/host_facts.ts";
import { folderOf } from "../file/path.ts";
import type { LogDamage } from "../log/log_damage.ts";
import { type EmptyLog, openObserved, type TornTails } from "../log/recover.ts";
import type { LogWriter } from "../log/writer.ts";
import { type LoggedRun, RunCollector } from "./realization_log.ts";

/** A log whose realization may be unfinished. */
export interface UnfinishedLog {
  /** Absolute path of the log. */
  readonly path: string;
  /** The log, locked, so that only one process can finish it. */
  readonly file: Appendable;
  /** Storage for a torn tail of the log. */
  readonly tornTails: TornTails;
  /** Where files are. */
  readonly disk: Disk;
  /** Tells the time; default: the host's. */
  readonly clock?: Clock;
}

/** The run in such a log, which is durable up to its outcome at least. */
export interface UnfinishedRun extends LoggedRun {
  readonly header: RunStarted;
  readonly outcome: OutcomeEvent;
  readonly identity: string;
  /** Continues the log. */
  readonly writer: LogWriter;
  /** The events that opening the log has added. */
  readonly recovered: readonly Recovered[];
}

/** Why there is nothing to finish. */
export type UnfinishedFailure =
  | LogDamage
  | EmptyLog
  /** The run has no outcome, or its realization has not begun: nothing was performed, and the program can be run again. */
  | { readonly code: "unresolved" };

/** Opens the log, recovers a torn tail, and makes durable what is there. */
export function openUnfinished(
  { file, tornTails, disk, path, clock }: UnfinishedLog,
): Result<UnfinishedRun, UnfinishedFailure> {
  const collector = new RunCollector();
  const opened = openObserved(file, {
    tornTails,
    clock,
    observe: (steps, checkpoint) => collector.addBlock(steps, checkpoint),
  });
  if (!opened.ok) return opened;
  const { writer, recovered } = opened.value;
  const { run } = collector;
  const { header, outcome } = run;
  if (header === undefined || outcome === undefined) return failure({ code: "unresolved" });
  // Where the outcome had no checkpoint, the writer has written that, and no other.
  const identity = run.identity ?? writer.lastCheckpoint?.root;
  assert(identity !== undefined, "a checkpoint follows the outcome");
  // The earlier process may have crashed between an event and its checkpoint, and before the log's name was durable.
  writer.finish();
  writer.sync();
  disk.syncFolder(folderOf(path));
  return success({ ...run, header, outcome, identity, writer, recovered });
}
