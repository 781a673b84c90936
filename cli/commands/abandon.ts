/**
 * `dustrun abandon`: closes an interrupted run for good.
 *
 * @module
 */
import { HOST_DISK } from "../../api/files.ts";
import { tornTailsOf } from "../../api/log.ts";
import { type Abandoned, abandonLog } from "../../api/realize.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { openToFinish, recordEnd, unfinishedFault } from "../input/unfinished_log.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { countOf } from "../text/count.ts";
import { shownJson, shownLines } from "../text/shown.ts";

/** Abandons one run. */
export function run(args: ArgumentsOf<"abandon">, io: Io): number {
  const { why = "" } = args;
  if (why.trim() === "") {
    throw new Fault({
      code: "DR1303",
      message: "a run is abandoned for a reason, which the log records",
      place: "--why",
      help: 'say why: --why "the printer was sold"',
    });
  }
  const reference = args.operands[0];
  const { path, file } = openToFinish(reference, args);
  try {
    const abandoned = abandonLog({
      path,
      file,
      why,
      tornTails: tornTailsOf(path),
      disk: HOST_DISK,
    });
    if (!abandoned.ok) {
      throw unfinishedFault(abandoned.failure, { path, help: "there is nothing to abandon" });
    }
    const { closed, ...report } = abandoned.value;
    recordEnd(path, closed);
    if (args.json) io.stdout(shownJson(JSON.stringify({ log: reference, ...report })));
    else if (!args.quiet) io.stderr(shownLines([`${reference}: ${summaryOf(report)}`]));
    return 0;
  } finally {
    file.close();
  }
}

function summaryOf({ wasClosed, effects, performed }: Omit<Abandoned, "closed">): string {
  const done = `${performed} of ${countOf(effects, "effect")} realized`;
  if (wasClosed && performed === 0) return "there is nothing to abandon";
  return wasClosed ? `nothing was left to do; ${done}` : `abandoned; ${done}`;
}
