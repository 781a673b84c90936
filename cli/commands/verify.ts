/**
 * `dustrun verify`: checks that a log is unchanged and complete.
 *
 * @module
 */
import { fileNameOf } from "../../api/files.ts";
import {
  type ExternalCheckpoint,
  type LogVerdict,
  parseCheckpointLine,
  verifyLog,
} from "../../api/verify.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { EXIT_DAMAGED, EXIT_INCOMPLETE } from "../host/exit_codes.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { openLog } from "../input/log_operand.ts";
import { watchReading } from "../host/progress.ts";
import { type Shown, shownJson, shownLines } from "../text/shown.ts";

/** Verifies one log and prints the verdict on standard output. */
export function run(args: ArgumentsOf<"verify">, io: Io): number {
  const { path, log } = openLog(args.operands[0], args);
  try {
    const against = readCheckpoint(path, args, io);
    io.drop("read", "write");
    const verdict = verifyLog(watchReading(log, io), against === undefined ? {} : { against });
    io.stdout(
      args.json ? verdictToJson(path, verdict) : shownLines([`${path}: ${renderVerdict(verdict)}`]),
    );
    return exitOf(verdict);
  } finally {
    log.close();
  }
}

/** The external checkpoint that `--against` names: a line in a file, or the line itself. */
function readCheckpoint(
  path: string,
  args: ArgumentsOf<"verify">,
  io: Io,
): ExternalCheckpoint | undefined {
  const given = args.against;
  if (given === undefined) return undefined;
  const itself = parseCheckpointLine(given);
  if (itself !== undefined) return itself;
  const lines = io.readText(given).split("\n").map((line) => parseCheckpointLine(line))
    .filter((line) => line !== undefined);
  const named = lines.findLast(({ name }) => name === fileNameOf(path));
  const only = lines.length === 1 ? lines[0] : undefined;
  const found = named ?? only;
  if (found !== undefined) return found;
  throw new Fault({
    code: "DR1303",
    message: `no line of the file is a checkpoint of ${fileNameOf(path)}`,
    place: `--against ${given}`,
    help: "`dustrun checkpoint LOG` prints the line to keep: log-name blocks root",
  });
}

function exitOf(verdict: LogVerdict): number {
  switch (verdict.status) {
    case "complete":
      return 0;
    case "damaged":
      return EXIT_DAMAGED;
    case "prefix":
    case "incomplete":
    case "torn":
      return EXIT_INCOMPLETE;
  }
}

function verdictToJson(path: string, verdict: LogVerdict): Shown {
  return shownJson(JSON.stringify({ log: path, ...verdict }));
}

/** The verdict in words. */
function renderVerdict(verdict: LogVerdict): string {
  switch (verdict.status) {
    case "complete": {
      const attested = verdict.attested ? "as attested, " : "";
      return `complete, ${attested}${verdict.events} events`;
    }
    case "prefix": {
      const uncovered = verdict.uncovered === 0
        ? ""
        : `; no checkpoint covers the last ${verdict.uncovered}`;
      return `valid prefix of ${verdict.events} events, completeness not provable${uncovered}`;
    }
    case "incomplete":
      return `incomplete: ${verdict.events} events, and ${verdict.reason}`;
    case "torn":
      return `torn: ${verdict.events} valid events, then ${verdict.length} bytes of an unfinished line at byte ${verdict.offset}`;
    case "damaged":
      return `damaged at line ${verdict.line}, byte ${verdict.offset}: ${verdict.reason}`;
  }
}
