/**
 * Exports events one by one in other formats: `*.trace.jsonl` for dustviz, and effects as CSV.
 *
 * @module
 */
import { type EffectEvent, type Event, isMachineEvent } from "../../../dvm/event/event.ts";
import { unreachable } from "../../../dvm/base/result.ts";
import { encodeValue } from "../../../dvm/value/wire_text.ts";
import { encodeLine } from "../../codec/encode_event.ts";

/** Export formats. `events` is the format of the log, without the events that the store adds. */
export const EVENT_FORMATS = ["events", "dustviz", "csv"] as const;
/** One of the export formats. */
export type EventFormat = (typeof EVENT_FORMATS)[number];

/** The text before the first event. */
export function exportHead(format: EventFormat): string {
  return format === "csv" ? "index,tick,kind,proc,at,payload,value\n" : "";
}

/** An event in a format, as whole lines; empty if the format has nothing for it. */
export function exportEvent(format: EventFormat, event: Event): string {
  switch (format) {
    case "events":
      return isMachineEvent(event) ? `${encodeLine(event)}\n` : "";
    case "dustviz":
      return dustvizLine(event);
    case "csv":
      return event.kind === "effect" ? csvLine(event) : "";
    default:
      return unreachable(format);
  }
}

/**
 * dustviz reads four kinds of events with exactly these members. A statement with an effect or a witness is exported as an executed
 * statement.
 */
function dustvizLine(event: Event): string {
  switch (event.kind) {
    case "enter_proc":
      return jsonLine({ kind: event.kind, proc: event.proc });
    case "stmt_exec":
    case "effect":
    case "witness":
      return jsonLine({ kind: "stmt_exec", proc: event.proc, stmt_index: event.stmt_index });
    case "constraint_added":
      return jsonLine({ kind: event.kind, id: event.id });
    case "constraint_failed":
      return jsonLine({ kind: event.kind, id: event.id, reason: event.reason });
    default:
      return "";
  }
}

function jsonLine(content: object): string {
  return `${JSON.stringify(content)}\n`;
}

function csvLine({ index, tick, effect, proc, at, payload, value }: EffectEvent): string {
  const cells = [String(index), String(tick), effect, proc, at, payload, encodeValue(value)];
  return `${cells.map(csvCell).join(",")}\n`;
}

/** A cell, quoted if RFC 4180 requires it. */
function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
