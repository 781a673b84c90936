/**
 * The output of the upstream command line for a run under `--semantics host-0.1`.
 *
 * @module
 */
import {
  type Host01Flags,
  type Host01Output,
  renderHost01 as renderAsHost01,
} from "../../dvm/host01/output.ts";
import { wireToValue } from "../../dvm/value/wire_object.ts";
import type { Execution } from "./execution_form.ts";

/** The output of the upstream command line for a run under `--semantics host-0.1`, and its exit code. */
export function renderHost01(execution: Execution, flags: Host01Flags): Host01Output {
  const { outcome, effects, ticks } = execution;
  const returned = outcome.returned === undefined ? undefined : wireToValue(outcome.returned);
  return renderAsHost01({ outcome: { returned, error: outcome.error }, effects, ticks }, flags);
}
