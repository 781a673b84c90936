/**
 * The commands about the existence of Φ processes: their part of the command table.
 *
 * @module
 */
import type { CommandSpec } from "./command_spec.ts";
import { PROGRAM_OPTIONS, STORE_OPTION } from "./options.ts";

/** `check-certificate`, for the table. */
export const EXISTENCE_COMMANDS = {
  "check-certificate": {
    name: "check-certificate",
    summary:
      "Check the proof that a Φ process has no configuration, with a checker that shares no code with the solver",
    operands: "LOG|FILE [PROGRAM]",
    operandCount: { least: 1, most: 2 },
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
