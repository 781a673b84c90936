/**
 * `dustrun explore PROGRAM`: executes a program with threads in every schedule, and writes the log of the first of each kind of outcome.
 *
 * @module
 */
import { exploreSchedulesWith, type ScheduleReport } from "../../api/explore.ts";
import type { RunInput } from "../../api/input.ts";
import { Places } from "../../api/places.ts";
import { load, type Program } from "../../api/program.ts";
import {
  closedLogOf,
  type Engines,
  executeToLogWith,
  type Execution,
  loadEngines,
  LogWriter,
} from "../../api/record.ts";
import { EXIT_DIFFERENT, exitOfFailure } from "../host/exit_codes.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { Progress } from "../host/progress.ts";
import { checkArguments } from "../input/arguments.ts";
import { openNewLog } from "../input/new_log.ts";
import { readProgramInput } from "../input/program.ts";
import { storeWords } from "../input/store_folder.ts";
import { tellDiagnostics } from "../render/diagnostics.ts";
import { explorationToJson, renderExploration } from "../render/exploration.ts";
import type { ArgumentsOf } from "../spec/commands.ts";

type Arguments = ArgumentsOf<"explore">;

/** Returns 0 if every schedule ends alike and well, 1 if outcomes differ, else the code of the failure or of the bound that was reached. */
export async function run(args: Arguments, io: Io): Promise<number> {
  if (args.semantics === "host-0.1") throw noThreads();
  if (args.seeds !== undefined && args.maxSchedules !== undefined) throw twoBounds();
  const { artifacts, input, given } = await readProgramInput(args.operands[0], args, io);
  const loaded = load(artifacts);
  if (!loaded.ok) {
    await tellDiagnostics(loaded.failure, { args, io });
    return exitOfFailure("DirLoad", "spec");
  }
  const program = loaded.value;
  checkArguments(program, input, { given, args, io });
  const engines = await loadEngines(artifacts, "spec");
  const report = explore({ engines, program, input }, args, io);
  const written: Written[] = [];
  for (const { chosenBy } of report.ends.slice(0, args.logs ?? 10)) {
    written.push(await writeLog({ engines, program, input: { ...input, ...chosenBy } }, args, io));
  }
  const [first] = written;
  if (!report.differ && first !== undefined) {
    await tellDiagnostics(first.execution.diagnostics, { args, io });
  }
  const logged = {
    report,
    runs: written.map(({ run }) => run),
    storeWords: storeWords(args),
    seeds: args.seeds,
  };
  if (args.json) io.stdout(explorationToJson(logged));
  else if (!isRefusedAtOnce(report)) {
    io.stdout(renderExploration(logged, Places.of(artifacts)));
  }
  return exitOf(report, args.seeds !== undefined);
}

function noThreads(): Fault {
  return new Fault({
    code: "DR1303",
    message: "the upstream executor has no threads to schedule",
    place: "--semantics",
    help: "leave --semantics out",
  });
}

function twoBounds(): Fault {
  return new Fault({
    code: "DR1303",
    message: "--seeds says already how many runs there are",
    place: "--max-schedules",
    help: "keep one of the two",
  });
}

/** What is executed. */
interface Explored {
  readonly engines: Engines;
  readonly program: Program;
  readonly input: RunInput;
}

function explore(
  { engines, program, input }: Explored,
  { maxSchedules, seeds }: Arguments,
  io: Io,
): ScheduleReport {
  const progress = new Progress(io, (done) => `executed: ${done} schedules`);
  try {
    return exploreSchedulesWith(engines, program, {
      input,
      ...(maxSchedules === undefined ? {} : { maxSchedules }),
      ...(seeds === undefined ? {} : { seeds }),
      goesOn(done) {
        progress.at(done);
        return io.interrupt.asked() === undefined;
      },
    });
  } finally {
    progress.end();
  }
}

/** A log that was written: the operand that names it, and what was executed into it. */
interface Written {
  readonly run: string;
  readonly execution: Execution;
}

async function writeLog(
  { engines, program, input }: Explored,
  args: Arguments,
  io: Io,
): Promise<Written> {
  const place = { store: args.store, log: undefined, force: false, mode: "simulate" } as const;
  const log = await openNewLog(args.operands[0], place, io);
  const writer = new LogWriter(log.file);
  try {
    const { artifacts } = program;
    const execution = executeToLogWith(engines, { artifacts, program, input }, writer);
    const identity = writer.lastCheckpoint?.root;
    if (identity !== undefined) {
      log.record?.close(closedLogOf({ writer, identity, outcome: execution.outcome }));
    }
    return { run: log.reference, execution };
  } finally {
    writer.close();
    log.folder?.close();
    log.record?.release();
  }
}

/** Whether the run failed before there was a choice between threads: its diagnostics say all that there is to say. */
function isRefusedAtOnce({ ends: [end] }: ScheduleReport): boolean {
  return end?.outcome.error !== undefined && "schedule" in end.chosenBy &&
    end.chosenBy.schedule.length === 0;
}

/** A sample that somebody asks for is an answer; what a bound leaves is not. */
function exitOf(report: ScheduleReport, isSample: boolean): number {
  const { ends, differ, isComplete, cut, schedules } = report;
  if (differ) return EXIT_DIFFERENT;
  const error = ends[0]?.outcome.error;
  if (error !== undefined) return exitOfFailure(error.kind, "spec");
  const isBounded = cut > 0 || schedules === 0 || !(isComplete || isSample);
  return isBounded ? exitOfFailure("Runtime", "spec") : 0;
}
