/**
 * A property of logs, checked on the programs of many seeds.
 *
 * @module
 */
import type { Execution } from "../mod.ts";
import type { GeneratedCase } from "./artifact.ts";
import type { Executor } from "./judge.ts";
import { pathOf } from "./log_frames.ts";
import type { LogFindings } from "./log_properties.ts";

/** What to check. */
export interface LogCheckOptions {
  /** The first seed, and the number of seeds. */
  readonly first: number;
  readonly count: number;
  /** The program of a seed. */
  readonly generate: (seed: number) => GeneratedCase;
  /** The executor under test. */
  readonly execute: Executor;
  /** The property of its logs. */
  readonly property: (text: string, execution: Execution) => LogFindings;
  /** After this many programs with violations the check stops (default 5). */
  readonly foundMax?: number;
}

/** The result of a check. */
export interface LogCheck {
  /** How many programs were executed. */
  readonly programs: number;
  /** The violations, each with its seed. */
  readonly found: readonly string[];
  /** How many constraints were evaluated again, and how many have forms that the second evaluator does not know. */
  readonly evaluated: number;
  readonly unknown: number;
  /** How many constraints were executed at a return that control had not reached. */
  readonly executedAtExit: number;
}

/** Checks a property on the programs of `count` seeds, from `first` on. */
export function checkLogs(options: LogCheckOptions): LogCheck {
  const { first, count, generate, execute, property, foundMax = 5 } = options;
  const found: string[] = [];
  let programs = 0, failing = 0, evaluated = 0, unknown = 0, executedAtExit = 0;
  while (programs < count && failing < foundMax) {
    const { seed, text, input } = generate(first + programs++);
    const execution = execute(text, input);
    const findings = property(text, execution);
    evaluated += findings.evaluated;
    unknown += findings.unknown;
    executedAtExit += countExecutedAtExit(execution);
    if (findings.violations.length > 0) failing++;
    for (const violation of findings.violations) found.push(`seed ${seed}: ${violation}`);
  }
  return { programs, found, evaluated, unknown, executedAtExit };
}

/** The result as text: the counts, and each violation. */
export function renderLogCheck(check: LogCheck): string {
  const { programs, found, evaluated, unknown, executedAtExit } = check;
  const counts =
    `${programs} programs, ${evaluated} constraints evaluated again, ${unknown} unknown`;
  return [`${counts}, ${executedAtExit} executed at a return`, ...found].join("\n");
}

/** Constraints of a body that are executed straight after a statement of an inner block, and others of the body between them. */
function countExecutedAtExit({ events }: Execution): number {
  let count = 0, at = "";
  for (const event of events) {
    if (event.kind === "stmt") at = pathOf(event.at);
    if (event.kind === "enter_proc" || event.kind === "leave_proc") at = "";
    if (event.kind !== "constraint_added") continue;
    const path = pathOf(event.at);
    if (path.includes(".") || !at.includes(".")) continue;
    if (indexIn(path) > indexIn(at) + 1) count++;
  }
  return count;
}

/** The index of the statement in the body. */
function indexIn(path: string): number {
  return Number(/^body\[(\d+)\]/.exec(path)?.[1]);
}
