/**
 * The commands that read logs: their part of the command table.
 *
 * @module
 */
import type { CommandSpec, OptionSpec } from "./command_spec.ts";
import { PROGRAM_OPTIONS, SEED_OPTION, STORE_OPTION } from "./options.ts";

const CONTEXT_OPTION = {
  name: "context",
  short: "k",
  value: "K",
  least: 0,
  help: "events to show before the first difference (default 3)",
} as const satisfies OptionSpec;

/** `replay`, `diff`, `state`, `step` and `export`, for the table. */
export const HISTORY_COMMANDS = {
  replay: {
    name: "replay",
    summary: "Execute again what a log or a summary trace records, and compare event by event",
    operands: "TRACE [PROGRAM]",
    operandCount: { least: 1, most: 2 },
    operandOffers: "runs",
    options: [CONTEXT_OPTION, ...PROGRAM_OPTIONS, SEED_OPTION, STORE_OPTION],
    examples: [
      { line: "dustrun replay @", does: "replays the last run of the store from its own log" },
      {
        line: "dustrun replay @ fixtures/programs/hello/program.dir.json",
        does: "executes this program instead of the one inside the log",
      },
      {
        line:
          "dustrun --replay fixtures/programs/hello/trace.json fixtures/programs/hello/program.dir.json",
        does: "replays a summary trace, which has no program inside",
      },
    ],
  },
  diff: {
    name: "diff",
    summary: "Compare two logs or summary traces: the first difference, and what differs",
    operands: "A B",
    operandCount: { least: 2, most: 2 },
    operandOffers: "runs",
    options: [
      {
        name: "level",
        value: "LEVEL",
        choices: ["observational", "trace", "bytes"],
        help: "status, value and effects (default); every event; every byte",
      },
      {
        name: "ignore",
        value: "WORD",
        multiple: true,
        help: "an event kind, a field or a process to ignore (or kind:…, field:…, proc:…)",
      },
      CONTEXT_OPTION,
      {
        name: "limit",
        value: "N",
        least: 1,
        help: "differences to show (default 20); all are counted",
      },
      {
        name: "full",
        help: "verify large logs first, and compare every byte even if checkpoints are equal",
      },
      {
        name: "view",
        value: "VIEW",
        choices: ["unified", "side"],
        help: "one above the other, or side by side (default on a terminal of 120 columns)",
      },
      STORE_OPTION,
    ],
    examples: [
      {
        line: "dustrun diff @1 @",
        does: "reports whether the last two runs are observably different",
      },
      {
        line: "dustrun diff --level trace --ignore ticks @1 @",
        does: "compares every event, but not when it happened",
      },
    ],
  },
  state: {
    name: "state",
    summary:
      "Show the machine's state after any event: frames, bindings, resources, constraints, effects",
    operands: "LOG",
    operandCount: { least: 1, most: 1 },
    operandOffers: "runs",
    options: [{
      name: "at",
      value: "POSITION",
      help: "an event's number, tick:N, effect:N, proc:NAME (its first entry) or end (default)",
    }, STORE_OPTION],
    examples: [
      {
        line: "dustrun state @ --at 500",
        does: "shows the state of the last run after event 500",
      },
      {
        line: "dustrun state @ --at effect:2 --json",
        does: "shows the state after its third effect, as JSON",
      },
    ],
  },
  step: {
    name: "step",
    summary: "Step through a run in the terminal, event by event, forwards and backwards",
    operands: "LOG",
    operandCount: { least: 1, most: 1 },
    operandOffers: "runs",
    options: [{
      name: "at",
      value: "POSITION",
      help: "where to begin: as for state (default the first event)",
    }, STORE_OPTION],
    examples: [{
      line: "dustrun step @ --at effect:0",
      does: "begins after the first effect; n and p step forwards and back, ? lists the keys",
    }],
  },
  export: {
    name: "export",
    summary: "Write a log in another form to standard output, also while it is being written",
    operands: "LOG",
    operandCount: { least: 1, most: 1 },
    operandOffers: "runs",
    options: [
      {
        name: "format",
        value: "FORMAT",
        choices: ["events", "dustviz", "dustviz-constraints", "trace", "csv", "certificate"],
        help:
          "events (default), the trace or the constraints for dustviz, the summary trace, effects as CSV, or the proof of non-existence",
      },
      { name: "follow", help: "continue until the run is finished" },
      STORE_OPTION,
    ],
    examples: [
      {
        line: "dustrun export @ --format dustviz > run.trace.jsonl",
        does: "writes a trace for dustviz",
      },
      {
        line: "dustrun export @ --format dustviz-constraints > constraints.json",
        does: "writes the constraints that such a trace names",
      },
      {
        line: "dustrun export @ --format csv --follow",
        does: "prints the effects of a running program as they occur",
      },
      {
        line: "dustrun export @ --format certificate > s.cert",
        does: "writes the proof that the last run's Φ process has no configuration",
      },
    ],
  },
} as const satisfies { readonly [name: string]: CommandSpec };
