/**
 * `dustrun replay TRACE [PROGRAM]`, and `dustrun --replay`. No effect is realized.
 *
 * @module
 */
import { type ArtifactSource, load } from "../../api/program.ts";
import {
  replayLog,
  type ReplayReport,
  replaySummary,
  type SummaryReplayReport,
} from "../../api/replay.ts";
import { Places, placesOf } from "../../api/places.ts";
import { encodeWireValue } from "../../api/values.ts";
import { shellWord } from "../../api/visible.ts";
import { isGiven } from "../spec/command_spec.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { EXIT_DIFFERENT, EXIT_INCOMPLETE } from "../host/exit_codes.ts";
import { Fault } from "../host/fault.ts";
import { type Io, isColored } from "../host/io.ts";
import {
  type LogOperand,
  openTrace,
  readSummary,
  type UnreadText,
} from "../input/trace_operand.ts";
import { otherKind, WANTED } from "../input/file_gate.ts";
import { damagedLog } from "../input/log_operand.ts";
import { PROGRAM_OPTIONS, SEED_OPTION } from "../spec/options.ts";
import { type Line, paintLines } from "../text/style.ts";
import { readArtifacts } from "../input/artifacts.ts";
import { loadForRun, readRunInput } from "../input/program.ts";
import { renderReplay, renderSummaryReplay } from "../render/replay.ts";
import { shownJson } from "../text/shown.ts";

/** Replays; returns 0 when everything recorded is reproduced up to the outcome. */
export function run(args: ArgumentsOf<"replay">, io: Io): number | Promise<number> {
  const trace = openTrace(args.operands[0], args, io);
  if (trace.kind === "text") return replayTrace(trace, args, io);
  try {
    return replayWholeLog(trace, args, io);
  } finally {
    trace.source.close();
  }
}

function replayWholeLog({ path, source }: LogOperand, args: ArgumentsOf<"replay">, io: Io): number {
  refuseInput(args);
  const artifacts = readProgram(args, io);
  io.drop("read", "write");
  const options = { ...contextOf(args), ...(artifacts === undefined ? {} : { artifacts }) };
  const replayed = replayLog(source, options);
  if (!replayed.ok) throw damagedLog(path, replayed.failure);
  const report = replayed.value;
  if (report.damage !== undefined) throw damagedLog(path, report.damage);
  if (report.verdict === "diverged" && artifacts !== undefined) refuseOtherText(artifacts, args);
  const places = artifacts === undefined ? placesOf(source) : Places.of(artifacts);
  printReport(args, io, { trace: path, ...report }, () => renderReplay(path, report, places));
  return exitOf(report);
}

/** A text that is not even JSON is no changed program. */
function refuseOtherText(artifacts: readonly ArtifactSource[], args: ArgumentsOf<"replay">): void {
  const loaded = load(artifacts);
  const [first] = loaded.ok ? [] : loaded.failure;
  const [, program = "PROGRAM"] = args.operands;
  if (first?.code !== "DR0101") return;
  throw otherKind(program, WANTED.program, `it is not DIR: ${first.message}`);
}

async function replayTrace(
  unread: UnreadText,
  args: ArgumentsOf<"replay">,
  io: Io,
): Promise<number> {
  const { path } = unread;
  const artifacts = readProgram(args, io);
  const { input, given } = await readRunInput(args, io);
  io.drop("read", "write");
  const { trace } = readSummary(unread);
  if (artifacts === undefined) {
    throw new Fault({
      code: "DR1304",
      message: "a summary trace does not hold its program",
      place: path,
      help: `name the program: dustrun replay ${shellWord(path)} PROGRAM`,
    });
  }
  loadForRun({ artifacts, input, given }, args, io);
  const report = replaySummary(trace, {
    artifacts,
    input: args.seed === undefined ? input : { ...input, seed: args.seed },
    ...contextOf(args),
  });
  printReport(args, io, { trace: path, ...report }, () => renderSummaryReplay(path, report));
  return exitOf(report);
}

function readProgram(args: ArgumentsOf<"replay">, io: Io): ArtifactSource[] | undefined {
  const [, program] = args.operands;
  return program === undefined ? undefined : readArtifacts(program, args, io);
}

function contextOf(args: ArgumentsOf<"replay">): { readonly context?: number } {
  const { context } = args;
  return context === undefined ? {} : { context };
}

/** Refuses options that describe input: a log holds its whole input, so they would have no effect. */
function refuseInput(args: ArgumentsOf<"replay">): void {
  const given = [...PROGRAM_OPTIONS, SEED_OPTION].find((option) =>
    isGiven(args, option) && (option.name !== "link" || args.operands.length < 2)
  );
  if (given === undefined) return;
  throw new Fault({
    code: "DR1303",
    message: "a log is replayed with the input that it records",
    place: `--${given.name}`,
    help:
      "leave the option out; it is for summary traces, and --link for a program given with a log",
  });
}

function printReport(
  args: ArgumentsOf<"replay">,
  io: Io,
  report: object,
  render: () => readonly Line[],
): void {
  if (args.json) io.stdout(shownJson(encodeWireValue(report)));
  else if (!args.quiet) io.stdout(paintLines(render(), isColored(io)));
}

function exitOf({ verdict }: ReplayReport | SummaryReplayReport): number {
  if (verdict === "reproduced") return 0;
  return verdict === "prefix" ? EXIT_INCOMPLETE : EXIT_DIFFERENT;
}
