/**
 * The command about the schedules of threads: its part of the command table.
 *
 * @module
 */
import type { CommandSpec } from "./command_spec.ts";
import { PROGRAM_OPTIONS, STORE_OPTION } from "./options.ts";

/** `explore`, for the table. */
export const SCHEDULE_COMMANDS = {
  explore: {
    name: "explore",
    summary:
      "Execute a program with threads in every schedule: is the outcome the same in all, and if not, which fail and how",
    operands: "PROGRAM",
    operandCount: { least: 1, most: 1 },
    options: [
      {
        name: "max-schedules",
        value: "N",
        least: 1,
        help: "stop after N schedules (default 10000)",
      },
      {
        name: "seeds",
        value: "N",
        least: 1,
        help: "only a sample: the schedules that the scheduler chooses for the seeds 0 to N - 1",
      },
      {
        name: "logs",
        value: "N",
        least: 0,
        help: "write the log of the first schedule of up to N kinds of outcomes (default 10)",
      },
      ...PROGRAM_OPTIONS,
      STORE_OPTION,
    ],
    examples: [
      {
        line: "dustrun explore fixtures/programs/threads_counter/program.dir.json",
        does: "lists what its schedules do: the total is always the same, the effects are not",
      },
      {
        line: "dustrun explore fixtures/programs/threads_deadlock/program.dir.json",
        does: "finds the schedules that end in deadlock, and writes the log of the first",
      },
    ],
  },
} as const satisfies { readonly [name: string]: CommandSpec };
