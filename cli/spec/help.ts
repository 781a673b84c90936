/**
 * Help texts, made from the command table.
 *
 * @module
 */
import type { CommandSpec, OptionSpec } from "./command_spec.ts";
import { COMMANDS } from "./commands.ts";
import { COMMON_OPTIONS } from "./options.ts";

/** What `dustrun --help` prints. */
export function overallHelp(): string {
  const width = longest(COMMANDS.map(({ name }) => name));
  const rows = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `dustrun executes DIR, the intermediate representation of the Dust Programming Language, and defines what it means.

usage: dustrun PROGRAM                     resolve the program, then realize its effects
       dustrun --simulate PROGRAM          resolve it; effects are logged, not realized
       dustrun COMMAND …

commands:
${rows.join("\n")}

\`dustrun COMMAND --help\` shows its options, with examples. \`dustrun explain CODE\` explains a diagnostic.
exit codes: 0 success; 1 different; 2 file error; 3 not DIR; 4 bug in dustrun; 5 usage error; 6 damaged log; 7 incomplete;
10 to 17 the program was refused or failed (\`docs/cli.md\` lists them)
`;
}

/** What `dustrun COMMAND --help` prints. */
export function commandHelp(spec: CommandSpec): string {
  const examples = spec.examples.map(({ line, does }) => `  ${line}\n      ${does}`);
  return `${spec.summary}

usage: dustrun ${[spec.name, spec.operands].filter((part) => part !== "").join(" ")} [options]

options:
${optionRows([...spec.options, ...COMMON_OPTIONS])}

examples:
${examples.join("\n")}
`;
}

function optionRows(options: readonly OptionSpec[]): string {
  const shown = options.map(({ name, short, value }) =>
    `${short === undefined ? "    " : `-${short}, `}--${name}${
      value === undefined ? "" : ` ${value}`
    }`
  );
  const width = longest(shown);
  return options.map(({ help }, index) => `  ${(shown[index] ?? "").padEnd(width)}  ${help}`).join(
    "\n",
  );
}

/** The length of the longest text. */
function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}
