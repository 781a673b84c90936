/**
 * Options that several commands share, once.
 *
 * @module
 */
import type { OptionsOf, OptionSpec } from "./command_spec.ts";

/** The options of every command. */
export const COMMON_OPTIONS = [
  { name: "help", short: "h", help: "show this help" },
  { name: "json", help: "print the result and messages as JSON" },
  { name: "quiet", short: "q", help: "print the result only, without messages" },
  {
    name: "color",
    value: "WHEN",
    choices: ["auto", "always", "never"],
    help: "colour the output: on a terminal (default), always or never",
  },
] as const satisfies readonly OptionSpec[];

/** The options of every command, parsed. */
export type CommonOptions = OptionsOf<typeof COMMON_OPTIONS>;

/** Which program runs, with which input. */
export const PROGRAM_OPTIONS = [
  {
    name: "entry",
    short: "e",
    value: "NAME",
    offers: "processes",
    help: "process to run: name, regime::name or forge::regime::name (default main)",
  },
  {
    name: "arg",
    value: "NAME=VALUE",
    multiple: true,
    offers: "parameters",
    help: "an argument as plain JSON, or as text for a string parameter",
  },
  { name: "args", value: "FILE", help: "arguments as one JSON object" },
  { name: "link", value: "FILE", multiple: true, help: "a further DIR artifact of the program" },
  {
    name: "semantics",
    value: "NAME",
    choices: ["spec", "host-0.1"],
    help: "the specified language (spec, default) or the upstream executor as it behaves",
  },
  {
    name: "env",
    value: "FILE",
    help: "environment manifest (default dustrun.jsonc, here or above, if there is one)",
  },
  { name: "max-ticks", value: "N", least: 1, help: "fail with Runtime after N ticks" },
  { name: "max-depth", value: "N", least: 1, help: "maximum depth of nested calls" },
  { name: "max-work", value: "N", least: 1, help: "maximum solver steps for one resolution" },
] as const satisfies readonly OptionSpec[];

/** The options of a program, parsed. */
export type ProgramOptions = OptionsOf<typeof PROGRAM_OPTIONS>;

/** The order of threads. */
export const SEED_OPTION = {
  name: "seed",
  value: "N",
  least: 0,
  help: "the seed of the scheduler of threads; without one they take turns",
} as const satisfies OptionSpec;

/** Where effects go. */
export const REALIZE_OPTION = {
  name: "realize",
  value: "KIND=REALIZER",
  multiple: true,
  help:
    "where emit, observe or seal goes: stdout, stderr, file:PATH, ledger:PATH or log (default emit=stdout, observe=log, seal to the store's ledger)",
} as const satisfies OptionSpec;

/** How many effects are realized together. */
export const GROUP_OPTION = {
  name: "group",
  value: "N",
  least: 1,
  help: "log, perform and confirm up to N effects together (default 1)",
} as const satisfies OptionSpec;

/** What to do while another run writes to a sink. */
export const LOCK_OPTION = {
  name: "no-wait",
  help: "refuse a sink that another run is writing to, instead of waiting for it",
} as const satisfies OptionSpec;

/** What to do while another run writes to a sink, parsed. */
export type LockOption = OptionsOf<readonly [typeof LOCK_OPTION]>;

/** Which files may be written to although only a manifest or a log names them. */
export const CONSENT_OPTION = {
  name: "allow-sink",
  value: "PATH",
  multiple: true,
  help: "a file that may be written to, although only the manifest or the log names it",
} as const satisfies OptionSpec;

/** Which files may be written to, parsed. */
export type ConsentOption = OptionsOf<readonly [typeof CONSENT_OPTION]>;

/** Where the log of a new run goes. */
export const LOG_OPTION = {
  name: "log",
  value: "FILE",
  help: "write the log to FILE (- for stdout) instead of the store",
} as const satisfies OptionSpec;

/** Whether a log that says what was done may be lost. */
export const FORCE_OPTION = {
  name: "force",
  help: "let --log replace the log of a run whose effects were realized",
} as const satisfies OptionSpec;

/** Findings in a form for programs. */
export const FINDINGS_OPTION = {
  name: "format",
  value: "FORMAT",
  choices: ["text", "sarif", "github", "jsonl"],
  help: "text (default), SARIF 2.1.0, GitHub annotations, or one JSON object per finding",
} as const satisfies OptionSpec;

/** Where logs are. */
export const STORE_OPTION = {
  name: "store",
  value: "FOLDER",
  help: "folder of the runs (default .dustrun, here or above)",
} as const satisfies OptionSpec;

/** The store, parsed. */
export type StoreOption = OptionsOf<readonly [typeof STORE_OPTION]>;
