/**
 * Logs in other people's forms, event by event: the `*.trace.jsonl` that dustviz reads, and effects as CSV.
 *
 * @module
 */
import { type EffectEvent, type Event, isMachineEvent } from "../../../dvm/event/event.ts";
import { unreachable } from "../../../dvm/base/result.ts";
import { encodeValue } from "../../../dvm/value/wire_text.ts";
import { encodeLine } from "../../codec/encode_event.ts";

/** Forms in which events can be written one by one. `events` is the log's own, without what the store has added. */
export const EVENT_FORMATS = ["events", "dustviz", "csv"] as const;
/** One of the forms. */
export type EventFormat = (typeof EVENT_FORMATS)[number];

/** What stands before the first event. */
export function exportHead(format: EventFormat): string {
  return format === "csv" ? "index,tick,kind,proc,at,payload,value\n" : "";
}

/** The event in a form, as whole lines; empty where the form has nothing for it. */
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
 * dustviz knows four kinds of events, and no other member than these. A statement that has an effect or makes a witness was
 * executed as much as any other.
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

/** Quoted where RFC 4180 asks for it. */
function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
