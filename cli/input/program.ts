/**
 * What a run starts from, read from the command line: artifacts, arguments, limits.
 *
 * @module
 */
import type { Limits, RunInput } from "../../api/input.ts";
import { type ArtifactSource, load, type Program } from "../../api/program.ts";
import type { CommonOptions, ProgramOptions } from "../spec/options.ts";
import type { Io } from "../host/io.ts";
import { argumentsByName, checkArguments, type GivenArgument, readArguments } from "./arguments.ts";
import { readArtifacts } from "./artifacts.ts";
import { readManifest } from "./manifest_file.ts";

/** Artifacts and input of a run. */
export interface ProgramInput {
  readonly artifacts: readonly ArtifactSource[];
  readonly input: RunInput;
  /** The arguments as they were given, for {@link loadForRun}. */
  readonly given: readonly GivenArgument[];
}

/** Reads everything that a run of the program at `path` starts from. */
export async function readProgramInput(
  path: string,
  args: ProgramOptions & CommonOptions,
  io: Io,
): Promise<ProgramInput> {
  return { artifacts: readArtifacts(path, args, io), ...await readRunInput(args, io) };
}

/**
 * The program, loaded, once its arguments fit its entry. A run begins only then; of a text that is not DIR, and under `host-0.1`, there
 * is no program, and the run reports what is wrong.
 */
export function loadForRun(
  { artifacts, input, given }: ProgramInput,
  args: Pick<CommonOptions, "json">,
  io: Io,
): Program | undefined {
  if (input.semantics === "host-0.1") return undefined;
  const loaded = load(artifacts);
  if (!loaded.ok) return undefined;
  checkArguments(loaded.value, input, { given, args, io });
  return loaded.value;
}

/** The input that the options and the environment manifest describe. */
export async function readRunInput(
  args: ProgramOptions & CommonOptions,
  io: Io,
): Promise<Omit<ProgramInput, "artifacts">> {
  const entry = args.entry;
  const given = readArguments(args, io);
  const { environment, limits } = await readManifest(args, io);
  const input: RunInput = {
    ...(entry === undefined ? {} : { entry }),
    args: argumentsByName(given),
    semantics: args.semantics ?? "spec",
    limits: limitsOf(args, limits ?? {}),
    environment,
  };
  return { input, given };
}

/** Options override the manifest. */
function limitsOf(
  { maxTicks, maxDepth, maxWork }: ProgramOptions,
  otherwise: Partial<Limits>,
): Partial<Limits> {
  return {
    ...otherwise,
    ...(maxTicks === undefined ? {} : { max_ticks: maxTicks }),
    ...(maxDepth === undefined ? {} : { max_depth: maxDepth }),
    ...(maxWork === undefined ? {} : { max_work: maxWork }),
  };
}
