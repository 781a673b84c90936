/**
 * `dustrun resume`: finishes an interrupted realization from its log.
 *
 * @module
 */
import { AppendableFile, folderOf, HOST_DISK } from "../../api/files.ts";
import { tornTailsOf } from "../../api/log.ts";
import { recordClosed } from "../../api/runs.ts";
import { type ResumeFailure, resumeLog, type ResumeResult } from "../../api/realize.ts";
import { Fault } from "../host/fault.ts";
import { type Io, unreadable, unwritable } from "../host/io.ts";
import { damagedLog, logPath, refuseOldForm } from "../input/log_operand.ts";
import { damagedStore } from "../input/store_folder.ts";
import { faultOfRealization } from "../render/realization.ts";
import { sinkLocks } from "../input/sink_locks.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { countOf } from "../text/count.ts";
import { shownJson, shownLines } from "../text/shown.ts";

/** Resumes one run. Standard output is for the effects that go there. */
export async function run(args: ArgumentsOf<"resume">, io: Io): Promise<number> {
  const reference = args.operands[0];
  const path = HOST_DISK.resolve(logPath(reference, args));
  const file = openLocked(path);
  try {
    refuseOldForm({ path, log: file });
    const inDoubt = args.inDoubt;
    const resumed = await resumeLog({
      path,
      file,
      tornTails: tornTailsOf(path),
      disk: HOST_DISK,
      streams: io.streams,
      locks: sinkLocks(args, io),
      groupSize: args.group ?? 1,
      ...(inDoubt === "perform" || inDoubt === "skip" ? { inDoubt } : {}),
    });
    if (!resumed.ok) throw faultOf(resumed.failure, path);
    const recorded = recordClosed(path, file);
    if (!recorded.ok) throw damagedStore(folderOf(folderOf(path)), recorded.failure);
    return printResult(resumed.value, reference, { args, io });
  } finally {
    file.close();
  }
}

/** Refuses a run that another process is writing. */
function openLocked(path: string): AppendableFile {
  try {
    return AppendableFile.open(path);
  } catch (cause) {
    throw (cause instanceof Deno.errors.NotFound ? unreadable : unwritable)(path, cause);
  }
}

function faultOf(failure: ResumeFailure, path: string): Fault {
  switch (failure.code) {
    case "damaged-log":
      return damagedLog(path, failure);
    case "empty-log":
    case "unresolved":
      return new Fault({
        code: "DR1309",
        message:
          "the run was interrupted before its realization; none of its effects was performed",
        place: path,
        help: "run the program again",
      });
    case "unknown-realizer":
      return new Fault({ code: "DR1303", message: failure.reason, place: path });
  }
}

function printResult(
  { realized, recovered, wasComplete, effects }: ResumeResult,
  reference: string,
  { args, io }: { readonly args: ArgumentsOf<"resume">; readonly io: Io },
): number {
  const refusal = realized === undefined
    ? undefined
    : faultOfRealization(realized, { effects, reference });
  if (args.json) {
    const report = { log: reference, effects, recovered, wasComplete, realized };
    io.stderr(shownJson(JSON.stringify(report)));
  } else if (!args.quiet) {
    for (const { cut } of recovered) {
      io.stderr(shownLines([`cut ${countOf(cut, "byte")} of a torn line`]));
    }
    if (refusal === undefined) {
      io.stderr(shownLines([`${reference}: ${summaryOf(realized, wasComplete)}`]));
    }
  }
  if (refusal !== undefined) throw refusal;
  return 0;
}

function summaryOf(realized: ResumeResult["realized"], wasComplete: boolean): string {
  if (realized === undefined) return "there is nothing to realize";
  const skipped = realized.status === "complete" && realized.skipped > 0
    ? `, ${countOf(realized.skipped, "effect")} skipped`
    : "";
  const done = `${countOf(realized.performed, "effect")} realized${skipped}`;
  return wasComplete ? `nothing was left to do; ${done}` : `complete; ${done}`;
}
