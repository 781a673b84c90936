/**
 * From the words of a command line to typed arguments, by the command's entry in the table. Words that do not fit are a `Fault`
 * that suggests the nearest option or value.
 *
 * @module
 */
import { parseArgs } from "../../std/cli.ts";
import {
  type CommandSpec,
  memberName,
  type OptionSpec,
  type ParsedArguments,
} from "./command_spec.ts";
import { Fault } from "../host/fault.ts";
import { nearestWord } from "../../api/suggest.ts";
import { shellWord } from "../../api/visible.ts";
import { refuseUnused } from "./forms.ts";
import { COMMON_OPTIONS, type CommonOptions } from "./options.ts";

/** Reads the words after the command's name. Without `--help`, the operands are as many as the command takes. */
export function parseWords<Spec extends CommandSpec>(
  spec: Spec,
  words: readonly string[],
): ParsedArguments<Spec> & CommonOptions {
  const options: readonly OptionSpec[] = [...spec.options, ...COMMON_OPTIONS];
  const names = options.map(({ name }) => name);
  const parsed = parseArgs(unambiguous(words, options), {
    boolean: options.filter(isFlag).map(({ name }) => name),
    string: ["_", ...options.filter((option) => !isFlag(option)).map(({ name }) => name)],
    collect: names,
    alias: Object.fromEntries(
      options.flatMap(({ name, short }) => short === undefined ? [] : [[short, name]]),
    ),
    unknown: (word, key) => {
      if (key !== undefined) throw unknownOption(optionIn(word, key), { spec, names });
    },
  });
  const values = options.map((option) => {
    const given = parsed[option.name];
    return [memberName(option.name), valueOf(option, Array.isArray(given) ? given : [])] as const;
  });
  const operands = parsed._.map(String);
  const given = { ...Object.fromEntries(values), operands };
  const result: unknown = given;
  if (!isHelpAsked(values)) {
    checkOperands(spec, operands);
    refuseUnused(spec, given);
  }
  // The members come from the same table as the type.
  return result as ParsedArguments<Spec> & CommonOptions;
}

function isHelpAsked(values: readonly (readonly [string, unknown])[]): boolean {
  return values.some(([name, value]) => name === "help" && value === true);
}

function isFlag({ value }: OptionSpec): boolean {
  return value === undefined;
}

/**
 * The words in a form that the parser reads as meant. It would take `-` after an option for an operand, `-5` for an option, ignore
 * the value of `--json=x`, and take `true` after a flag for the flag's value.
 */
function unambiguous(words: readonly string[], options: readonly OptionSpec[]): string[] {
  const end = words.includes("--") ? words.indexOf("--") : words.length;
  const result: string[] = [];
  for (let index = 0; index < end; index++) {
    const word = words[index] ?? "", next = index + 1 < end ? words[index + 1] : undefined;
    const [, name, value] = /^--([^=]+)(=.*)?$/s.exec(word) ?? [];
    const option = options.find((each) => each.name === name || `-${each.short}` === word);
    if (option !== undefined && isFlag(option)) {
      if (value !== undefined || next === "true" || next === "false") {
        throw unusable(option, "it takes no value");
      }
      result.push(word);
    } else if (option !== undefined && value === undefined && isOddValue(next, options)) {
      result.push(`--${option.name}=${next}`);
      index++;
    } else result.push(word);
  }
  return [...result, ...words.slice(end)];
}

/** Whether a word after an option is its value although it begins like an option: `-`, `-5`, `-x`. */
function isOddValue(word: string | undefined, options: readonly OptionSpec[]): boolean {
  return word !== undefined && /^-(?!-)/.test(word) &&
    options.every(({ short }) => short === undefined || !word.startsWith(`-${short}`));
}

/** The option that a word names, without its value; of several short ones, the one in question. */
function optionIn(word: string, key: string): string {
  return word.startsWith("--") ? word.replace(/=.*/s, "") : `-${key}`;
}

/** The typed value of an option, from all values given for it. */
function valueOf(option: OptionSpec, given: readonly unknown[]): unknown {
  if (given.length > 1 && option.multiple !== true) throw unusable(option, "it is given twice");
  if (isFlag(option)) {
    if (given.some((value) => value !== true)) throw unusable(option, "it takes no value");
    return given.length > 0;
  }
  const words = given.map(String);
  if (words.includes("")) {
    throw unusable(option, `it needs a value, --${option.name} ${option.value}`);
  }
  if (option.multiple === true) return words;
  const [word] = words;
  if (word === undefined) return undefined;
  if (option.choices !== undefined) return checkedChoice(option, option.choices, word);
  return option.least === undefined ? word : wholeNumber(option, option.least, word);
}

function checkedChoice(option: OptionSpec, choices: readonly string[], word: string): string {
  if (choices.includes(word)) return word;
  const choice = nearestWord(word, choices);
  const hint = choice === undefined ? "" : `; did you mean ${choice}?`;
  throw unusable(option, `${JSON.stringify(word)} is none of ${choices.join(", ")}${hint}`);
}

function wholeNumber(option: OptionSpec, least: number, word: string): number {
  const number = Number(word);
  if (/^[0-9]+$/.test(word) && Number.isSafeInteger(number) && number >= least) return number;
  throw unusable(option, `${JSON.stringify(word)} is not a whole number from ${least}`);
}

function unusable(option: OptionSpec, message: string): Fault {
  return new Fault({ code: "DR1303", message, place: `--${option.name}`, help: option.help });
}

function unknownOption(
  word: string,
  { spec, names }: { readonly spec: CommandSpec; readonly names: readonly string[] },
): Fault {
  const suggestion = nearestWord(word, names.map((name) => `--${name}`));
  return new Fault({
    code: "DR1302",
    message: `${spec.name} has no option ${word}`,
    help: optionHelp(word, suggestion, spec),
  });
}

function optionHelp(word: string, suggestion: string | undefined, { name }: CommandSpec): string {
  if (word === "--version" || word === "-V") return `dustrun ${word} goes alone`;
  if (suggestion !== undefined) return `did you mean ${suggestion}?`;
  const list = `dustrun ${name} --help lists its options`;
  return word.startsWith("--") ? list : `${list}; a file is named ./-NAME`;
}

function checkOperands(spec: CommandSpec, operands: readonly string[]): void {
  const { least, most } = spec.operandCount;
  const tooMany = most !== undefined && operands.length > most;
  if (operands.length >= least && !tooMany) return;
  const extra = tooMany ? operands[most] : undefined;
  const usage = `dustrun ${spec.name} ${spec.operands}`.trimEnd();
  throw new Fault({
    code: "DR1304",
    message: extra === undefined
      ? missingText(requiredNames(spec).slice(operands.length))
      : `unexpected ${JSON.stringify(extra)}`,
    help: placeOf(extra, spec) ?? `usage: ${usage}, such as ${spec.examples[0]?.line ?? usage}`,
  });
}

/** The operands that a command needs, as its usage line names them. */
function requiredNames({ operands }: CommandSpec): readonly string[] {
  return operands.split(" ").filter((name) => !name.startsWith("["));
}

function missingText(names: readonly string[]): string {
  return `${names.join(" and ")} ${names.length > 1 ? "are" : "is"} missing`;
}

/** Where a word belongs that was given as an operand too many, if it is an argument or a process. */
function placeOf(extra: string | undefined, { options }: CommandSpec): string | undefined {
  const has = (name: string) => options.some((option) => option.name === name);
  if (extra === undefined || !has("entry")) return undefined;
  return /^[\p{L}_][\p{L}\p{N}_]*=/u.test(extra)
    ? `an argument is given with --arg ${shellWord(extra)}`
    : `a process is named with --entry ${
      shellWord(extra)
    }, an argument given with --arg NAME=VALUE`;
}
