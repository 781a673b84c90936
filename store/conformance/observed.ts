/**
 * The trace of another executor, reduced to what counts: its outcome and effects.
 *
 * @module
 */
import type { JsonCursor } from "../../dvm/text/json_cursor.ts";
import type { WireValue } from "../../dvm/value/wire_object.ts";
import { reading, readSummaryForm, type WrittenEffect } from "../json/summary_form.ts";
import { readWireValue } from "../json/wire_reader.ts";

/** An execution reduced to what counts. */
export interface Observed {
  /** Only a log states it. */
  readonly status: string | undefined;
  /** The kind of the failure; `undefined` for a success. */
  readonly kind: string | undefined;
  readonly returned: WireValue | null;
  readonly effects: readonly WrittenEffect[];
  readonly compared: "summary" | "log";
}

/** A trace that cannot be compared, and why. */
export interface NotObserved {
  readonly verdict: "incomplete" | "unreadable" | "skipped";
  readonly reason: string;
}

/** Reads a summary trace or an event log. `{"skip": "why"}` means that the program was not run. */
export function readObserved(text: string): Observed | NotObserved {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (!/^\s*\{\s*"seq"\s*:/.test(lines[0] ?? "")) return readSummary(text);
  // The unfinished last line of an interrupted run is no event.
  const isTorn = !text.endsWith("\n") && !reading(lines.at(-1) ?? "", readEvent).ok;
  return readLog(isTorn ? lines.slice(0, -1) : lines);
}

function readSummary(text: string): Observed | NotObserved {
  const read = readSummaryForm(text);
  if (!read.ok) return unreadable(`not a summary trace: ${read.failure}`);
  const trace = read.value;
  if (trace.kind === "skip") return { verdict: "skipped", reason: trace.reason };
  return {
    status: undefined,
    kind: trace.kind === "failure" ? trace.error.kind : undefined,
    returned: trace.kind === "success" ? trace.returned : null,
    effects: trace.effects,
    compared: "summary",
  };
}

/** The members of an event that count. */
interface LogEvent {
  kind?: string;
  effect?: string;
  payload?: string;
  value?: WireValue;
  status?: string;
  failure?: string;
  returned?: WireValue;
}

function readLog(lines: readonly string[]): Observed | NotObserved {
  let outcome: LogEvent | undefined;
  const effects: WrittenEffect[] = [];
  for (const [index, line] of lines.entries()) {
    const read = reading(line, readEvent);
    if (!read.ok) return unreadable(`line ${index + 1} is not an event: ${read.failure}`);
    const event = read.value;
    if (event.kind === "effect") {
      const { effect = "", payload = "", value } = event;
      effects.push({ kind: effect, payload, value });
    } else if (event.kind === "outcome") outcome = event;
  }
  if (outcome === undefined) {
    const reason =
      "the other executor's log has no outcome: its run is incomplete and equivalent to none";
    return { verdict: "incomplete", reason };
  }
  const { status, failure: kind, returned = null } = outcome;
  return {
    status,
    kind,
    returned,
    // Effects before a failure are part of the log but were never performed.
    effects: kind === undefined ? effects : [],
    compared: "log",
  };
}

/** Reads one line; `kind` comes before the members that it decides about. */
function readEvent(cursor: JsonCursor): LogEvent {
  const event: LogEvent = {};
  cursor.readObject((name) => {
    if (name === "kind") event.kind = cursor.readString();
    else if (event.kind === "effect" && name === "effect") event.effect = cursor.readString();
    else if (event.kind === "effect" && name === "payload") event.payload = cursor.readString();
    else if (event.kind === "effect" && name === "value") event.value = readWireValue(cursor);
    else if (event.kind === "outcome" && name === "status") event.status = cursor.readString();
    else if (event.kind === "outcome" && name === "error") event.failure = readKind(cursor);
    else if (event.kind === "outcome" && name === "returned") {
      if (!cursor.readsNull()) event.returned = readWireValue(cursor);
    } else cursor.skipValue();
  });
  return event;
}

function readKind(cursor: JsonCursor): string {
  const { offset } = cursor;
  let kind: string | undefined;
  cursor.readObject((name) => {
    if (name === "kind") kind = cursor.readString();
    else cursor.skipValue();
  });
  return kind ?? cursor.stop("DR0105", "an error has a kind", offset);
}

function unreadable(reason: string): NotObserved {
  return { verdict: "unreadable", reason };
}
