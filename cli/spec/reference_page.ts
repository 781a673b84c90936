/**
 * `docs/cli.md`, made from the command table.
 *
 * @module
 */
import type { CommandSpec, OptionSpec } from "./command_spec.ts";
import { COMMANDS } from "./commands.ts";
import { EXIT_MEANINGS } from "../host/exit_codes.ts";
import { COMMON_OPTIONS } from "./options.ts";

/** The reference of the command line, in Markdown. */
export function commandLinePage(): string {
  const exits = EXIT_MEANINGS.map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return `# The command line

Made from the command table by \`deno task docs\`; \`dustrun COMMAND --help\` shows the same.

A first word that is not a command is the program of \`run\`: \`dustrun PROGRAM\` is \`dustrun run PROGRAM\`. Standard output
carries what the program emits when effects are realized, and the answer asked for otherwise; messages go to standard
error. Without a terminal nothing is asked and nothing is coloured; \`NO_COLOR\` is honoured. A reader that closes the
pipe ends the command quietly. A log is named by its path, as \`@\` (the last run of the store), \`@1\` (the one before it),
or by its number, \`17\`. An operand \`-\` is standard input.

With \`--json\` an answer has the form that the schema of its command in \`schema/answers/\` describes, one document or one a line; a fault, on
standard error, has that of \`schema/answers/fault.schema.json\`.

## Exit codes

| code | meaning |
|---|---|
${exits.join("\n")}

Under \`--semantics host-0.1\` every failure after loading exits 10, as the upstream executor does.

## Options of every command

${optionTable(COMMON_OPTIONS)}

${COMMANDS.map(commandSection).join("\n\n")}
`;
}

function commandSection({ name, operands, summary, options, examples }: CommandSpec): string {
  const shown = examples.map(({ line, does }) => `- \`${line}\`: ${does}`);
  return [
    `## dustrun ${name} ${operands}`,
    `${summary}.`,
    ...(options.length === 0 ? [] : [optionTable(options)]),
    shown.join("\n"),
  ].join("\n\n");
}

function optionTable(options: readonly OptionSpec[]): string {
  const rows = options.map(({ name, short, value, choices, help }) => {
    const taken = choices === undefined ? value : choices.join("\\|");
    const flag = `--${name}${taken === undefined ? "" : ` ${taken}`}`;
    return `| \`${short === undefined ? "" : `-${short}, `}${flag}\` | ${help} |`;
  });
  return ["| option | meaning |", "|---|---|", ...rows].join("\n");
}
