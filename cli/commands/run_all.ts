/**
 * `dustrun --all N`: lists the first configurations of a Φ process, and realizes nothing.
 *
 * @module
 */
import { type ConfigurationList, listConfigurations } from "../../api/configurations.ts";
import type { Diagnostic } from "../../api/diagnostics.ts";
import { DEFAULT_LIMITS, type Limits, type RunInput } from "../../api/input.ts";
import {
  type ArtifactSource,
  check,
  entryCandidates,
  load,
  type Program,
} from "../../api/program.ts";
import { renderWireFields } from "../../api/notation.ts";
import { encodeWireValue } from "../../api/values.ts";
import { exitOfFailure } from "../host/exit_codes.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { checkArguments } from "../input/arguments.ts";
import { readProgramInput } from "../input/program.ts";
import { tellDiagnostics } from "../render/diagnostics.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { countOf } from "../text/count.ts";
import { shownJson, shownLines } from "../text/shown.ts";

/** Lists the configurations of the program's entry, one a line, and returns the exit code. */
export async function listAll(args: ArgumentsOf<"run">, io: Io): Promise<number> {
  const count = args.all ?? 1;
  refuseUpstream(args);
  const { artifacts, input, given } = await readProgramInput(args.operands[0], args, io);
  io.drop("read", "write");
  const { program, diagnostics } = checked(artifacts);
  await tellDiagnostics(diagnostics, { args, io });
  const [first] = diagnostics;
  if (program === undefined || first !== undefined) {
    return exitOfFailure(first?.kind ?? "DirLoad", "spec");
  }
  refuseOtherRegime(program, input.entry ?? "main");
  checkArguments(program, input, { given, args, io });
  const list = listed(program, input, count);
  for (const configuration of list.configurations) {
    if (args.json) io.stdout(shownJson(encodeWireValue({ configuration })));
    else io.stdout(shownLines([renderWireFields(configuration)]));
  }
  tellEnd(list, { args, io, input });
  if (list.end === "undecided" || list.end === "unordered") return exitOfFailure("Runtime", "spec");
  return list.configurations.length === 0 ? exitOfFailure("Inadmissible", "spec") : 0;
}

function refuseUpstream({ semantics }: ArgumentsOf<"run">): void {
  if (semantics !== "host-0.1") return;
  throw new Fault({
    code: "DR1303",
    message: "the upstream executor has no configurations to list",
    place: "--semantics",
    help: "keep one of the two",
  });
}

function checked(
  artifacts: readonly ArtifactSource[],
): { readonly program?: Program; readonly diagnostics: readonly Diagnostic[] } {
  const loaded = load(artifacts);
  return loaded.ok
    ? { program: loaded.value, diagnostics: check(loaded.value) }
    : { diagnostics: loaded.failure };
}

/** A process of another regime is reported as such, not as an unknown name. */
function refuseOtherRegime(program: Program, entry: string): void {
  const candidates = entryCandidates(program, entry);
  const [other] = candidates;
  if (other === undefined || candidates.some(({ regime }) => regime === "Φ")) return;
  throw new Fault({
    code: "DR1312",
    message: `${other.regime}::${other.name} is executed; it has no configurations to list`,
    place: "--all",
    help: "name a Φ process with --entry, or leave --all out",
  });
}

function listed(program: Program, input: RunInput, count: number): ConfigurationList {
  const { max_work: maxWork, ...shares } = input.limits ?? {};
  const query = {
    entry: input.entry ?? "main",
    args: input.args ?? {},
    ...(maxWork === undefined ? {} : { maxWork }),
    ...(shares.max_configuration_work === undefined
      ? {}
      : { maxConfigurationWork: shares.max_configuration_work }),
  };
  const list = listConfigurations(program, query, count);
  if (list.ok) return list.value;
  throw new Fault({
    code: "DR1303",
    message: list.failure,
    place: "--all",
    help: "name a Φ process with --entry, and give values for its parameters with --arg",
  });
}

/** Reports whether there are more: as the last line of JSON, or in a message. */
function tellEnd(
  { configurations, end }: ConfigurationList,
  { args, io, input }: {
    readonly args: ArgumentsOf<"run">;
    readonly io: Io;
    readonly input: RunInput;
  },
): void {
  const count = configurations.length;
  if (args.json) return io.stdout(shownJson(JSON.stringify({ end, count })));
  if (args.quiet) return;
  io.stderr(shownLines([endText({ configurations, end }, input.limits)]));
}

function endText(
  { configurations: { length }, end }: ConfigurationList,
  {
    max_work = DEFAULT_LIMITS.max_work,
    max_configuration_work = max_work,
  }: Partial<Limits> = {},
): string {
  const found = countOf(length, "configuration");
  switch (end) {
    case "all":
      return length === 0 ? "no configuration exists" : `${found}; there are no more`;
    case "more":
      return `${found}; there are more`;
    case "unordered":
      return `${found}; there are more, but which is next was not found within max_configuration_work ${max_configuration_work}; --max-work raises the budget`;
    case "undecided":
      return `${found}; undecided within max_work ${max_work} whether there are more; --max-work raises the budget`;
  }
}
