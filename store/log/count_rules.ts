/**
 * The rules about what events count and repeat: effects count from 0 and constraints from C1, the payload of an effect is its value as
 * text, and the outcome has the totals.
 *
 * @module
 */
import type { Event, OutcomeEvent, RunStarted } from "../../dvm/event/event.ts";
import type { Value } from "../../dvm/value/value.ts";
import { renderPayload } from "../../dvm/value/wire_text.ts";
import type { LogCounts } from "./log_tally.ts";

/** Why an event has another number than the lines before it give, if it has. */
export function miscounted(
  event: Event,
  before: LogCounts,
  header: RunStarted,
): string | undefined {
  switch (event.kind) {
    case "effect":
      if (event.index !== before.effects) {
        return `the effect has index ${event.index}, expected ${before.effects}`;
      }
      return event.payload === payloadOf(event.value, header)
        ? undefined
        : "the payload of the effect is not its value as text";
    case "constraint_added": {
      const id = `C${before.constraints + 1}`;
      return event.id === id ? undefined : `the constraint is ${event.id}, expected ${id}`;
    }
    case "constraint_held":
    case "constraint_failed":
      return isAdded(event.id, before.constraints)
        ? undefined
        : `no constraint ${event.id} was added`;
    case "outcome":
      return misreported(event, before, header);
    default:
      return undefined;
  }
}

/** The text of a value. The upstream executor writes Unit in another way. */
function payloadOf(value: Value, { semantics }: RunStarted): string {
  return semantics === "host-0.1" && value.kind === "Unit" ? "unit" : renderPayload(value);
}

function isAdded(id: string, constraints: number): boolean {
  const [, digits] = /^C([1-9][0-9]*)$/.exec(id) ?? [];
  return digits !== undefined && Number(digits) <= constraints;
}

/** What an outcome counts otherwise than the lines before it give. The upstream executor reports neither effects nor time after most failures, and neither does its outcome. */
function misreported(
  { error, ticks, effects }: OutcomeEvent,
  before: LogCounts,
  { semantics }: RunStarted,
): string | undefined {
  const isReset = semantics === "host-0.1" && error !== undefined && ticks === 0 && effects === 0;
  if (isReset || (ticks === before.tick && effects === before.effects)) return undefined;
  return `the outcome reports ${ticks} ticks and ${effects} effects; ` +
    `there are ${before.tick} and ${before.effects}`;
}
