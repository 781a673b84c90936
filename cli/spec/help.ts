/**
 * Help texts, made from the command table, and folded to the width of the terminal.
 *
 * @module
 */
import { nearestWord } from "../../api/suggest.ts";
import { Fault } from "../host/fault.ts";
import { wrap } from "../text/width.ts";
import type { CommandSpec, OptionSpec } from "./command_spec.ts";
import { COMMANDS, isCommandName, SPECS } from "./commands.ts";
import { COMMON_OPTIONS } from "./options.ts";
import { TOPICS, topicText } from "./topics.ts";

/** What `dustrun help TOPIC` prints, for a command, a topic, or nothing. */
export function helpAbout(topic: string, width: number): string {
  if (topic === "" || topic.startsWith("-")) return overallHelp(width);
  if (isCommandName(topic)) return commandHelp(SPECS[topic], width);
  const text = topicText(topic, width);
  if (text !== undefined) return text;
  const names = [...TOPICS.map(({ name }) => name), ...COMMANDS.map(({ name }) => name)];
  const meant = nearestWord(topic, names);
  throw new Fault({
    code: "DR1303",
    message: `there is no help about ${JSON.stringify(topic)}`,
    place: "help",
    help: meant === undefined
      ? "dustrun help lists the commands and topics"
      : `did you mean ${meant}?`,
  });
}

/** What `dustrun --help` prints. */
function overallHelp(width: number): string {
  const commands = COMMANDS.map(({ name, summary }) => [name, summary] as const);
  const topics = TOPICS.map(({ name, about }) => [name, about] as const);
  const column = longest([...commands, ...topics].map(([name]) => name));
  const uses = rows(USES, longest(USES.map(([words]) => words)), width);
  return `${folded(ABOUT, width)}

usage:
${uses}

commands:
${rows(commands, column, width)}

topics of dustrun help:
${rows(topics, column, width)}

${folded("`dustrun COMMAND --help` shows its options, with examples.", width)}
${
    folded(
      "`dustrun explain CODE` explains a diagnostic, `dustrun help exit-codes` the exit codes.",
      width,
    )
  }
`;
}

const ABOUT =
  "dustrun executes DIR, the intermediate representation of the Dust Programming Language, and defines what it means.";

const USES = [
  ["dustrun PROGRAM", "resolve the program, then realize its effects"],
  ["dustrun --simulate PROGRAM", "resolve it; effects are logged, not realized"],
  ["dustrun COMMAND …", "any other command"],
] as const;

function folded(text: string, width: number): string {
  return wrap(text, width).join("\n");
}

/** What `dustrun COMMAND --help` prints. */
export function commandHelp(spec: CommandSpec, width: number): string {
  const examples = spec.examples.map(({ line, does }) =>
    `${copied(line, width)}\n${wrap(does, width - 6).map((part) => `      ${part}`).join("\n")}`
  );
  const options = [...spec.options, ...COMMON_OPTIONS].map((option) =>
    [optionUsage(option), option.help] as const
  );
  const column = Math.min(longest(options.map(([usage]) => usage)), 26);
  const usage = [spec.name, spec.operands].filter((part) => part !== "").join(" ");
  return `${folded(spec.summary, width)}

${folded(`usage: dustrun ${usage} [options]`, width)}

options:
${rows(options, column, width)}

examples:
${examples.join("\n")}
`;
}

/** `-k, --context K`, or `--level observational|trace|bytes` where the words are few. */
function optionUsage({ name, short, value, choices }: OptionSpec): string {
  const flag = `${short === undefined ? "    " : `-${short}, `}--${name}`;
  const taken = choices === undefined ? value : choices.join("|");
  return taken === undefined ? flag : `${flag} ${taken}`;
}

/** A command line to copy, over several lines where it is too long for one. */
function copied(line: string, width: number): string {
  return wrap(line, width - 6).map((part, index) => index === 0 ? `  ${part}` : `    ${part}`)
    .join(" \\\n");
}

/** Names and what they mean in two columns; a name that is too long, or any where there is little room, has a line of its own. */
function rows(
  pairs: readonly (readonly [string, string])[],
  column: number,
  width: number,
): string {
  const isNarrow = width < column + 4 + MEANING_COLUMNS_MIN;
  const margin = " ".repeat(isNarrow ? 8 : column + 4);
  return pairs.map(([name, meaning]) => {
    const [first = "", ...more] = wrap(meaning, width - margin.length);
    const [start = "", ...rest] = wrap(name, width - 2).flatMap((part) => choicesOf(part, width));
    const lines = [`  ${start}`, ...rest.map((part) => `  ${part}`)];
    const head = isNarrow || name.length > column
      ? `${lines.join("\n")}\n${margin}`
      : `  ${name.padEnd(column)}  `;
    return [`${head}${first}`, ...more.map((line) => `${margin}${line}`)].join("\n");
  }).join("\n");
}

/** The words of a choice, `a|b|c`, over as many lines as they need. */
function choicesOf(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/(?<=\|)/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > width - 2) lines.push(word);
    else lines[lines.length - 1] = last + word;
  }
  return lines;
}

/** In fewer columns a meaning is below its name. */
const MEANING_COLUMNS_MIN = 30;

/** The length of the longest text. */
function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}
