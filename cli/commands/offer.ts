/**
 * What a shell offers for the last word of a command line: runs of the store, processes of the program, their parameters, codes. A command
 * line that is not finished cannot be wrong: where something cannot be read, nothing is offered.
 *
 * @module
 */
import { entryCandidates, load, type Program } from "../../api/program.ts";
import { listRuns } from "../../api/runs.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { readArtifacts } from "../input/artifacts.ts";
import { storeOf } from "../input/store_folder.ts";
import { explainableCodes } from "../render/code.ts";
import type { CommandSpec, Offered, OptionSpec } from "../spec/command_spec.ts";
import { COMMANDS, isCommandName, SPECS } from "../spec/commands.ts";
import { COMMON_OPTIONS } from "../spec/options.ts";
import { TOPICS } from "../spec/topics.ts";

/** The words to offer for the last one of `words`, which begin after `dustrun`. */
export function offersFor(words: readonly string[], io: Io): readonly string[] {
  const typed = words.at(-1) ?? "", before = words.slice(0, -1);
  if (before[0] === "help") {
    const names = new Set([...COMMANDS, ...TOPICS].map(({ name }) => name));
    return [...names].filter((name) => name.startsWith(typed));
  }
  const line = readUnfinished(before);
  const offered = line.option === undefined ? line.spec.operandOffers : line.option.offers;
  if (offered === undefined) return [];
  return wordsOf(offered, line, io).filter((word) => word.startsWith(typed));
}

/** A command line whose last word is still to come. */
interface UnfinishedLine {
  readonly spec: CommandSpec;
  /** The option whose value the next word is. */
  readonly option: OptionSpec | undefined;
  readonly operands: readonly string[];
  /** The last value of each option. */
  readonly values: ReadonlyMap<string, string>;
}

function readUnfinished(words: readonly string[]): UnfinishedLine {
  const named = words.find(isCommandName) ?? "run";
  const spec: CommandSpec = SPECS[named];
  const options: readonly OptionSpec[] = [...spec.options, ...COMMON_OPTIONS];
  const operands: string[] = [], values = new Map<string, string>();
  let option: OptionSpec | undefined;
  for (const word of words.toSpliced(words.indexOf(named), words.includes(named) ? 1 : 0)) {
    if (option !== undefined) {
      values.set(option.name, word);
      option = undefined;
    } else if (word.startsWith("-")) {
      option = options.find(({ name, short, value }) =>
        value !== undefined && (word === `--${name}` || word === `-${short}`)
      );
    } else operands.push(word);
  }
  return { spec, option, operands, values };
}

function wordsOf(offered: Offered, line: UnfinishedLine, io: Io): readonly string[] {
  switch (offered) {
    case "runs":
      return runsOf(line);
    case "runs and codes":
      return [...runsOf(line), ...explainableCodes()];
    case "processes":
      return processesOf(programOf(line, io), line);
    case "parameters":
      return parametersOf(programOf(line, io), line);
  }
}

/** The last runs first, as `@` counts them; by number too. */
function runsOf({ spec, operands, values }: UnfinishedLine): readonly string[] {
  if (spec.name === "runs" && operands.length === 0) return ["rm", "gc"];
  const store = values.get("store");
  const runs = listRuns(storeOf({ store }));
  return runs.length === 0 ? [] : ["@", ...runs.map(({ number }) => String(number))];
}

function programOf({ spec, operands }: UnfinishedLine, io: Io): Program | undefined {
  const path = operands[spec.operands.startsWith("PROGRAM") ? 0 : 1];
  if (path === undefined || path === "-") return undefined;
  try {
    const loaded = load(readArtifacts(path, { link: [] }, io));
    return loaded.ok ? loaded.value : undefined;
  } catch (cause) {
    if (cause instanceof Fault) return undefined;
    throw cause;
  }
}

/** The processes by name, or by reference where a name is not theirs alone. */
function processesOf(program: Program | undefined, { spec }: UnfinishedLine): readonly string[] {
  const procs = program?.procs ?? [];
  return procs.filter(({ regime }) => spec.name !== "solve" || regime === "Φ").map((proc) => {
    const isAlone = procs.every((other) => other === proc || other.name !== proc.name);
    return isAlone ? proc.name : `${proc.forge.name}::${proc.regime}::${proc.name}`;
  });
}

function parametersOf(
  program: Program | undefined,
  { values }: UnfinishedLine,
): readonly string[] {
  if (program === undefined) return [];
  const [entry] = entryCandidates(program, values.get("entry") ?? "main");
  return entry?.params.map(({ name }) => `${name}=`) ?? [];
}
