/**
 * The manual page in roff, made from the command table.
 *
 * @module
 */
import { VERSION } from "../../api/version.ts";
import type { CommandSpec, OptionSpec } from "./command_spec.ts";
import { COMMANDS } from "./commands.ts";
import { EXIT_MEANINGS } from "../host/exit_codes.ts";
import { COMMON_OPTIONS } from "./options.ts";

/** The manual page `dustrun.1`. */
export function manPage(): string {
  const exits = EXIT_MEANINGS.map(([code, meaning]) => `.TP\n.B ${code}\n${escape(meaning)}`);
  return `.TH DUSTRUN 1 "" "dustrun ${VERSION}" "User Commands"
.SH NAME
dustrun \\- reference executor of the Dust Programming Language
.SH SYNOPSIS
.B dustrun
.RI [ options ]
.I PROGRAM
.br
.B dustrun
.I COMMAND
.RI [ options ]
.SH DESCRIPTION
dustrun executes DIR, the JSON intermediate representation of the Dust Programming Language, and defines what it means: what a
program returns, which effects it has and in what order, or that it does not exist. Every step is an event in an append-only
log.
.SH COMMANDS
${COMMANDS.map(commandSection).join("\n")}
.SH COMMON OPTIONS
${COMMON_OPTIONS.map(optionEntry).join("\n")}
.SH EXIT STATUS
${exits.join("\n")}
`;
}

function commandSection({ name, operands, summary, options, examples }: CommandSpec): string {
  const shown = examples.map(({ line, does }) =>
    `.PP\n${escape(does)}:\n.RS\n.nf\n${escape(line)}\n.fi\n.RE`
  );
  return `.SS dustrun ${escape(name)} ${escape(operands)}
${escape(summary)}.
${[...options.map(optionEntry), ...shown].join("\n")}`;
}

function optionEntry({ name, short, value: placeholder, choices, help }: OptionSpec): string {
  const value = choices === undefined ? placeholder : choices.join("|");
  const long = `\\-\\-${escape(name)}`;
  const flag = short === undefined ? `.B ${long}` : `.B \\-${short}, ${long}`;
  return `.TP\n${flag}${value === undefined ? "" : ` ${escape(value)}`}\n${escape(help)}`;
}

/** Text that roff takes literally. */
function escape(text: string): string {
  return text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replace(/^([.'])/gm, "\\&$1");
}
