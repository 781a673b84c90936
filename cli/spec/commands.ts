/**
 * The command table. Help, completions, the man page and `docs/cli.md` are made from it. It holds
 * descriptions only: `dispatch.ts` maps a name to the code of the command.
 *
 * @module
 */
import type { CommandSpec, ParsedArguments } from "./command_spec.ts";
import { EXISTENCE_COMMANDS } from "./existence_commands.ts";
import { JUDGE_COMMANDS } from "./judge_commands.ts";
import { HISTORY_COMMANDS } from "./history_commands.ts";
import { NOTE_COMMANDS } from "./note_commands.ts";
import { SCHEDULE_COMMANDS } from "./schedule_commands.ts";
import {
  type CommonOptions,
  CONSENT_OPTION,
  FINDINGS_OPTION,
  FORCE_OPTION,
  GROUP_OPTION,
  LOCK_OPTION,
  LOG_OPTION,
  PROGRAM_OPTIONS,
  REALIZE_OPTION,
  SEED_OPTION,
  STORE_OPTION,
} from "./options.ts";

/** Every command, in the order in which help shows them. */
export const SPECS = {
  run: {
    name: "run",
    summary: "Execute a program: resolve it whole, then realize its effects",
    operands: "PROGRAM",
    operandCount: { least: 1, most: 1 },
    options: [
      { name: "simulate", help: "effects are logged, not realized" },
      {
        name: "effects",
        value: "MODE",
        choices: ["simulate", "realize"],
        help: "the same as a word: simulate or realize (default)",
      },
      { name: "emit-trace", help: "print the summary trace as JSON, and nothing else on stdout" },
      { name: "trace", help: "print each event, readable, on stderr" },
      {
        name: "all",
        value: "N",
        least: 1,
        help: "list the first N configurations of a Φ process in canonical order; execute nothing",
      },
      REALIZE_OPTION,
      GROUP_OPTION,
      LOCK_OPTION,
      CONSENT_OPTION,
      ...PROGRAM_OPTIONS,
      SEED_OPTION,
      STORE_OPTION,
      LOG_OPTION,
      FORCE_OPTION,
    ],
    examples: [
      {
        line: "dustrun fixtures/programs/hello/program.dir.json",
        does: "runs the process main and prints what it emits",
      },
      {
        line:
          "dustrun --simulate --emit-trace -e fibonacci --arg n=20 fixtures/programs/fibonacci/program.dir.json",
        does: "prints the summary trace of fibonacci(20) and realizes nothing",
      },
      {
        line: "dustrun --realize emit=file:out.txt fixtures/programs/hello/program.dir.json",
        does: "appends what the program emits to out.txt, each effect exactly once",
      },
      {
        line: "dustrun --all 3 -e schedule --arg latest=16 fixtures/tour/schedule.dir.json",
        does: "lists the first three configurations with latest fixed; exit 10 if there is none",
      },
    ],
  },
  check: {
    name: "check",
    summary: "Load, link and check programs, or folders of them, without executing anything",
    operands: "PROGRAM…",
    operandCount: { least: 1 },
    options: [
      {
        name: "link",
        value: "FILE",
        multiple: true,
        help: "a further DIR artifact, linked to each program",
      },
      FINDINGS_OPTION,
      {
        name: "watch",
        help: "check again whenever a file changes, until Ctrl-C",
      },
    ],
    examples: [
      {
        line: "dustrun check fixtures/programs/hello/program.dir.json",
        does:
          "reports every violation of a static rule, in document order; then leaks and wrong uses of handles that every run of main meets",
      },
      {
        line: "dustrun check --watch fixtures/tour",
        does: "checks every *.dir.json of the folder, and again after each change",
      },
      {
        line: "dustrun check --format sarif fixtures/programs/hello/program.dir.json",
        does: "prints a SARIF log, for editors and code hosts",
      },
    ],
  },
  ...HISTORY_COMMANDS,
  resume: {
    name: "resume",
    summary: "Finish the realization of a run that was interrupted or refused",
    operands: "LOG",
    operandCount: { least: 1, most: 1 },
    operandOffers: "runs",
    options: [
      {
        name: "in-doubt",
        value: "DECISION",
        choices: ["perform", "skip"],
        help: "what to do with effects that may or may not have been performed",
      },
      GROUP_OPTION,
      LOCK_OPTION,
      CONSENT_OPTION,
      STORE_OPTION,
    ],
    examples: [
      {
        line: "dustrun resume @",
        does: "finishes the last run; changes nothing if it is finished",
      },
      {
        line: "dustrun resume 17 --in-doubt skip",
        does: "skips effects in doubt, records that in the log, and continues after them",
      },
    ],
  },
  abandon: {
    name: "abandon",
    summary: "Close an interrupted run for good: what is left of it is never performed",
    operands: "LOG",
    operandCount: { least: 1, most: 1 },
    operandOffers: "runs",
    options: [
      { name: "why", value: "TEXT", help: "the reason, which the log records; required" },
      STORE_OPTION,
    ],
    examples: [{
      line: 'dustrun abandon 17 --why "the printer was sold"',
      does: "closes run 17; audit counts it as settled, and resume does nothing more",
    }],
  },
  audit: {
    name: "audit",
    summary: "Report for each effect whether it was performed, where, and what allowed it",
    operands: "[LOG…]",
    operandCount: { least: 0 },
    operandOffers: "runs",
    options: [
      {
        name: "resource",
        value: "R",
        help:
          "also report what happened to a resource: q1, a name, a region of memory (m1), an offered one; * for all",
      },
      {
        name: "since",
        value: "RUN",
        offers: "runs",
        help: "without LOG: only the runs of the store from this one on",
      },
      STORE_OPTION,
    ],
    examples: [
      { line: "dustrun audit @", does: "audits the last run, its log against its sinks" },
      { line: "dustrun audit --since 17", does: "sums up every run of the store from run 17 on" },
      {
        line: "dustrun audit @ --resource q1",
        does: "also reports the lifetime of the linear value q1",
      },
    ],
  },
  runs: {
    name: "runs",
    summary: "List the runs of the store and their outcomes, or remove runs",
    operands: "[rm RUN…|gc]",
    operandCount: { least: 0 },
    operandOffers: "runs",
    options: [
      STORE_OPTION,
      { name: "last", value: "N", least: 1, help: "list only the last N runs" },
      {
        name: "program",
        value: "TEXT",
        help: "list only runs of programs whose name contains TEXT",
      },
      { name: "outcome", value: "TEXT", help: "list only runs whose outcome contains TEXT" },
      {
        name: "long",
        short: "l",
        help: "also show arguments, mode, size of the log, and when the run was realized",
      },
      { name: "keep", value: "N", least: 1, help: "gc: also remove finished runs but the last N" },
    ],
    examples: [
      { line: "dustrun runs --last 10", does: "lists the last ten runs" },
      {
        line: "dustrun runs --long --outcome inadmissible",
        does: "lists the runs that were refused, with their arguments",
      },
      {
        line: "dustrun runs rm 17",
        does: "removes run 17, and records that; its number stays taken",
      },
      {
        line: "dustrun runs gc --keep 100",
        does: "removes what crashes left behind, and all finished runs but the last hundred",
      },
    ],
  },
  ...NOTE_COMMANDS,
  ...SCHEDULE_COMMANDS,
  ...EXISTENCE_COMMANDS,
  ...JUDGE_COMMANDS,
  explain: {
    name: "explain",
    summary: "Explain the rule of a diagnostic code, or the outcome of a logged run",
    operands: "CODE|LOG",
    operandCount: { least: 1, most: 1 },
    operandOffers: "runs and codes",
    options: [STORE_OPTION],
    examples: [
      {
        line: "dustrun explain DR0401",
        does: "prints the rule, the kind of failure, and the section of the specification",
      },
      {
        line: "dustrun explain @",
        does:
          "explains why the last run does not exist: conflicting constraints, resource, contract",
      },
    ],
  },
  completions: {
    name: "completions",
    summary: "Print a completion script for bash, zsh or fish, or the manual page",
    operands: "bash|zsh|fish|man|offer WORD…",
    operandCount: { least: 1 },
    options: [],
    examples: [
      {
        line: "dustrun completions offer -- state ''",
        does: "prints what the scripts offer next: here runs, elsewhere processes and arguments",
      },
      {
        line: 'eval "$(dustrun completions bash)"',
        does: "enables completion in the running bash",
      },
      { line: "dustrun completions man > dustrun.1", does: "writes the manual page" },
    ],
  },
} as const satisfies { readonly [name: string]: CommandSpec };

/** The name of a command. */
export type CommandName = keyof typeof SPECS;

/** The parsed command line of a command, with the options of every command. */
export type ArgumentsOf<Name extends CommandName> =
  & ParsedArguments<(typeof SPECS)[Name]>
  & CommonOptions;

/** The entries of the table, in order. */
export const COMMANDS: readonly CommandSpec[] = Object.values(SPECS);

/** Whether a word is the name of a command. */
export function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(SPECS, word);
}
