/**
 * `dustrun PROGRAM`: resolution, then realization of what it admitted.
 *
 * @module
 */
import {
  executeArtifacts,
  type Execution,
  renderHost01,
  type Semantics,
  summaryTrace,
  type WireEvent,
} from "../../mod.ts";
import type { CommandArguments } from "../command.ts";
import { exitOfFailure } from "../exit_codes.ts";
import { Fault } from "../fault.ts";
import type { Io } from "../io.ts";
import { tellDiagnostics } from "../messages.ts";
import { readProgramInput } from "../program_input.ts";
import { renderEventLine } from "../render_event.ts";
import { renderReport, reportToJson } from "../render_execution.ts";

/** Executes the program and answers its exit code. */
export function run(args: CommandArguments, io: Io): number {
  const mode = readMode(args);
  const { artifacts, input } = readProgramInput(args.operand(0), args, io);
  const sink = args.flag("trace")
    ? (event: WireEvent) => io.stderr(`${renderEventLine(event)}\n`)
    : undefined;
  const execution = executeArtifacts(artifacts, { ...input, mode }, sink);
  const semantics: Semantics = input.semantics ?? "spec";
  if (semantics === "host-0.1" && !args.flag("json")) return answerAsHost01(execution, args, io);
  return answer(execution, { args, io, mode, semantics });
}

function readMode(args: CommandArguments): "simulate" | "realize" {
  const effects = args.value("effects");
  if (args.flag("simulate") && effects === "realize") {
    throw new Fault({
      code: "DR1303",
      message: "--simulate and --effects realize contradict each other",
      place: "--effects",
      help: "keep one of the two",
    });
  }
  return args.flag("simulate") || effects === "simulate" ? "simulate" : "realize";
}

/** Upstream's own output for upstream's own semantics. */
function answerAsHost01(execution: Execution, args: CommandArguments, io: Io): number {
  const effects = args.value("effects") === "realize" ? "realize" : "simulate";
  const entry = args.value("entry");
  const output = renderHost01(execution, {
    ...(entry === undefined ? {} : { entry }),
    effects,
    emitTrace: args.flag("emit-trace"),
    quiet: args.flag("quiet"),
  });
  io.stdout(output.stdout);
  io.stderr(output.stderr);
  return output.exit;
}

/** What answering needs to know besides the execution. */
interface Answering {
  readonly args: CommandArguments;
  readonly io: Io;
  readonly mode: "simulate" | "realize";
  readonly semantics: Semantics;
}

/** Stdout is the program's own when effects are realized; the report then goes to stderr. */
function answer(execution: Execution, { args, io, mode, semantics }: Answering): number {
  const { error } = execution.outcome;
  if (args.flag("emit-trace")) {
    io.stdout(`${JSON.stringify(summaryTrace(execution), undefined, 2)}\n`);
  } else if (args.flag("json")) {
    (mode === "simulate" ? io.stdout : io.stderr)(reportToJson(execution));
  } else if (error === undefined && mode === "simulate") {
    io.stdout(renderReport(execution));
  }
  if (!args.flag("json")) tellDiagnostics(execution.diagnostics, { args, io });
  return error === undefined ? 0 : exitOfFailure(error.kind, semantics);
}
