/**
 * What the upstream command line prints for a run, and its exit code: 3 when the artifact could not be loaded, 10 for every
 * other failure. (2 is for a file that cannot be read and 4 for a bug; neither is an execution.)
 *
 * @module
 */
import { type Summarized, summaryTrace } from "../event/summary_trace.ts";
import { renderHostError } from "./failure.ts";
import { showHostValue } from "./value.ts";

/** The flags of the upstream command line that show in its output. `--trace` shows nothing there. */
export interface Host01Flags {
  /** `-e`, `--entry`; `main` unless given. */
  readonly entry?: string;
  /** `--effects`; `simulate` unless given. */
  readonly effects?: "simulate" | "realize";
  /** `--emit-trace`: the summary trace, of a run that succeeded, and nothing else. */
  readonly emitTrace?: boolean;
  /** `--quiet`: nothing, apart from a trace asked for and a load failure. */
  readonly quiet?: boolean;
}

/** What a command writes, and its exit code. Texts are empty or end with a newline. */
export interface Host01Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: 0 | 3 | 10;
}

/** The output of the upstream command line for this run. */
export function renderHost01(execution: Summarized, flags: Host01Flags = {}): Host01Output {
  const { error } = execution.outcome;
  if (error !== undefined) {
    const told = renderHostError(error.kind, error.message);
    // Its command line introduces a load error that introduces itself already, and does so even under --quiet.
    if (error.kind === "DirLoad") {
      return { stdout: "", stderr: `dustrun: DIR load error: ${told}\n`, exit: 3 };
    }
    return { stdout: "", stderr: flags.quiet === true ? "" : `dustrun: ${told}\n`, exit: 10 };
  }
  if (flags.emitTrace === true) {
    return { stdout: `${renderHost01Trace(execution)}\n`, stderr: "", exit: 0 };
  }
  return {
    stdout: flags.quiet === true ? "" : renderSuccess(execution, flags),
    stderr: "",
    exit: 0,
  };
}

/** The summary trace as upstream writes it: pretty-printed with two spaces, empty arrays and objects closed at once. */
export function renderHost01Trace(execution: Summarized): string {
  return JSON.stringify(summaryTrace(execution), undefined, 2);
}

function renderSuccess(execution: Summarized, flags: Host01Flags): string {
  const { outcome, effects, ticks } = execution;
  const { returned } = outcome;
  const lines = [`return: ${returned === undefined ? "<none>" : showHostValue(returned)}`];
  if (effects.length === 0) lines.push("effects: <none>");
  else lines.push("effects:");
  for (const [index, { kind, payload }] of effects.entries()) {
    lines.push(`  ${index + 1}. ${kind} ${payload}`);
  }
  lines.push(
    `time.ticks: ${ticks}`,
    `effect_mode: ${flags.effects ?? "simulate"}`,
    `entry: ${flags.entry ?? "main"}`,
  );
  return `${lines.join("\n")}\n`;
}
