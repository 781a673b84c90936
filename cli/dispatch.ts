/**
 * From the words of a command line to a command: the first word that is neither an option nor the value of one names it, or else is the
 * program of `run`.
 *
 * @module
 */
import { parseWords } from "./spec/arguments.ts";
import {
  type ArgumentsOf,
  type CommandName,
  COMMANDS,
  isCommandName,
  SPECS,
} from "./spec/commands.ts";
import { Fault } from "./host/fault.ts";
import { type Io, withColor } from "./host/io.ts";
import type { OptionSpec } from "./spec/command_spec.ts";
import { COMMON_OPTIONS } from "./spec/options.ts";
import { shownPage } from "./text/shown.ts";
import { nearestWord } from "../api/suggest.ts";

/** Runs the command that the words name. */
export async function dispatch(words: readonly string[], io: Io): Promise<number> {
  const [first, topic = ""] = words;
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    const { helpAbout } = await import("./spec/help.ts");
    io.stdout(shownPage(helpAbout(topic, Math.min(io.columns, 100))));
    return 0;
  }
  const at = firstOperand(words);
  const named = words[at];
  if (named !== undefined && isCommandName(named)) {
    return await runCommand(named, words.toSpliced(at, 1), io);
  }
  const replay = wordsOfReplay(words);
  if (replay !== undefined) return await runCommand("replay", replay, io);
  if (named !== undefined) refuseMisspelledCommand(named);
  return await runCommand("run", words, io);
}

/** The index of the first word that is neither an option nor its value; the number of words if there is none. */
function firstOperand(words: readonly string[]): number {
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--") return words.length;
    if (!/^-./.test(word)) return index;
    if (VALUED.has(word)) index++;
  }
  return words.length;
}

/** Options whose value is the next word. In every command that has it, an option is a flag or has a value. */
const VALUED: ReadonlySet<string> = new Set(
  [...COMMANDS.flatMap(({ options }) => options), ...COMMON_OPTIONS].flatMap(
    ({ name, short, value }: OptionSpec) =>
      value === undefined ? [] : short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`],
  ),
);

/** `--replay TRACE` instead of a command: the words of `replay`, the trace first. */
function wordsOfReplay(words: readonly string[]): readonly string[] | undefined {
  const index = words.findIndex((word) => word === "--replay" || word.startsWith("--replay="));
  const word = words[index];
  if (word === undefined) return undefined;
  if (word !== "--replay") return [word.slice("--replay=".length), ...words.toSpliced(index, 1)];
  const trace = words[index + 1];
  return [...(trace === undefined ? [] : [trace]), ...words.toSpliced(index, 2)];
}

async function runCommand<Name extends CommandName>(
  name: Name,
  words: readonly string[],
  io: Io,
): Promise<number> {
  const spec: (typeof SPECS)[Name] = SPECS[name];
  const args = parseWords(spec, words);
  if (args.help) {
    const { commandHelp } = await import("./spec/help.ts");
    io.stdout(shownPage(commandHelp(spec, Math.min(io.columns, 100))));
    return 0;
  }
  const { run } = await MODULES[name]();
  return await run(args, withColor(io, args.color));
}

/** The code of a command. */
interface CommandModule<Name extends CommandName> {
  /** Runs the command and returns the exit code. Throws `Fault` for faulty words and files. */
  readonly run: (args: ArgumentsOf<Name>, io: Io) => number | Promise<number>;
}

/** Each command's module, imported only when the command runs: start-up does not depend on the size of the table. */
const MODULES: { readonly [Name in CommandName]: () => Promise<CommandModule<Name>> } = {
  run: () => import("./commands/run.ts"),
  check: () => import("./commands/check.ts"),
  resume: () => import("./commands/resume.ts"),
  abandon: () => import("./commands/abandon.ts"),
  audit: () => import("./commands/audit.ts"),
  runs: () => import("./commands/runs.ts"),
  verify: () => import("./commands/verify.ts"),
  checkpoint: () => import("./commands/checkpoint.ts"),
  prove: () => import("./commands/prove.ts"),
  "verify-proof": () => import("./commands/verify_proof.ts"),
  keygen: () => import("./commands/keygen.ts"),
  explore: () => import("./commands/explore.ts"),
  solve: () => import("./commands/solve.ts"),
  "check-certificate": () => import("./commands/check_certificate.ts"),
  explain: () => import("./commands/explain.ts"),
  completions: () => import("./commands/completions.ts"),
  replay: () => import("./commands/replay.ts"),
  diff: () => import("./commands/diff.ts"),
  state: () => import("./commands/state.ts"),
  step: () => import("./commands/step.ts"),
  export: () => import("./commands/export.ts"),
  conformance: () => import("./commands/conformance.ts"),
  equiv: () => import("./commands/equiv.ts"),
};

/** A single word without a dot or slash that names nothing on the disk is taken for a misspelled command, not for a program. */
function refuseMisspelledCommand(word: string): void {
  if (/[./\\-]/.test(word)) return;
  const suggestion = word === "version"
    ? "--version"
    : nearestWord(word, COMMANDS.map(({ name }) => name));
  if (suggestion === undefined && exists(word)) return;
  throw new Fault({
    code: "DR1301",
    message: `there is no command ${JSON.stringify(word)}`,
    help: suggestion === undefined
      ? "dustrun --help lists the commands"
      : `did you mean ${suggestion}?`,
  });
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
