/**
 * Exports events one by one in other formats: `*.trace.jsonl` for dustviz, and effects as CSV.
 *
 * @module
 */
import { parseReference, splitPlace } from "../../../dvm/dir/reference.ts";
import {
  advancesClock,
  type EffectEvent,
  type Event,
  isMachineEvent,
  type RunStarted,
} from "../../../dvm/event/event.ts";
import { unreachable } from "../../../dvm/base/result.ts";
import { encodeValue } from "../../../dvm/value/wire_text.ts";
import { encodeLine } from "../../codec/encode_event.ts";

/** Export formats. `events` is the format of the log, without the events that the store adds. */
export const EVENT_FORMATS = ["events", "dustviz", "csv"] as const;
/** One of the export formats. */
export type EventFormat = (typeof EVENT_FORMATS)[number];

/** The export of one log in a format. */
export class EventExport {
  readonly #format: EventFormat;
  #tick = 0;
  #semantics: RunStarted["semantics"] = "spec";

  /** An export that begins with the first event. */
  constructor(format: EventFormat) {
    this.#format = format;
  }

  /** The text before the first event. */
  get head(): string {
    return this.#format === "csv" ? "index,tick,kind,proc,at,payload,value\n" : "";
  }

  /** The next event in the format, as whole lines; empty if the format has nothing for it. */
  add(event: Event): string {
    if (event.kind === "run_started") this.#semantics = event.semantics;
    if (advancesClock(event, this.#semantics)) this.#tick++;
    switch (this.#format) {
      case "events":
        return isMachineEvent(event) ? `${encodeLine(event)}\n` : "";
      case "dustviz":
        return dustvizLine(event);
      case "csv":
        return event.kind === "effect" ? csvLine(event, this.#tick) : "";
      default:
        return unreachable(this.#format);
    }
  }
}

/**
 * dustviz reads four kinds of events with exactly these members: processes by their bare names, statements by the index of the one in
 * the body that they are or belong to. A statement with an effect or a witness is exported as an executed statement.
 */
function dustvizLine(event: Event): string {
  switch (event.kind) {
    case "enter_proc":
      return jsonLine({ kind: event.kind, proc: bareName(event.proc) });
    case "stmt":
    case "effect":
    case "witness": {
      const { proc, path } = placeOf(event.at);
      const stmt_index = Number(/^body\[([0-9]+)\]/.exec(path)?.[1] ?? 0);
      return jsonLine({ kind: "stmt_exec", proc: bareName(proc), stmt_index });
    }
    case "constraint_added":
      return jsonLine({ kind: event.kind, id: event.id });
    case "constraint_failed":
      return jsonLine({ kind: event.kind, id: event.id, reason: event.reason });
    default:
      return "";
  }
}

function bareName(reference: string): string {
  return parseReference(reference)?.name ?? reference;
}

/** The process and the path in a place; in a text that is none, all of it is the process. */
function placeOf(at: string): { readonly proc: string; readonly path: string } {
  return splitPlace(at) ?? { proc: at, path: "" };
}

function jsonLine(content: object): string {
  return `${JSON.stringify(content)}\n`;
}

function csvLine({ index, effect, at, payload, value }: EffectEvent, tick: number): string {
  const { proc, path } = placeOf(at);
  const cells = [String(index), String(tick), effect, proc, path, payload, encodeValue(value)];
  return `${cells.map(csvCell).join(",")}\n`;
}

/** A cell, quoted if RFC 4180 requires it. */
function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
