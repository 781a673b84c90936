/**
 * From the words of a command line to `CommandArguments`, by the command's own table. What does not fit is a `Fault` that
 * suggests the nearest word.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { CommandArguments, type CommandSpec, type OptionSpec } from "./command_spec.ts";
import { Fault } from "../host/fault.ts";
import { nearestWord } from "../text/suggest.ts";
import { COMMON_OPTIONS } from "./options.ts";

/** Reads the words after the command's name. */
export function parseWords(spec: CommandSpec, words: readonly string[]): CommandArguments {
  const options = [...spec.options, ...COMMON_OPTIONS];
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(options.map((option) => [option.name, parserOption(option)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const operands: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const option = options.find(({ name }) => name === token.name);
    if (option === undefined) throw unknownOption(token.rawName, { spec, options });
    const value = checkedValue(option, token.value);
    const earlier = values.get(option.name);
    if (earlier === undefined) values.set(option.name, [value]);
    else if (option.multiple === true) earlier.push(value);
    else throw unusable(option, "it is given twice");
  }
  if (!values.has("help")) checkOperands(spec, operands);
  return new CommandArguments(operands, values);
}

function parserOption(option: OptionSpec) {
  return {
    type: option.value === undefined ? "boolean" : "string",
    multiple: true,
    ...(option.short === undefined ? {} : { short: option.short }),
  } as const;
}

function checkedValue(option: OptionSpec, value: string | undefined): string {
  if (option.value === undefined) {
    if (value !== undefined) throw unusable(option, "it takes no value");
    return "";
  }
  if (value === undefined) {
    throw unusable(option, `it needs a value, --${option.name} ${option.value}`);
  }
  if (option.choices !== undefined && !option.choices.includes(value)) {
    const choice = nearestWord(value, option.choices);
    const hint = choice === undefined ? "" : `; did you mean ${choice}?`;
    throw unusable(
      option,
      `${JSON.stringify(value)} is none of ${option.choices.join(", ")}${hint}`,
    );
  }
  return value;
}

function unusable(option: OptionSpec, message: string): Fault {
  return new Fault({
    code: "DR1303",
    message,
    place: `--${option.name}`,
    help: option.help,
  });
}

function unknownOption(
  word: string,
  known: { readonly spec: CommandSpec; readonly options: readonly OptionSpec[] },
): Fault {
  const names = known.options.map(({ name }) => `--${name}`);
  const suggestion = nearestWord(word, names);
  return new Fault({
    code: "DR1302",
    message: `${known.spec.name} has no option ${word}`,
    help: suggestion === undefined
      ? `dustrun ${known.spec.name} --help lists its options`
      : `did you mean ${suggestion}?`,
  });
}

function checkOperands(spec: CommandSpec, operands: readonly string[]): void {
  const { least, most } = spec.operandCount;
  const tooMany = most !== undefined && operands.length > most;
  if (operands.length >= least && !tooMany) return;
  const extra = most === undefined ? undefined : operands[most];
  throw new Fault({
    code: "DR1304",
    message: tooMany ? `unexpected ${JSON.stringify(extra)}` : `${spec.operands} is missing`,
    help: `usage: dustrun ${spec.name} ${spec.operands}`,
  });
}
