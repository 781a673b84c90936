/**
 * A finished run as text and as JSON.
 *
 * @module
 */
import type { RealizationResult } from "../../api/realize.ts";
import type { Execution } from "../../api/record.ts";
import { renderWireValue } from "../../api/notation.ts";
import type { Places } from "../../api/places.ts";
import { encodeWireValue, type WireEvent } from "../../api/values.ts";
import { countOf } from "../text/count.ts";
import { type Shown, shownJson, shownLines } from "../text/shown.ts";

/** Status, value, effects and ticks of a run that succeeded. */
export function renderReport({ outcome, effects, ticks }: Execution): Shown {
  const lines = [
    `status:   ${outcome.status}`,
    `returned: ${renderReturned(outcome)}`,
    `effects:  ${effects.length === 0 ? "none" : effects.length}`,
    ...effects.map(({ kind, value }, index) =>
      `  ${index}  ${kind.padEnd(7)}  ${renderWireValue(value)}`
    ),
    `ticks:    ${ticks}`,
  ];
  return shownLines(lines);
}

/** Where a run was recorded, and the result of its realization. */
export interface Recorded {
  /** The name of the log in messages. */
  readonly log: string;
  readonly realized: RealizationResult | undefined;
}

/** The same in one line, for a run whose standard output holds what the program emits. */
export function renderSummary(
  { outcome, ticks }: Execution,
  { log, realized }: Recorded,
): Shown {
  const performed = realized?.performed ?? 0;
  const parts = [
    `returned ${renderReturned(outcome)}`,
    `${countOf(performed, "effect")} realized`,
    countOf(ticks, "tick"),
    log,
  ];
  return shownLines([parts.join("; ")]);
}

function renderReturned({ returned }: Execution["outcome"]): string {
  return returned === undefined ? "nothing" : renderWireValue(returned);
}

/** The results of Φ processes: verdict, configuration or conflict, and the witnesses; empty without any. */
export function renderExistence(events: readonly WireEvent[], places: Places): Shown {
  const lines = events.flatMap((event) => {
    switch (event.kind) {
      case "phi_resolved": {
        const { proc, verdict, configuration, conflict } = event;
        const found = Object.entries(configuration ?? {});
        return [
          `${proc}: ${verdict}`,
          ...found.map(([name, value]) => `  ${name} = ${renderWireValue(value)}`),
          ...(conflict ?? []).map((path) => `  conflict: ${places.within(proc, path)}`),
        ];
      }
      case "witness":
        return [`  witness ${event.name}: ${renderWireValue(event.value)}`];
      default:
        return [];
    }
  });
  return shownLines(lines);
}

/** The whole execution with its diagnostics, as one line of JSON. */
export function reportToJson(
  { outcome, effects, ticks, diagnostics }: Execution,
  { log, realized }: Recorded,
): Shown {
  const realization = realized === undefined ? {} : { realization: realized };
  return shownJson(
    encodeWireValue({ outcome, effects, ticks, diagnostics, log, ...realization }),
  );
}
