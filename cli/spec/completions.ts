/**
 * Completion scripts for shells, made from the command table.
 *
 * @module
 */
import type { CommandSpec, OptionSpec } from "./command_spec.ts";
import { COMMANDS } from "./commands.ts";
import { COMMON_OPTIONS } from "./options.ts";

/** The shells that have a script. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
/** One of them. */
export type Shell = (typeof SHELLS)[number];

/** The completion script of a shell. */
export function completionScript(shell: Shell): string {
  switch (shell) {
    case "bash":
      return bashScript();
    case "zsh":
      return zshScript();
    case "fish":
      return fishScript();
  }
}

function optionsOf(spec: CommandSpec): readonly OptionSpec[] {
  return [...spec.options, ...COMMON_OPTIONS];
}

/** The commands of whose operands some are offered. */
const OFFERING = COMMANDS.filter(({ operandOffers }) => operandOffers !== undefined).map((
  { name },
) => name);

/** The spellings of options whose values are offered. */
function offeringOptions(): readonly string[] {
  const spelled = COMMANDS.flatMap(optionsOf).filter(({ offers }) => offers !== undefined)
    .flatMap(({ name, short }) => short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`]);
  return [...new Set(spelled)];
}

/** Words that bash offers for a command: its options, with both forms where there is a short one. */
function optionWords(spec: CommandSpec): string {
  return optionsOf(spec).flatMap(({ name, short }) =>
    short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`]
  ).join(" ");
}

function bashScript(): string {
  const choices = new Map<string, string>();
  for (const option of COMMANDS.flatMap(optionsOf)) {
    if (option.choices !== undefined) choices.set(option.name, option.choices.join(" "));
  }
  const values = [...choices].map(([name, words]) =>
    `    --${name}) COMPREPLY=($(compgen -W "${words}" -- "$word")); return ;;`
  );
  const options = COMMANDS.map((spec) => `    ${spec.name}) options="${optionWords(spec)}" ;;`);
  const run = COMMANDS.find(({ name }) => name === "run");
  return `# bash completion for dustrun; load it with: eval "$(dustrun completions bash)"
_dustrun_offer() {
  local IFS=$'\\n'
  COMPREPLY+=($(compgen -W "$(dustrun completions offer -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "$word"))
  if [[ \${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
}
_dustrun() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} options
  COMPREPLY=()
  case $before in
${values.join("\n")}
    ${offeringOptions().join("|")}) _dustrun_offer; return ;;
  esac
  case \${COMP_WORDS[1]} in
${options.join("\n")}
    *) options="${run === undefined ? "" : optionWords(run)}" ;;
  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${
    COMMANDS.map(({ name }) => name).join(" ")
  }" -- "$word") $(compgen -f -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
    case \${COMP_WORDS[1]} in
      help|${OFFERING.join("|")}) _dustrun_offer ;;
    esac
  fi
}
complete -o filenames -F _dustrun dustrun
`;
}

function zshScript(): string {
  const quote = (text: string) =>
    text.replaceAll("'", "'\\''").replaceAll("[", "\\[").replaceAll("]", "\\]").replaceAll(
      ":",
      "\\:",
    );
  const argument = ({ value, choices, offers }: OptionSpec) => {
    if (value === undefined) return "";
    if (offers !== undefined) return `:${value}:_dustrun_offer`;
    return choices === undefined ? `:${value}:_files` : `:${value}:(${choices.join(" ")})`;
  };
  const specOf = (option: OptionSpec) => {
    const { name, short, help } = option;
    const body = `[${quote(help)}]${argument(option)}`;
    const repeat = option.multiple === true ? "*" : "";
    if (short === undefined) return `'${repeat}--${name}${body}'`;
    return `{-${short},--${name}}'${body}'`;
  };
  const commands = COMMANDS.map(({ name, summary }) => `    '${name}:${quote(summary)}'`);
  const operand = ({ operandOffers }: CommandSpec) =>
    operandOffers === undefined ? "'*:file:_files'" : "'*:log:_dustrun_operand'";
  const cases = COMMANDS.map((spec) =>
    `    ${spec.name}) _arguments ${optionsOf(spec).map(specOf).join(" ")} ${operand(spec)} ;;`
  );
  const run = COMMANDS.find(({ name }) => name === "run");
  return `#compdef dustrun
# zsh completion for dustrun; load it with: source <(dustrun completions zsh)
_dustrun_offer() {
  local -a offers
  offers=("\${(@f)$(dustrun completions offer -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  offers=("\${(@)offers:#}")
  if [[ $offers[1] == *= ]]; then compadd -S '' -a offers; else compadd -a offers; fi
}
_dustrun_operand() {
  _dustrun_offer
  _files
}
_dustrun() {
  local -a commands
  commands=(
${commands.join("\n")}
  )
  if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then
    _describe command commands
    _files
    return
  fi
  case $words[2] in
    help) _dustrun_offer ;;
${cases.join("\n")}
    *) _arguments ${
    run === undefined ? "" : optionsOf(run).map(specOf).join(" ")
  } '*:file:_files' ;;
  esac
}
compdef _dustrun dustrun
`;
}

function fishScript(): string {
  const quote = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const names = COMMANDS.map(({ name }) => name).join(" ");
  const lines = COMMANDS.map(({ name, summary }) =>
    `complete -c dustrun -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`
  );
  const optionLine = (condition: string, option: OptionSpec) => {
    const { name, short, value, choices, help, offers } = option;
    const parts = [`complete -c dustrun -n ${quote(condition)} -l ${name}`];
    if (short !== undefined) parts.push(`-s ${short}`);
    if (choices !== undefined) parts.push(`-x -a ${quote(choices.join(" "))}`);
    else if (offers !== undefined) parts.push("-x -a '(__dustrun_offer)'");
    else if (value !== undefined) parts.push("-r");
    parts.push(`-d ${quote(help)}`);
    return parts.join(" ");
  };
  for (const spec of COMMANDS) {
    const condition = spec.name === "run"
      ? `not __fish_seen_subcommand_from ${names.replace("run ", "")}`
      : `__fish_seen_subcommand_from ${spec.name}`;
    for (const option of optionsOf(spec)) lines.push(optionLine(condition, option));
  }
  lines.push(
    `complete -c dustrun -n '__fish_seen_subcommand_from help ${
      OFFERING.join(" ")
    }' -a '(__dustrun_offer)'`,
  );
  return `# fish completion for dustrun; load it with: dustrun completions fish | source
function __dustrun_offer
  set -l typed (commandline -opc)
  dustrun completions offer -- $typed[2..-1] (commandline -ct) 2>/dev/null
end
${lines.join("\n")}
`;
}
