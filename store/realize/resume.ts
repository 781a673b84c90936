/**
 * Finishes an interrupted run from its log: repeats nothing, loses nothing, and changes nothing where nothing is left to do.
 *
 * @module
 */
import { dirname } from "node:path";
import type { Recovered } from "../../dvm/event/event.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Appendable } from "../file/byte_file.ts";
import { needsRealization } from "../log/event_order.ts";
import type { LogDamage } from "../log/scan.ts";
import { type Aside, type EmptyLog, openForAppend } from "../log/recover.ts";
import { Journal, type JournalObserver } from "./journal.ts";
import { intentOracle, readRun } from "./realization_log.ts";
import type { Opening } from "./open_sinks.ts";
import { type RealizationPlan, realize, type Realized } from "./realize.ts";
import { routesOf } from "./realizer.ts";

/** What resuming goes by. */
export interface ResumeRequest
  extends Pick<Opening, "disk" | "streams">, Pick<RealizationPlan, "groupSize" | "inDoubt"> {
  /** Absolute path of the log. */
  readonly path: string;
  /** The log, locked: of two processes on one run the second does not get so far. */
  readonly file: Appendable;
  /** Where a torn tail of the log is kept. */
  readonly aside: Aside;
  /** Where seals go that the header does not send elsewhere. */
  readonly ledgerPath: string;
  readonly observe?: JournalObserver;
}

/** What resuming came to. */
export interface Resumed {
  /** What opening the log has added. */
  readonly recovered: readonly Recovered[];
  /** `undefined` when nothing is to be realized: simulated, failed, without effects. */
  readonly realized: Realized | undefined;
  /** Whether nothing was left to do. */
  readonly wasComplete: boolean;
  /** Number of effects of the run. */
  readonly effects: number;
}

/** Why a log cannot be resumed. */
export type ResumeFailure =
  | LogDamage
  | EmptyLog
  /** It has no outcome. Nothing was performed, and the program can be run again. */
  | { readonly code: "unresolved" }
  /** Its header names a realizer that there is not. */
  | { readonly code: "unknown-realizer"; readonly reason: string };

/** Resumes a run. Where the log refuses to be written, the host's error is thrown. */
export function resumeLog(request: ResumeRequest): Result<Resumed, ResumeFailure> {
  const { file, aside, disk, path, ledgerPath } = request;
  const opened = openForAppend(file, aside);
  if (!opened.ok) return opened;
  const { writer, recovered } = opened.value;
  const read = readRun(file);
  if (!read.ok) return read;
  const { header, outcome, effects, progress } = read.value;
  if (header === undefined || outcome === undefined) return failure({ code: "unresolved" });
  const isDue = needsRealization(header, outcome);
  // The process before may have died between an event and its checkpoint, and before the log's name was durable.
  writer.finish();
  writer.sync();
  disk.syncFolder(dirname(path));
  const { performed, skipped } = progress;
  if (!isDue) return success({ recovered, realized: undefined, wasComplete: true, effects: 0 });
  if (progress.isComplete) {
    const realized = { status: "complete", performed, skipped } as const;
    return success({ recovered, realized, wasComplete: true, effects: effects.length });
  }
  const routes = routesOf({ header, ledgerPath });
  if (!routes.ok) return failure({ code: "unknown-realizer", reason: routes.failure });
  const run = read.value.digest ?? `sha256:${writer.lastCheckpoint?.sha256 ?? ""}`;
  const { groupSize, inDoubt, streams, observe } = request;
  const realized = realize(
    { effects, routes: routes.value, groupSize, ...(inDoubt === undefined ? {} : { inDoubt }) },
    new Journal(writer, progress, observe),
    { disk, streams, claimant: { log: path, run }, hasOpenIntent: intentOracle(disk) },
  );
  return success({ recovered, realized, wasComplete: false, effects: effects.length });
}
