/**
 * Exports events one by one in other formats: `*.trace.jsonl` and `constraints.json` for dustviz, and effects as CSV.
 *
 * @module
 */
import { parseReference, splitPlace } from "../../../dvm/dir/reference.ts";
import {
  advancesClock,
  type ConstraintAdded,
  type EffectEvent,
  type Event,
  isMachineEvent,
  type RunStarted,
} from "../../../dvm/event/event.ts";
import { unreachable } from "../../../dvm/base/result.ts";
import { encodeValue } from "../../../dvm/value/wire_text.ts";
import { encodeLine } from "../../codec/encode_event.ts";

/** Export formats. `events` is the format of the log, without the events that the store adds. */
export const EVENT_FORMATS = ["events", "dustviz", "dustviz-constraints", "csv"] as const;
/** One of the export formats. */
export type EventFormat = (typeof EVENT_FORMATS)[number];

const HEADS: { readonly [Format in EventFormat]: string } = {
  "events": "",
  "dustviz": "",
  "dustviz-constraints": '{"nodes":[',
  "csv": "index,tick,kind,proc,at,payload,value\n",
};

/** The export of one log in a format. */
export class EventExport {
  readonly #format: EventFormat;
  #tick = 0;
  #hasNode = false;
  #semantics: RunStarted["semantics"] = "spec";

  /** An export that begins with the first event. */
  constructor(format: EventFormat) {
    this.#format = format;
  }

  /** The text before the first event. */
  get head(): string {
    return HEADS[this.#format];
  }

  /** The text after the last event. */
  get tail(): string {
    return this.#format === "dustviz-constraints" ? '],"edges":[]}\n' : "";
  }

  /** The next event in the format; empty if the format has nothing for it. */
  add(event: Event): string {
    if (event.kind === "run_started") this.#semantics = event.semantics;
    if (advancesClock(event, this.#semantics)) this.#tick++;
    switch (this.#format) {
      case "events":
        return isMachineEvent(event) ? `${encodeLine(event)}\n` : "";
      case "dustviz":
        return dustvizLine(event);
      case "dustviz-constraints":
        return event.kind === "constraint_added" ? this.#node(event) : "";
      case "csv":
        return event.kind === "effect" ? csvLine(event, this.#tick) : "";
      default:
        return unreachable(this.#format);
    }
  }

  #node(event: ConstraintAdded): string {
    const separator = this.#hasNode ? "," : "";
    this.#hasNode = true;
    return `${separator}\n${JSON.stringify(constraintNode(event))}`;
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
    case "witness":
      return jsonLine({ kind: "stmt_exec", ...irRefOf(event.at) });
    case "constraint_added":
      return jsonLine({ kind: event.kind, id: event.id });
    case "constraint_failed":
      return jsonLine({ kind: event.kind, id: event.id, reason: event.reason });
    default:
      return "";
  }
}

/**
 * A node of the constraints that dustviz draws, one for each `constraint_added`: events with its `id` are linked to it, and `ir_ref` links it
 * to its statement. What else a constraint may refer to (other constraints, as edges) is not in a log.
 */
function constraintNode({ id, at, predicate }: ConstraintAdded): object {
  return {
    id,
    kind: "predicate",
    label: predicate,
    ir_ref: irRefOf(at),
    attrs: [{ key: "at", value: at }],
  };
}

/** A statement as dustviz names it. */
function irRefOf(at: string): { readonly proc: string; readonly stmt_index: number } {
  const { proc, path } = placeOf(at);
  const stmt_index = Number(/^body\[([0-9]+)\]/.exec(path)?.[1] ?? 0);
  return { proc: bareName(proc), stmt_index };
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
