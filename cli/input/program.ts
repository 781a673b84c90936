/**
 * What a run starts from, read from the command line: artifacts, arguments, limits.
 *
 * @module
 */
import {
  type ArtifactSource,
  DEFAULT_LIMITS,
  type Limits,
  parsePlain,
  type PlainArgument,
  type RunInput,
} from "../../mod.ts";
import type { CommandArguments } from "../spec/command_spec.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { readManifest } from "./manifest_file.ts";

/** Artifacts and input of a run. */
export interface ProgramInput {
  readonly artifacts: readonly ArtifactSource[];
  readonly input: RunInput;
}

/**
 * Reads the program at `path` with what the options link to it. Artifacts are named by file name alone: no path may show in a
 * log.
 */
export function readArtifacts(path: string, args: CommandArguments, io: Io): ArtifactSource[] {
  return [path, ...args.values("link")].map((file) => ({
    name: fileName(file),
    text: io.readText(file),
  }));
}

/** The last part of a path, whichever way its slashes lean. */
export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** Reads everything that a run of the program at `path` starts from. */
export async function readProgramInput(
  path: string,
  args: CommandArguments,
  io: Io,
): Promise<ProgramInput> {
  return { artifacts: readArtifacts(path, args, io), input: await readRunInput(args, io) };
}

/** The input that the options and the environment manifest describe. */
export async function readRunInput(args: CommandArguments, io: Io): Promise<RunInput> {
  const entry = args.value("entry");
  const { environment, limits } = await readManifest(args, io);
  return {
    ...(entry === undefined ? {} : { entry }),
    args: readArguments(args, io),
    semantics: args.value("semantics") === "host-0.1" ? "host-0.1" : "spec",
    limits: readLimits(args, { ...DEFAULT_LIMITS, ...limits }),
    environment,
  };
}

function readArguments(
  args: CommandArguments,
  io: Io,
): { readonly [name: string]: PlainArgument } {
  const given = new Map<string, PlainArgument>();
  const file = args.value("args");
  if (file !== undefined) {
    for (const [name, value] of argumentsOfFile(file, io)) given.set(name, value);
  }
  for (const word of args.values("arg")) {
    const equals = word.indexOf("=");
    if (equals <= 0) throw unusableArgument(word);
    const text = word.slice(equals + 1);
    const parsed = parsePlain(text);
    // What is no JSON is a text: `--arg name=Ada` needs no quotes inside quotes.
    given.set(word.slice(0, equals), parsed.ok ? parsed.value : text);
  }
  return Object.fromEntries(given);
}

function argumentsOfFile(file: string, io: Io): [string, PlainArgument][] {
  const parsed = parsePlain(io.readText(file));
  if (!parsed.ok) {
    throw new Fault({
      code: "DR1303",
      message: `the arguments are no JSON: ${parsed.failure.message}`,
      place: file,
      help: 'write one object, {"name": value}',
    });
  }
  const { value } = parsed;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Fault({
      code: "DR1303",
      message: "the arguments are no object",
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

const LIMIT_OPTIONS: { readonly [K in keyof Limits]: string } = {
  max_ticks: "max-ticks",
  max_depth: "max-depth",
  max_work: "max-work",
};

/** Options say more than the manifest does. */
function readLimits(args: CommandArguments, otherwise: Limits): Limits {
  return {
    max_ticks: readCount(args, LIMIT_OPTIONS.max_ticks) ?? otherwise.max_ticks,
    max_depth: readCount(args, LIMIT_OPTIONS.max_depth) ?? otherwise.max_depth,
    max_work: readCount(args, LIMIT_OPTIONS.max_work) ?? otherwise.max_work,
  };
}

/** The value of an option that is a whole number from 1. */
export function readCount(args: CommandArguments, option: string): number | undefined {
  const word = args.value(option);
  if (word === undefined) return undefined;
  const count = Number(word);
  if (/^[0-9]+$/.test(word) && Number.isSafeInteger(count) && count > 0) return count;
  throw new Fault({
    code: "DR1303",
    message: `${JSON.stringify(word)} is not a whole number from 1`,
    place: `--${option}`,
    help: "write a positive decimal number",
  });
}
