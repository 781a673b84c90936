/**
 * The output of the upstream command line for a run, and its exit code: 3 if the artifact cannot be loaded, 10 for every other
 * failure. (Exit 2 is a file that cannot be read and 4 a bug; in neither case is there an execution.)
 *
 * @module
 */
import { type Summarized, summaryTrace } from "../event/summary_trace.ts";
import { renderHostError } from "./failure.ts";
import { showHostValue } from "./value.ts";

/** The flags of the upstream command line that affect its output. `--trace` does not. */
export interface Host01Flags {
  /** `-e`, `--entry`; default: `main`. */
  readonly entry?: string;
  /** `--effects`; default: `simulate`. */
  readonly effects?: "simulate" | "realize";
  /** `--emit-trace`: only the summary trace, for a run that succeeds. */
  readonly emitTrace?: boolean;
  /** `--quiet`: nothing except a requested trace and a load failure. */
  readonly quiet?: boolean;
}

/** The output and the exit code of a command. Texts are empty or end with a newline. */
export interface Host01Output {
  /** What goes to standard output. */
  readonly stdout: string;
  /** What goes to standard error. */
  readonly stderr: string;
  /** The exit code: 0 for success, 3 for an artifact that cannot be loaded, 10 for any other failure. */
  readonly exit: 0 | 3 | 10;
}

/** The output of the upstream command line for this run. */
export function renderHost01(execution: Summarized, flags: Host01Flags = {}): Host01Output {
  const { error } = execution.outcome;
  if (error !== undefined) {
    const text = renderHostError(error.kind, error.message);
    // Upstream prefixes a load error twice, and prints it even with --quiet.
    if (error.kind === "DirLoad") {
      return { stdout: "", stderr: `dustrun: DIR load error: ${text}\n`, exit: 3 };
    }
    return { stdout: "", stderr: flags.quiet === true ? "" : `dustrun: ${text}\n`, exit: 10 };
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

/** The summary trace as upstream prints it: indented by two spaces, empty arrays and objects on one line. */
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
