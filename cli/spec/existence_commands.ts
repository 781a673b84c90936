/**
 * The commands about the existence of Φ processes: their part of the command table.
 *
 * @module
 */
import type { CommandSpec } from "./command_spec.ts";
import { PROGRAM_OPTIONS, STORE_OPTION } from "./options.ts";

/** `solve` and `check-certificate`, for the table. */
export const EXISTENCE_COMMANDS = {
  solve: {
    name: "solve",
    summary:
      "Ask about the configurations of a Φ process: the best one, the first ones, what conflicts, what to drop",
    operands: "PROGRAM",
    operandCount: { least: 1, most: 1 },
    options: [
      {
        name: "least",
        value: "EXPR",
        help:
          "find a configuration with the least value of an integer expression over the parameters",
      },
      { name: "greatest", value: "EXPR", help: "find one with the greatest value" },
      {
        name: "all",
        value: "N",
        least: 1,
        help: "list the first N configurations in canonical order (default 1)",
      },
      {
        name: "conflicts",
        value: "N",
        least: 1,
        help: "list up to N minimal sets of statements that exclude one another",
      },
      {
        name: "relax",
        help: "find the fewest statements without which a configuration exists",
      },
      { name: "table", help: "print configurations as a table" },
      ...PROGRAM_OPTIONS,
    ],
    examples: [
      {
        line:
          'dustrun solve fixtures/tour/schedule.dir.json -e schedule --arg latest=20 --greatest "shift.hours"',
        does: "finds the longest shift; when interrupted, prints the best one found so far",
      },
      {
        line: "dustrun solve fixtures/tour/schedule.dir.json -e schedule --arg latest=14 --relax",
        does: "names the fewest statements that would have to go",
      },
    ],
  },
  "check-certificate": {
    name: "check-certificate",
    summary:
      "Check the proof that a Φ process has no configuration, with a checker that shares no code with the solver",
    operands: "LOG|FILE [PROGRAM]",
    operandCount: { least: 1, most: 2 },
    operandOffers: "runs",
    options: [...PROGRAM_OPTIONS, STORE_OPTION],
    examples: [
      {
        line: "dustrun check-certificate @",
        does: "finds the proof again whose digest the log of the last run has, and checks it",
      },
      {
        line:
          "dustrun check-certificate s.cert fixtures/tour/schedule.dir.json -e schedule --arg latest=14",
        does: "checks a file, written by export, and whether it is about this program",
      },
    ],
  },
} as const satisfies { readonly [name: string]: CommandSpec };
