/**
 * What a run starts from, read from the command line: artifacts, arguments, limits.
 *
 * @module
 */
import {
  DEFAULT_LIMITS,
  type Limits,
  parsePlain,
  type PlainArgument,
  type RunInput,
} from "../../api/input.ts";
import type { ArtifactSource } from "../../api/program.ts";
import type { CommonOptions, ProgramOptions } from "../spec/options.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { readManifest } from "./manifest_file.ts";

/** Artifacts and input of a run. */
export interface ProgramInput {
  readonly artifacts: readonly ArtifactSource[];
  readonly input: RunInput;
}

/**
 * Reads the program at `path` with what the options link to it. Artifacts are named by file name alone: no path may appear in a
 * log.
 */
export function readArtifacts(
  path: string,
  args: Pick<ProgramOptions, "link">,
  io: Io,
): ArtifactSource[] {
  return [path, ...args.link].map((file) => ({
    name: fileName(file),
    text: io.readText(file),
  }));
}

/** The last part of a path, with slashes or backslashes. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** Reads everything that a run of the program at `path` starts from. */
export async function readProgramInput(
  path: string,
  args: ProgramOptions & CommonOptions,
  io: Io,
): Promise<ProgramInput> {
  return { artifacts: readArtifacts(path, args, io), input: await readRunInput(args, io) };
}

/** The input that the options and the environment manifest describe. */
export async function readRunInput(
  args: ProgramOptions & CommonOptions,
  io: Io,
): Promise<RunInput> {
  const entry = args.entry;
  const { environment, limits } = await readManifest(args, io);
  return {
    ...(entry === undefined ? {} : { entry }),
    args: readArguments(args, io),
    semantics: args.semantics ?? "spec",
    limits: limitsOf(args, { ...DEFAULT_LIMITS, ...limits }),
    environment,
  };
}

function readArguments(
  args: ProgramOptions,
  io: Io,
): { readonly [name: string]: PlainArgument } {
  const given = new Map<string, PlainArgument>();
  const file = args.args;
  if (file !== undefined) {
    for (const [name, value] of argumentsOfFile(file, io)) given.set(name, value);
  }
  for (const word of args.arg) {
    const equals = word.indexOf("=");
    if (equals <= 0) throw unusableArgument(word);
    const text = word.slice(equals + 1);
    const parsed = parsePlain(text);
    // A value that is not JSON is a text: `--arg name=Ada` needs no quotes inside quotes.
    given.set(word.slice(0, equals), parsed.ok ? parsed.value : text);
  }
  return Object.fromEntries(given);
}

function argumentsOfFile(file: string, io: Io): [string, PlainArgument][] {
  const parsed = parsePlain(io.readText(file));
  if (!parsed.ok) {
    throw new Fault({
      code: "DR1303",
      message: `the arguments are not JSON: ${parsed.failure.message}`,
      place: file,
      help: 'write one object, {"name": value}',
    });
  }
  const { value } = parsed;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Fault({
      code: "DR1303",
      message: "the arguments are not an object",
      place: file,
      help: 'write one object, {"name": value}',
    });
  }
  return Object.entries(value);
}

function unusableArgument(word: string): Fault {
  return new Fault({
    code: "DR1303",
    message: `${JSON.stringify(word)} is not NAME=VALUE`,
    place: "--arg",
    help: "write the parameter's name, =, and its value as JSON",
  });
}

/** Options override the manifest. */
function limitsOf({ maxTicks, maxDepth, maxWork }: ProgramOptions, otherwise: Limits): Limits {
  return {
    max_ticks: maxTicks ?? otherwise.max_ticks,
    max_depth: maxDepth ?? otherwise.max_depth,
    max_work: maxWork ?? otherwise.max_work,
  };
}
