/**
 * Arguments on the command line: read from words and a file, and checked against the entry of the loaded program before a run begins.
 *
 * @module
 */
import { argumentFaults, entryParameters } from "../../api/arguments.ts";
import { parsePlain, type PlainArgument, type RunInput } from "../../api/input.ts";
import type { Program } from "../../api/program.ts";
import type { CommonOptions, ProgramOptions } from "../spec/options.ts";
import { Fault, type FaultReport } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { reportButLast } from "./faults.ts";
import { WANTED } from "./file_gate.ts";
import { readText } from "./text_file.ts";

/** One argument as it was given. */
export interface GivenArgument {
  readonly name: string;
  /** A value, or why its text is not the JSON that it begins like. */
  readonly value:
    | { readonly kind: "plain"; readonly plain: PlainArgument }
    | { readonly kind: "refused"; readonly reason: string };
  /** The text after `NAME=`; `undefined` in a file. */
  readonly text: string | undefined;
  /** The option or the file. */
  readonly place: string;
}

/** Reads the arguments of `--args` and `--arg`, those of the file first. */
export function readArguments(
  args: Pick<ProgramOptions, "arg" | "args">,
  io: Io,
): readonly GivenArgument[] {
  const inFile = args.args === undefined ? [] : readFile(args.args, io);
  return [...inFile, ...args.arg.map(readWord)];
}

/** The arguments by name; of one that is given twice, the last. */
export function argumentsByName(given: readonly GivenArgument[]): NonNullable<RunInput["args"]> {
  const named = given.flatMap(({ name, value }) =>
    value.kind === "plain" ? [[name, value.plain] as const] : []
  );
  return Object.fromEntries(named);
}

/** Ends the command where an argument is repeated, unknown, missing or unfit. All faults are reported. */
export function checkArguments(
  program: Program,
  input: RunInput,
  { given, args, io }: {
    readonly given: readonly GivenArgument[];
    readonly args: Pick<CommonOptions, "json">;
    readonly io: Io;
  },
): void {
  const params = entryParameters(program, input.entry);
  if (params === undefined) return; // the run fails for another reason
  const faults: FaultReport[] = [];
  const report = (name: string, message: string, help: string) => {
    const place = given.findLast((one) => one.name === name)?.place ?? "--arg";
    faults.push({ code: "DR1313", message, place, help });
  };
  const counts = Map.groupBy(given, ({ name }) => name);
  for (const [name, { length }] of counts) {
    if (length > 1) report(name, `the argument ${name} is given ${length} times`, "give it once");
  }
  const refused = new Map(
    given.flatMap(({ name, value }) => value.kind === "refused" ? [[name, value.reason]] : []),
  );
  const entered = Object.fromEntries([...refused.keys()].map((name) => [name, ""]));
  const faultsOf = (more: NonNullable<RunInput["args"]>) =>
    argumentFaults(program, { ...input, args: { ...input.args, ...entered, ...more } });
  /** How to pass the text itself, where the parameter takes one. */
  const textHelp = (name: string) => {
    const text = given.findLast((one) => one.name === name)?.text;
    if (text === undefined) return undefined;
    const isRefused = faultsOf({ [name]: text }).some((fault) => fault.name === name);
    return isRefused ? undefined : `for this text write --arg ${quotedText(name, text)}`;
  };
  for (const { kind, name, message, help } of faultsOf({})) {
    if (kind !== "unfit") report(name, message, help);
    else if (!refused.has(name)) report(name, message, textHelp(name) ?? help);
  }
  for (const [name, reason] of refused) {
    if (params.includes(name)) {
      report(name, `argument ${name}: it is not JSON: ${reason}`, textHelp(name) ?? JSON_HELP);
    }
  }
  if (faults.length > 0) throw reportButLast(faults, args, io);
}

const JSON_HELP = 'what begins with {, [ or " is read as JSON';

/** `NAME="TEXT"`, in single quotes for a shell. */
function quotedText(name: string, text: string): string {
  return `'${`${name}=${JSON.stringify(text)}`.replaceAll("'", "'\\''")}'`;
}

function readWord(word: string): GivenArgument {
  const equals = word.indexOf("=");
  if (equals <= 0) throw unusableArgument(word);
  const text = word.slice(equals + 1);
  return { name: word.slice(0, equals), value: readValue(text), text, place: "--arg" };
}

/** What does not even begin like JSON is a text: `--arg name=Ada` needs no quotes inside quotes. */
function readValue(text: string): GivenArgument["value"] {
  const parsed = parsePlain(text);
  if (parsed.ok) return { kind: "plain", plain: parsed.value };
  return /^[ \t\r\n]*[{["]/.test(text)
    ? { kind: "refused", reason: parsed.failure.message }
    : { kind: "plain", plain: text };
}

function readFile(file: string, io: Io): readonly GivenArgument[] {
  const parsed = parsePlain(readText(file, WANTED.args, io));
  if (!parsed.ok) {
    throw new Fault({
      code: "DR1303",
      message: `the arguments are not JSON: ${parsed.failure.message}`,
      place: file,
      help: OBJECT_HELP,
    });
  }
  const { value } = parsed;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Fault({
      code: "DR1303",
      message: "the arguments are not an object",
      place: file,
      help: OBJECT_HELP,
    });
  }
  return Object.entries(value).map(([name, plain]) => ({
    name,
    value: { kind: "plain", plain },
    text: undefined,
    place: file,
  }));
}

const OBJECT_HELP = 'write one object, {"name": value}';

function unusableArgument(word: string): Fault {
  return new Fault({
    code: "DR1303",
    message: `${JSON.stringify(word)} is not NAME=VALUE`,
    place: "--arg",
    help: "write the parameter's name, =, and its value as JSON",
  });
}
