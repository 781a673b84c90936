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
_dustrun() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} options
  case $before in
${values.join("\n")}
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
  const argument = ({ value, choices }: OptionSpec) => {
    if (value === undefined) return "";
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
  const cases = COMMANDS.map((spec) =>
    `    ${spec.name}) _arguments ${optionsOf(spec).map(specOf).join(" ")} '*:file:_files' ;;`
  );
  const run = COMMANDS.find(({ name }) => name === "run");
  return `#compdef dustrun
# zsh completion for dustrun; load it with: source <(dustrun completions zsh)
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
    const { name, short, value, choices, help } = option;
    const parts = [`complete -c dustrun -n ${quote(condition)} -l ${name}`];
    if (short !== undefined) parts.push(`-s ${short}`);
    if (choices !== undefined) parts.push(`-x -a ${quote(choices.join(" "))}`);
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
  return `# fish completion for dustrun; load it with: dustrun completions fish | source
${lines.join("\n")}
`;
}
