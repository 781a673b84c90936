/**
 * `dustrun equiv`: judges another executor's trace of a run by the reference execution, in the order of threads that a log records.
 *
 * @module
 */
import { type JudgedTrace, judgeTrace, recordedChoices } from "../../api/conformance.ts";
import { execute, executeArtifacts } from "../../api/execute.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { EXIT_DIFFERENT, EXIT_INCOMPLETE } from "../host/exit_codes.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { type Shown, shownJson, shownLines } from "../text/shown.ts";
import { otherKind, WANTED } from "../input/file_gate.ts";
import { readText } from "../input/text_file.ts";
import { loadForRun, readProgramInput } from "../input/program.ts";

/** Judges the trace; returns 0 when it is equivalent, 1 when it is not, 7 when its run is incomplete. */
export async function run(args: ArgumentsOf<"equiv">, io: Io): Promise<number> {
  const against = args.against;
  if (against === undefined) {
    throw new Fault({
      code: "DR1304",
      message: "equiv needs the trace of the other executor",
      place: "--against",
      help: "dustrun equiv PROGRAM --against TRACE",
    });
  }
  const read = await readProgramInput(args.operands[0], args, io);
  const trace = readText(against, WANTED.trace, io);
  const program = loadForRun(read, args, io);
  const { artifacts } = read;
  const input = {
    ...read.input,
    ...recordedChoices(trace),
    ...(args.seed === undefined ? {} : { seed: args.seed }),
  };
  const execution = program === undefined
    ? executeArtifacts(artifacts, input)
    : execute(program, input);
  const judged = judgeTrace(execution, trace);
  if (judged.verdict === "unreadable" || judged.verdict === "skipped") {
    const reason = judged.reasons.join("; ");
    if (!/^\s*\{/.test(trace)) throw otherKind(against, WANTED.trace, reason); // no object, so neither form
    const isSkipped = judged.verdict === "skipped";
    throw new Fault({
      code: "DR1303",
      message: isSkipped ? `the program was not run: ${reason}` : reason,
      place: against,
      help: isSkipped ? "there is nothing to compare" : WANTED.trace.help,
    });
  }
  if (args.json) io.stdout(shownJson(JSON.stringify(judged)));
  else if (!args.quiet) io.stdout(renderJudged(judged, against));
  if (judged.verdict === "incomplete") return EXIT_INCOMPLETE;
  return judged.verdict === "equivalent" ? 0 : EXIT_DIFFERENT;
}

function renderJudged(judged: JudgedTrace, against: string): Shown {
  const { verdict, reasons, clauses, compared } = judged;
  const form = compared === "log" ? "event log, typed payloads compared" : "summary trace";
  const lines = [`${against} (${form}): ${verdict}`, ...reasons.map((reason) => `  ${reason}`)];
  if (clauses.length > 0) lines.push(`  clauses: ${clauses.join(", ")}`);
  return shownLines(lines);
}
