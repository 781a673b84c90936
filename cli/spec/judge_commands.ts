/**
 * The commands that judge executors: dustrun by its fixtures, and others by dustrun.
 *
 * @module
 */
import type { CommandSpec } from "./command_spec.ts";
import { FINDINGS_OPTION, PROGRAM_OPTIONS, SEED_OPTION } from "./options.ts";

/** `conformance` and `equiv`, for the table. */
export const JUDGE_COMMANDS = {
  conformance: {
    name: "conformance",
    summary: "Run fixtures and compare with what they expect, or judge another backend's traces",
    operands: "PATH…",
    operandCount: { least: 1 },
    options: [
      {
        name: "semantics",
        value: "NAME",
        choices: ["spec", "host-0.1"],
        help:
          "semantics of fixtures that name none (default: host-0.1 for upstream's form, else spec)",
      },
      {
        name: "filter",
        value: "TEXT",
        help: "only cases whose name contains TEXT, or that belong to the clause TEXT",
      },
      {
        name: "shard",
        value: "I/N",
        help: "only the I-th of N parts; the split is always the same",
      },
      {
        name: "jobs",
        value: "N",
        least: 1,
        help: "spread the cases over N workers (default 1: pays from some thousand cases on)",
      },
      {
        name: "traces",
        value: "FOLDER",
        help: "judge the traces that another backend wrote to FOLDER, one file per case",
      },
      { name: "require-all", help: "fail also if a case is skipped (exit 1)" },
      { name: "list", help: "print the cases as JSON lines for a backend to run, and run nothing" },
      { name: "junit", value: "FILE", help: "also write the report as JUnit XML" },
      FINDINGS_OPTION,
      { name: "tap", help: "report in the Test Anything Protocol" },
      { name: "bless", help: "rewrite the golden traces and list those that changed" },
    ],
    examples: [
      {
        line: "dustrun conformance fixtures/conformance",
        does: "runs the conformance suite of this project",
      },
      {
        line: "dustrun conformance --filter CON-06 fixtures/conformance",
        does: "runs the cases of one clause",
      },
    ],
  },
  equiv: {
    name: "equiv",
    summary: "Judge another executor's trace or log against the reference execution",
    operands: "PROGRAM",
    operandCount: { least: 1, most: 1 },
    options: [
      { name: "against", value: "TRACE", help: "its summary trace or event log (- for stdin)" },
      ...PROGRAM_OPTIONS,
      SEED_OPTION,
    ],
    examples: [{
      line:
        "dustrun equiv fixtures/programs/hello/program.dir.json --against fixtures/programs/hello/trace.json",
      does: "reports whether the trace is equivalent, and if not, which clauses it violates",
    }],
  },
} as const satisfies { readonly [name: string]: CommandSpec };
