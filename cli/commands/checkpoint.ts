/**
 * `dustrun checkpoint`: prints a line that later proves what the log was, if it is kept apart from the log.
 *
 * @module
 */
import { fileNameOf } from "../../api/files.ts";
import { checkpointOf, renderCheckpointLine } from "../../api/verify.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { damagedLog, openLog } from "../input/log_operand.ts";
import { watchReading } from "../host/progress.ts";
import { shownJson, shownLines } from "../text/shown.ts";

/** Prints the checkpoint of one log, which must be neither damaged nor torn. */
export function run(args: ArgumentsOf<"checkpoint">, io: Io): number {
  const { path, log } = openLog(args.operands[0], args);
  try {
    io.drop("read", "write");
    const checkpoint = checkpointOf(watchReading(log, io));
    if (!checkpoint.ok) throw unattestable(path, checkpoint.failure);
    const name = fileNameOf(path);
    io.stdout(
      args.json
        ? shownJson(JSON.stringify({ log: name, ...checkpoint.value }))
        : shownLines([renderCheckpointLine(name, checkpoint.value)]),
    );
    return 0;
  } finally {
    log.close();
  }
}

type Unattestable = Extract<ReturnType<typeof checkpointOf>, { ok: false }>["failure"];

function unattestable(path: string, verdict: Unattestable): Fault {
  if (verdict.status === "damaged") return damagedLog(path, verdict);
  return new Fault({
    code: "DR1309",
    message: `the last line is unfinished: ${verdict.length} bytes at byte ${verdict.offset}`,
    place: path,
    help: "the process that wrote it was cut off; the lines before it can be read and verified",
  });
}
