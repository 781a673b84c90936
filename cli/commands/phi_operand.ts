/**
 * A question about the configurations of a Φ process, as the command line asks it.
 *
 * @module
 */
import type { ConfigurationQuery } from "../../api/configurations.ts";
import type { RunInput } from "../../api/input.ts";
import { check, entryCandidates, load, type Program } from "../../api/program.ts";
import { exitOfFailure } from "../host/exit_codes.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { tellDiagnostics } from "../render/diagnostics.ts";
import type { CommonOptions, ProgramOptions } from "../spec/options.ts";
import { checkArguments } from "../input/arguments.ts";
import { readProgramInput } from "../input/program.ts";

/** A program that was read and checked, and the question. */
export interface PhiOperand {
  readonly program: Program;
  readonly input: RunInput;
  readonly query: ConfigurationQuery;
}

/**
 * Reads the program at `path`, and gives up all permissions; an exit code if the program is refused, which is then reported.
 * `option` is the one that asks about a Φ process.
 */
export async function readPhiOperand(
  path: string,
  args: ProgramOptions & CommonOptions,
  io: Io,
  option: string,
): Promise<PhiOperand | number> {
  refuseUpstream(args);
  const { artifacts, input, given } = await readProgramInput(path, args, io);
  io.drop("read", "write");
  const loaded = load(artifacts);
  const diagnostics = loaded.ok ? check(loaded.value) : loaded.failure;
  await tellDiagnostics(diagnostics, { args, io });
  const [first] = diagnostics;
  if (!loaded.ok || first !== undefined) return exitOfFailure(first?.kind ?? "DirLoad", "spec");
  const program = loaded.value, { max_work: maxWork, ...shares } = input.limits ?? {};
  requirePhiProcess(program, input.entry ?? "main", option);
  checkArguments(program, input, { given, args, io });
  const query = {
    entry: input.entry ?? "main",
    args: input.args ?? {},
    ...(maxWork === undefined ? {} : { maxWork }),
    ...(shares.max_configuration_work === undefined
      ? {}
      : { maxConfigurationWork: shares.max_configuration_work }),
    ...(shares.max_conflict_work === undefined
      ? {}
      : { maxConflictWork: shares.max_conflict_work }),
  };
  return { program, input, query };
}

/** The upstream executor decides no existence. */
function refuseUpstream({ semantics }: ProgramOptions): void {
  if (semantics !== "host-0.1") return;
  throw new Fault({
    code: "DR1303",
    message: "the upstream executor has no configurations to list",
    place: "--semantics",
    help: "keep one of the two",
  });
}

/** A process of another regime is reported as such; a name of none or of several Φ processes with those that there are. */
function requirePhiProcess(program: Program, entry: string, place: string): void {
  const candidates = entryCandidates(program, entry), procs = candidates.filter(isPhi);
  if (procs.length === 1) return;
  if (procs.length > 1) throw noOneProcess(`${entry} names several Φ processes`, procs);
  const [other] = candidates;
  if (other === undefined) {
    throw noOneProcess(`${entry} names no Φ process`, program.procs.filter(isPhi));
  }
  throw new Fault({
    code: "DR1312",
    message: `${other.regime}::${other.name} is executed; it has no configurations to list`,
    place,
    help: place === "--all"
      ? "name a Φ process with --entry, or leave --all out"
      : "name a Φ process with --entry, or run the program",
  });
}

/** Names in the help. */
const SHOWN = 5;

function noOneProcess(message: string, choices: Program["procs"]): Fault {
  const names = choices.slice(0, SHOWN).map(({ forge, name }) => `${forge.name}::Φ::${name}`);
  if (choices.length > SHOWN) names.push("…");
  const help = names.length === 0 ? "the program has none" : `choose one of ${names.join(", ")}`;
  return unfitQuery(message, "--entry", help);
}

function isPhi({ regime }: Program["procs"][number]): boolean {
  return regime === "Φ";
}

/** The fault for a query that does not fit its program. */
export function unfitQuery(
  message: string,
  place: string,
  help = "name a Φ process with --entry, and give values for its parameters with --arg",
): Fault {
  return new Fault({ code: "DR1303", message, place, help });
}
