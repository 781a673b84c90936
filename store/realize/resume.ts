/**
 * Finishes the realization of an interrupted run from its log. No effect is repeated or lost; a finished run is not changed.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Recovered } from "../../dvm/event/event.ts";
import type { Appendable } from "../file/byte_file.ts";
import type { Clock } from "../file/host_facts.ts";
import { folderOf } from "../file/path.ts";
import { needsRealization } from "../log/event_order.ts";
import type { LogDamage } from "../log/log_damage.ts";
import { type EmptyLog, openForAppend, type TornTails } from "../log/recover.ts";
import { Journal, type JournalObserver } from "./journal.ts";
import type { SinkContext } from "./sink_context.ts";
import { openIntentLookup, readRun } from "./realization_log.ts";
import { type RealizationResult, realize } from "./realize.ts";
import { routesOfSinks } from "./realizer.ts";
import type { RealizationPlan } from "./session.ts";

/** The log to resume, and the environment. */
export interface ResumeRequest
  extends
    Pick<SinkContext, "disk" | "streams" | "locks">,
    Pick<RealizationPlan, "groupSize" | "inDoubt"> {
  /** Absolute path of the log. */
  readonly path: string;
  /** The log, locked, so that only one process can resume it. */
  readonly file: Appendable;
  /** Storage for a torn tail of the log. */
  readonly tornTails: TornTails;
  /** Tells the time; default: the host's. */
  readonly clock?: Clock;
  /** Receives each event of realization. */
  readonly observe?: JournalObserver;
}

/** The result of resuming a run. */
export interface ResumeResult {
  /** The events that opening the log has added. */
  readonly recovered: readonly Recovered[];
  /** `undefined` if there is nothing to realize: the run was simulated, failed or had no effects. */
  readonly realized: RealizationResult | undefined;
  /** Whether realization was already complete. */
  readonly wasComplete: boolean;
  /** Number of effects of the run; 0 if there is nothing to realize. */
  readonly effects: number;
}

/** Why a log cannot be resumed. */
export type ResumeFailure =
  | LogDamage
  | EmptyLog
  /** The run has no outcome, or its realization has not begun: nothing was performed, and the program can be run again. */
  | { readonly code: "unresolved" }
  /** Its realization recorded an unknown realizer. */
  | { readonly code: "unknown-realizer"; readonly reason: string };

/** Resumes a run. If the log cannot be written, the host's error is thrown. */
export async function resumeLog(
  request: ResumeRequest,
): Promise<Result<ResumeResult, ResumeFailure>> {
  const { file, tornTails, disk, path, clock } = request;
  const opened = openForAppend(file, tornTails, clock);
  if (!opened.ok) return opened;
  const { writer, recovered } = opened.value;
  const read = readRun(file);
  if (!read.ok) return read;
  const { header, outcome, effects, progress } = read.value;
  if (header === undefined || outcome === undefined) return failure({ code: "unresolved" });
  // The earlier process may have crashed between an event and its checkpoint, and before the log's name was durable.
  writer.finish();
  writer.sync();
  disk.syncFolder(folderOf(path));
  const { performed, skipped } = progress;
  if (!needsRealization(header, outcome)) {
    return success({ recovered, realized: undefined, wasComplete: true, effects: 0 });
  }
  if (progress.isComplete) {
    const realized = { status: "complete", performed, skipped } as const;
    return success({ recovered, realized, wasComplete: true, effects: effects.length });
  }
  const { started } = progress;
  if (started === undefined) return failure({ code: "unresolved" });
  const routes = routesOfSinks(started.sinks);
  if (!routes.ok) return failure({ code: "unknown-realizer", reason: routes.failure });
  const run = started.occurrence;
  const { groupSize, inDoubt, streams, locks, observe } = request;
  const realized = await realize(
    { effects, routes: routes.value, groupSize, ...(inDoubt === undefined ? {} : { inDoubt }) },
    new Journal(writer, progress, { observe, clock }),
    {
      disk,
      streams,
      ...locks === undefined ? {} : { locks },
      claimant: { log: path, run },
      hasOpenIntent: openIntentLookup(disk),
    },
  );
  return success({ recovered, realized, wasComplete: false, effects: effects.length });
}
