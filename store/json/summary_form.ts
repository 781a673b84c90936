/**
 * The form of summary traces (TRC-01 to TRC-03), read strictly: what is not in the form is refused and not judged.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { FAILURE_KINDS } from "../../dvm/diagnostic/failure.ts";
import { JsonCursor } from "../../dvm/text/json_cursor.ts";
import { JsonStop } from "../../dvm/text/json_failure.ts";
import type { WireValue } from "../../dvm/value/wire_object.ts";
import { readWireValue } from "./wire_reader.ts";

/** A summary trace as it was written. */
export type SummaryForm =
  | {
    readonly kind: "success";
    /** `null` for no value. */
    readonly returned: WireValue | null;
    readonly effects: readonly WrittenEffect[];
    readonly tick: number;
  }
  | {
    readonly kind: "failure";
    readonly error: WrittenError;
    readonly effects: readonly WrittenEffect[];
    readonly tick: number;
  }
  /** The program was not run: `{"skip": "why"}`. */
  | { readonly kind: "skip"; readonly reason: string };

/** Why a run failed; the words of the message are the executor's own. */
export interface WrittenError {
  readonly kind: string;
  readonly message: string;
}

/** An effect; other executors may leave out its value. */
export interface WrittenEffect {
  /** Under `host-0.1` any name. */
  readonly kind: string;
  readonly payload: string;
  readonly value: WireValue | undefined;
}

/** Reads a summary trace; the failure is one sentence. */
export function readSummaryForm(text: string): Result<SummaryForm, string> {
  return reading(text, readSummary);
}

/** Reads a text to its end; the failure is one sentence, with the path where there is one. */
export function reading<Content>(
  text: string,
  read: (cursor: JsonCursor) => Content,
): Result<Content, string> {
  const cursor = new JsonCursor(text);
  try {
    const content = read(cursor);
    cursor.readEnd();
    return success(content);
  } catch (stop) {
    if (!(stop instanceof JsonStop)) throw stop;
    const { path, message } = stop.failure;
    return failure(path === "" ? message : `${path}: ${message}`);
  }
}

function readSummary(cursor: JsonCursor): SummaryForm {
  const { offset } = cursor;
  let returned: WireValue | null | undefined;
  let error: WrittenError | undefined;
  let effects: WrittenEffect[] | undefined;
  let tick: number | undefined;
  let skip: string | undefined;
  cursor.readObject((name) => {
    if (name === "returned") returned = cursor.readsNull() ? null : readWireValue(cursor);
    else if (name === "error") error = readError(cursor);
    else if (name === "effects") effects = readEffects(cursor);
    else if (name === "time") tick = readTime(cursor);
    else if (name === "skip") skip = cursor.readString();
    else unknownMember(cursor, "a summary trace", name);
  });
  const isEmpty = error === undefined && effects === undefined && tick === undefined;
  if (skip !== undefined) {
    return isEmpty && returned === undefined
      ? { kind: "skip", reason: skip }
      : cursor.stop("DR0106", "a skip has no other member", offset);
  }
  if (error !== undefined && returned === undefined) {
    if (effects?.length === 0) {
      cursor.stop("DR0105", "a failure without effects has no member effects", offset);
    }
    if (tick === 0) cursor.stop("DR0105", "a failure at tick 0 has no member time", offset);
    return { kind: "failure", error, effects: effects ?? [], tick: tick ?? 0 };
  }
  if (error !== undefined || returned === undefined) {
    return cursor.stop("DR0105", "a summary trace has either returned or error", offset);
  }
  return effects === undefined || tick === undefined
    ? cursor.stop("DR0105", "a success has effects and time", offset)
    : { kind: "success", returned, effects, tick };
}

function readError(cursor: JsonCursor): WrittenError {
  const { offset } = cursor;
  let kind: string | undefined, message: string | undefined;
  cursor.readObject((name) => {
    if (name === "kind") kind = readFailureKind(cursor);
    else if (name === "message") message = cursor.readString();
    else unknownMember(cursor, "an error", name);
  });
  return kind === undefined || message === undefined
    ? cursor.stop("DR0105", "an error has kind and message", offset)
    : { kind, message };
}

/** Reads the kind of a failure. */
export function readFailureKind(cursor: JsonCursor): string {
  return readWord(cursor, FAILURE_KINDS, "a kind of failure");
}

/** Reads a string that is one of `words`. */
export function readWord(cursor: JsonCursor, words: readonly string[], what: string): string {
  const { offset } = cursor;
  const word = cursor.readString();
  if (words.includes(word)) return word;
  const shown = JSON.stringify(word);
  return cursor.stop("DR0107", `${shown} is not ${what}: ${words.join(", ")}`, offset);
}

function readEffects(cursor: JsonCursor): WrittenEffect[] {
  const { offset } = cursor;
  let events: WrittenEffect[] | undefined;
  cursor.readObject((name) => {
    if (name !== "events") return unknownMember(cursor, "effects", name);
    const items: WrittenEffect[] = [];
    cursor.readArray(() => void items.push(readEffect(cursor)));
    events = items;
  });
  return events ?? cursor.stop("DR0105", "effects has events", offset);
}

function readEffect(cursor: JsonCursor): WrittenEffect {
  const { offset } = cursor;
  let kind: string | undefined, payload: string | undefined, value: WireValue | undefined;
  cursor.readObject((name) => {
    if (name === "kind") kind = cursor.readString();
    else if (name === "payload") payload = cursor.readString();
    else if (name === "value") value = readWireValue(cursor);
    else unknownMember(cursor, "an effect", name);
  });
  return kind === undefined || payload === undefined
    ? cursor.stop("DR0105", "an effect has kind and payload", offset)
    : { kind, payload, value };
}

function readTime(cursor: JsonCursor): number {
  const { offset } = cursor;
  let tick: number | undefined;
  cursor.readObject((name) => {
    if (name !== "tick") return unknownMember(cursor, "time", name);
    const at = cursor.offset;
    const count = cursor.readInt64();
    if (typeof count !== "number" || count < 0) cursor.stop("DR0107", "tick is a count", at);
    tick = count;
  });
  return tick ?? cursor.stop("DR0105", "time has a tick", offset);
}

function unknownMember(cursor: JsonCursor, what: string, name: string): never {
  return cursor.stop("DR0106", `${what} has no member ${name}`, cursor.offset);
}
