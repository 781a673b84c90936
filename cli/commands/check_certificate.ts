/**
 * `dustrun check-certificate FILE [PROGRAM]`: checks the refutation of a process without a configuration, with a checker that shares no
 * code with the solver. FILE is a log, or a certificate file.
 *
 * @module
 */
import {
  certificateOfLog,
  checkCertificateFile,
  type CheckedCertificate,
  isCertificateOf,
} from "../../api/certificates.ts";
import { Places, placesOf } from "../../api/places.ts";
import { load } from "../../api/program.ts";
import { EXIT_DAMAGED, EXIT_DIFFERENT } from "../host/exit_codes.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { WANTED } from "../input/file_gate.ts";
import { noCertificate } from "../input/log_certificate.ts";
import { type ProgramInput, readProgramInput } from "../input/program.ts";
import { type LogOperand, openLogOr } from "../input/trace_operand.ts";
import { type JudgedCertificate, renderCertificate } from "../render/certificate.ts";
import { isGiven } from "../spec/command_spec.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { PROGRAM_OPTIONS } from "../spec/options.ts";
import { shownJson, shownLines } from "../text/shown.ts";

/** Checks one certificate, and prints the verdict on standard output. */
export async function run(args: ArgumentsOf<"check-certificate">, io: Io): Promise<number> {
  const [place, program] = args.operands;
  const operand = openLogOr(WANTED.certificate, place, args, io);
  const { path } = operand;
  const { places, ...judged } = operand.kind === "log"
    ? judgeLog(operand, args, io)
    : await judgeFile(operand.text, program, args, io);
  if (args.json) io.stdout(shownJson(JSON.stringify({ certificate: path, ...judged })));
  else io.stdout(shownLines(renderCertificate(path, judged, places)));
  if (judged.verdict !== "proof") return EXIT_DAMAGED;
  return judged.statement === "other" || judged.isRecorded === false ? EXIT_DIFFERENT : 0;
}

/** The check of a certificate, and the places of the program that it is compared with. */
interface Judged extends JudgedCertificate {
  readonly places: Places | undefined;
}

function judgeLog(
  { path, source }: LogOperand,
  args: ArgumentsOf<"check-certificate">,
  io: Io,
): Judged {
  try {
    refuseProgram(args);
    io.drop("read", "write");
    const found = certificateOfLog(source);
    if (!found.ok) throw noCertificate(path, found.failure);
    const { file, event, digest, isRecorded } = found.value;
    return {
      ...judge(checkCertificateFile(file)),
      places: placesOf(source),
      statement: "program",
      event,
      digest,
      isRecorded,
    };
  } finally {
    source.close();
  }
}

async function judgeFile(
  text: string,
  program: string | undefined,
  args: ArgumentsOf<"check-certificate">,
  io: Io,
): Promise<Judged> {
  const about = program === undefined ? undefined : await readProgramInput(program, args, io);
  io.drop("read", "write");
  const judged = judge(checkCertificateFile(text));
  if (about === undefined || judged.verdict !== "proof") {
    return { ...judged, statement: "own", places: undefined };
  }
  const places = Places.of(about.artifacts);
  return { ...judged, statement: isStated(text, about) ? "program" : "other", places };
}

function judge(checked: CheckedCertificate): Omit<JudgedCertificate, "statement"> {
  return checked.kind === "proof"
    ? { verdict: "proof", proc: checked.proc, conflict: checked.conflict }
    : { verdict: checked.kind };
}

/** Whether the statement of the file is that of the program. */
function isStated(text: string, { artifacts, input }: ProgramInput): boolean {
  const loaded = load(artifacts);
  const stated = loaded.ok
    ? isCertificateOf(loaded.value, {
      entry: input.entry ?? "main",
      args: input.args ?? {},
      ...(input.limits?.max_work === undefined ? {} : { maxWork: input.limits.max_work }),
    }, text)
    : { ok: false as const, failure: loaded.failure[0]?.message ?? "it is not DIR" };
  if (stated.ok) return stated.value;
  throw new Fault({
    code: "DR1303",
    message: `the program has no such process: ${stated.failure}`,
    place: "PROGRAM",
    help: "name the Φ process with --entry, and give the arguments of the run with --arg",
  });
}

/** A log has its program and its input. */
function refuseProgram(args: ArgumentsOf<"check-certificate">): void {
  const option = PROGRAM_OPTIONS.find((each) => isGiven(args, each));
  if (args.operands.length < 2 && option === undefined) return;
  throw new Fault({
    code: "DR1303",
    message: "a log is checked with the program and the input that it records",
    place: option === undefined ? "PROGRAM" : `--${option.name}`,
    help: "leave it out; it is for certificate files",
  });
}
