/**
 * A finished run as people read it, and as programs do.
 *
 * @module
 */
import { encodeWireValue, type Execution } from "../mod.ts";

/** Status, value, effects and ticks of a run that succeeded. */
export function renderReport({ outcome, effects, ticks }: Execution): string {
  const returned = outcome.returned === undefined ? "nothing" : encodeWireValue(outcome.returned);
  const lines = [
    `status:   ${outcome.status}`,
    `returned: ${returned}`,
    `effects:  ${effects.length === 0 ? "none" : effects.length}`,
    ...effects.map(({ kind, payload }, index) => `  ${index}  ${kind.padEnd(7)}  ${payload}`),
    `ticks:    ${ticks}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** The same, and what went wrong, as one JSON line. */
export function reportToJson({ outcome, effects, ticks, diagnostics }: Execution): string {
  return `${encodeWireValue({ outcome, effects, ticks, diagnostics })}\n`;
}
