/**
 * The trace of another executor, reduced to what counts: its outcome and effects.
 *
 * @module
 */
import type { JsonCursor } from "../../dvm/text/json_cursor.ts";
import type { WireValue } from "../../dvm/value/wire_object.ts";
import {
  readFailureKind,
  reading,
  readSummaryForm,
  readWord,
  type WrittenEffect,
} from "../json/summary_form.ts";
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

/** What counts of an event. */
type LogEvent =
  | { readonly kind: "effect"; readonly effect: WrittenEffect }
  | {
    readonly kind: "outcome";
    readonly status: string;
    readonly failure: string | undefined;
    readonly returned: WireValue | undefined;
  }
  | { readonly kind: "other" };

function readLog(lines: readonly string[]): Observed | NotObserved {
  let outcome: Extract<LogEvent, { kind: "outcome" }> | undefined;
  const effects: WrittenEffect[] = [];
  for (const [index, line] of lines.entries()) {
    const read = reading(line, readEvent);
    if (!read.ok) return unreadable(`line ${index + 1} is not an event: ${read.failure}`);
    const event = read.value;
    if (event.kind === "effect") effects.push(event.effect);
    else if (event.kind === "outcome") outcome = event;
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

/** The statuses of an outcome with a value or none, and those of one with an error. */
const SUCCESSES = ["returned", "admissible"];
const STATUSES = [...SUCCESSES, "inadmissible", "failed"];

/** Reads one line; `kind` comes before the members that it decides about. */
function readEvent(cursor: JsonCursor): LogEvent {
  const { offset } = cursor;
  let kind: string | undefined, effect: string | undefined, payload: string | undefined;
  let status: string | undefined, failure: string | undefined;
  let value: WireValue | undefined, returned: WireValue | undefined;
  cursor.readObject((name) => {
    if (name === "kind") kind = cursor.readString();
    else if (kind === "effect" && name === "effect") effect = cursor.readString();
    else if (kind === "effect" && name === "payload") payload = cursor.readString();
    else if (kind === "effect" && name === "value") value = readWireValue(cursor);
    else if (kind === "outcome" && name === "status") {
      status = readWord(cursor, STATUSES, "a status");
    } else if (kind === "outcome" && name === "error") failure = readError(cursor);
    else if (kind === "outcome" && name === "returned") {
      if (!cursor.readsNull()) returned = readWireValue(cursor);
    } else cursor.skipValue();
  });
  if (kind === "effect") {
    return effect === undefined || payload === undefined
      ? cursor.stop("DR0105", "an effect has effect and payload", offset)
      : { kind, effect: { kind: effect, payload, value } };
  }
  if (kind !== "outcome") {
    return kind === undefined
      ? cursor.stop("DR0105", "an event has a kind", offset)
      : { kind: "other" };
  }
  if (status === undefined || SUCCESSES.includes(status) !== (failure === undefined)) {
    return cursor.stop(
      "DR0105",
      "an outcome has a status, and an error if it is a failure",
      offset,
    );
  }
  return { kind, status, failure, returned };
}

/** Reads the error of an outcome, and returns its kind. */
function readError(cursor: JsonCursor): string {
  const { offset } = cursor;
  let kind: string | undefined;
  cursor.readObject((name) => {
    if (name === "kind") kind = readFailureKind(cursor);
    else cursor.skipValue();
  });
  return kind ?? cursor.stop("DR0105", "an error has a kind", offset);
}

function unreadable(reason: string): NotObserved {
  return { verdict: "unreadable", reason };
}
