/**
 * The forms of commands: what operands and some options ask for, and the options that are then without use. Such an option is
 * refused, so that none is silently ignored.
 *
 * @module
 */
import { type CommandSpec, isGiven } from "./command_spec.ts";
import { Fault } from "../host/fault.ts";

/** One form of a command. */
export interface CommandForm {
  /** Its words, as a message names it: `runs gc`. */
  readonly name: string;
  /** Words that have this form, without the options that it does not use. */
  readonly example: readonly string[];
  /** Whether a command line has this form. */
  readonly is: (given: GivenWords) => boolean;
  /** The names of the options without use. */
  readonly unused: readonly string[];
}

/** A parsed command line, as far as forms depend on it. */
interface GivenWords {
  readonly operands: readonly string[];
  readonly all?: number | undefined;
  readonly simulate?: boolean;
  readonly effects?: string | undefined;
  readonly ledger?: string | undefined;
  readonly list?: boolean;
  readonly bless?: boolean;
  readonly json?: boolean;
}

const OF_LEDGER = ["--ledger", "seals.jsonl"];

function hasLog({ operands }: GivenWords): boolean {
  return operands.length > 0;
}

function isOfLedger({ ledger }: GivenWords): boolean {
  return ledger !== undefined;
}

/** The forms with options that they do not use, by command. A command line may have several of them. */
export const COMMAND_FORMS: { readonly [command: string]: readonly CommandForm[] } = {
  run: [
    {
      name: "run --all, which executes nothing,",
      example: ["--all", "1", "program.json"],
      is: ({ all }) => all !== undefined,
      unused: [
        ...["simulate", "effects", "emit-trace", "trace", "log"],
        ...["realize", "group", "no-wait", "allow-sink"],
      ],
    },
    {
      name: "run --simulate, which realizes nothing,",
      example: ["--simulate", "program.json"],
      is: ({ simulate, effects }) => simulate === true || effects === "simulate",
      unused: ["realize", "group", "no-wait", "allow-sink"],
    },
  ],
  audit: [
    {
      name: "audit LOG",
      example: ["@"],
      is: ({ operands }) => operands.length > 0,
      unused: ["since"],
    },
    {
      name: "audit without LOG, which prints a line for each run,",
      example: [],
      is: ({ operands, json }) => operands.length === 0 && json !== true,
      unused: ["resource"],
    },
  ],
  runs: [
    {
      name: "runs without rm or gc",
      example: [],
      is: ({ operands }) => operands.length === 0,
      unused: ["keep"],
    },
    {
      name: "runs rm",
      example: ["rm", "17"],
      is: ({ operands: [action] }) => action === "rm",
      unused: ["last", "keep"],
    },
    {
      name: "runs gc",
      example: ["gc"],
      is: ({ operands: [action] }) => action === "gc",
      unused: ["last"],
    },
  ],
  verify: [
    { name: "verify LOG", example: ["@"], is: hasLog, unused: ["ledger"] },
    { name: "verify --ledger", example: OF_LEDGER, is: isOfLedger, unused: ["store"] },
  ],
  checkpoint: [
    { name: "checkpoint LOG", example: ["@"], is: hasLog, unused: ["ledger"] },
    { name: "checkpoint --ledger", example: OF_LEDGER, is: isOfLedger, unused: ["store"] },
  ],
  prove: [
    {
      name: "prove LOG",
      example: ["@"],
      is: hasLog,
      unused: ["run", "since", "ledger", "entry"],
    },
    {
      name: "prove --ledger",
      example: OF_LEDGER,
      is: isOfLedger,
      unused: ["event", "run", "store"],
    },
    {
      name: "prove without LOG, which is about the store,",
      example: [],
      is: ({ operands, ledger }) => operands.length === 0 && ledger === undefined,
      unused: ["event", "entry"],
    },
  ],
  conformance: [
    {
      name: "conformance --list, which runs nothing,",
      example: ["--list", "suite"],
      is: ({ list }) => list === true,
      unused: ["jobs", "traces", "junit", "format", "tap", "bless", "require-all"],
    },
    {
      name: "conformance --bless",
      example: ["--bless", "suite"],
      is: ({ bless }) => bless === true,
      unused: ["traces", "junit", "format", "tap", "require-all"],
    },
  ],
  solve: [{
    name: "solve --json",
    example: ["--json", "program.json"],
    is: ({ json }) => json === true,
    unused: ["table"],
  }],
  diff: [{
    name: "diff --json",
    example: ["--json", "@1", "@"],
    is: ({ json }) => json === true,
    unused: ["view"],
  }],
};

/** Refuses an option that the form of a command line does not use. */
export function refuseUnused(spec: CommandSpec, given: GivenWords): void {
  for (const form of COMMAND_FORMS[spec.name] ?? []) {
    if (!form.is(given)) continue;
    const option = spec.options.find((each) =>
      form.unused.includes(each.name) && isGiven(given, each)
    );
    if (option === undefined) continue;
    throw new Fault({
      code: "DR1303",
      message: `${form.name} does not use it`,
      place: `--${option.name}`,
      help: `leave it out; dustrun ${spec.name} --help shows what it is for`,
    });
  }
}
