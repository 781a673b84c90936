/**
 * `dustrun resume`: finishes an interrupted realization from its log.
 *
 * @module
 */
import { HOST_DISK } from "../../api/files.ts";
import { tornTailsOf } from "../../api/log.ts";
import { type ResumeFailure, resumeLog, type ResumeResult } from "../../api/realize.ts";
import type { WireEvent } from "../../api/values.ts";
import { Fault } from "../host/fault.ts";
import { stopReasonOf } from "../host/interrupt.ts";
import type { Io } from "../host/io.ts";
import { watchRealization } from "../host/progress.ts";
import { openToFinish, recordEnd, unfinishedFault } from "../input/unfinished_log.ts";
import { faultOfRealization, resumeCommand } from "../render/realization.ts";
import { refusal, unconsentedSinks } from "../input/sink_consent.ts";
import { sinkLocks } from "../input/sink_locks.ts";
import { tellSinks } from "../render/sinks.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { countOf } from "../text/count.ts";
import { shownJson, shownLines } from "../text/shown.ts";

/** Resumes one run. Standard output is for the effects that go there. */
export async function run(args: ArgumentsOf<"resume">, io: Io): Promise<number> {
  const reference = args.operands[0];
  const { path, file } = openToFinish(reference, args);
  let watch: ((event: WireEvent) => void) | undefined;
  try {
    const inDoubt = args.inDoubt;
    const resumed = await resumeLog({
      path,
      file,
      tornTails: tornTailsOf(path),
      disk: HOST_DISK,
      streams: io.streams,
      locks: sinkLocks(args, io),
      stop: () => stopReasonOf(io.interrupt),
      observe: (event) => watch?.(event),
      groupSize: args.group ?? 1,
      withoutConsent: (sinks, occurrence) => {
        const refused = unconsentedSinks(sinks, { args, path, occurrence });
        if (refused.length === 0) {
          tellSinks(sinks, { args, io, folder: HOST_DISK.resolve(".") });
          watch = watchRealization(sinks, io);
        }
        return refused;
      },
      ...(inDoubt === "perform" || inDoubt === "skip" ? { inDoubt } : {}),
    });
    if (!resumed.ok) throw faultOf(resumed.failure, { path, reference, args });
    recordEnd(path, resumed.value.closed);
    return printResult(resumed.value, reference, { args, io });
  } finally {
    file.close();
  }
}

/** The fault for a log that cannot be resumed. */
function faultOf(
  failure: ResumeFailure,
  { path, reference, args }: {
    readonly path: string;
    readonly reference: string;
    readonly args: ArgumentsOf<"resume">;
  },
): Fault {
  switch (failure.code) {
    case "unknown-realizer":
      return new Fault({ code: "DR1303", message: failure.reason, place: path });
    case "no-consent":
      return refusal(failure.sinks, {
        who: "the log",
        command: `${resumeCommand(reference, args)} `,
      });
    default:
      return unfinishedFault(failure, { path, help: "run the program again" });
  }
}

function printResult(
  { realized, recovered, wasComplete, effects, abandoned }: ResumeResult,
  reference: string,
  { args, io }: { readonly args: ArgumentsOf<"resume">; readonly io: Io },
): number {
  const refusal = realized === undefined ? undefined : faultOfRealization(realized, {
    effects,
    resume: resumeCommand(reference, args),
    signal: io.interrupt.asked(),
  });
  if (args.json) {
    const report = { log: reference, effects, recovered, wasComplete, abandoned, realized };
    io.stderr(shownJson(JSON.stringify(report)));
  } else if (!args.quiet) {
    for (const { cut } of recovered) {
      io.stderr(shownLines([`cut ${countOf(cut, "byte")} of a torn line`]));
    }
    if (refusal === undefined) {
      io.stderr(shownLines([`${reference}: ${summaryOf(realized, { wasComplete, abandoned })}`]));
    }
  }
  if (refusal !== undefined) throw refusal;
  return 0;
}

function summaryOf(
  realized: ResumeResult["realized"],
  { wasComplete, abandoned }: {
    readonly wasComplete: boolean;
    readonly abandoned: string | undefined;
  },
): string {
  if (realized === undefined) return "there is nothing to realize";
  const skipped = realized.status === "complete" && realized.skipped > 0
    ? `, ${countOf(realized.skipped, "effect")} skipped`
    : "";
  const done = `${countOf(realized.performed, "effect")} realized${skipped}`;
  if (abandoned !== undefined) return `it was abandoned (${abandoned}); ${done}`;
  return wasComplete ? `nothing was left to do; ${done}` : `complete; ${done}`;
}
