/**
 * A log's lines as records of what happened: each known by number, place and kind, and decoded only when somebody has to look
 * inside. Comparing two of them is comparing texts, which is what makes replay and diff fast.
 *
 * @module
 */
import type { Event, EventKind } from "../../dvm/event/event.ts";
import type { Result } from "../../dvm/base/result.ts";
import type { Readable } from "../file/byte_file.ts";
import { decodeLine } from "../codec/decode_event.ts";
import type { CorruptLine } from "../codec/line_scanner.ts";
import { type LogLine, type LogTail, readLines } from "./lines.ts";

/** One line of a log. */
export interface RawRecord {
  readonly seq: number;
  readonly kind: string;
  /** The whole line without its LF. */
  readonly text: string;
  /** The line from its `kind` on: equal for equal events, wherever in a log they stand. */
  readonly body: string;
  /** Number of the line, from 1, counted from where reading began. */
  readonly line: number;
  /** Byte offset of the line. */
  readonly offset: number;
}

/** Kinds that the store and the realizers add. They say how a log came to be written, and nothing about the execution. */
const STORE_KINDS: ReadonlySet<string> = new Set<EventKind>([
  "effect_intended",
  "effect_realized",
  "effect_in_doubt",
  "effect_resolved",
  "realization_finished",
  "checkpoint",
  "recovered",
]);

/** Whether a line of this kind is part of the execution that a log records. */
export function isSemantic(kind: string): boolean {
  return !STORE_KINDS.has(kind);
}

const HEAD = /^\{"seq":([0-9]+),("kind":"([a-z_]+)")/;

/** The line as a record. One that does not even begin like an event has kind `""`. */
export function recordOf({ text, offset }: LogLine, line: number): RawRecord {
  const whole = text ?? "";
  const head = HEAD.exec(whole);
  if (head === null) return { seq: -1, kind: "", text: whole, body: whole, line, offset };
  const [, seq = "", , kind = ""] = head;
  return {
    seq: Number(seq),
    kind,
    text: whole,
    body: whole.slice(`{"seq":${seq},`.length),
    line,
    offset,
  };
}

/** The body of an event's line: what {@link RawRecord.body} would be for it. */
export function bodyOfLine(text: string): string {
  return text.slice(text.indexOf(",") + 1);
}

/** The event of a record. */
export function decodeRecord({ text }: RawRecord): Result<Event, CorruptLine> {
  return decodeLine(text);
}

/** Reads a log's records in order, from a byte offset that begins a line. */
export class RawRecordReader {
  readonly #lines: Generator<LogLine, LogTail>;
  readonly #onlySemantic: boolean;
  #line = 0;
  #tail: LogTail | undefined;

  constructor(
    source: Readable,
    { from = 0, onlySemantic }: { readonly from?: number; readonly onlySemantic: boolean },
  ) {
    this.#lines = readLines(source, from);
    this.#onlySemantic = onlySemantic;
  }

  /** The next record; `undefined` at the end. */
  next(): RawRecord | undefined {
    for (;;) {
      const next = this.#lines.next();
      if (next.done === true) {
        this.#tail ??= next.value;
        return undefined;
      }
      const record = recordOf(next.value, ++this.#line);
      if (!this.#onlySemantic || isSemantic(record.kind)) return record;
    }
  }

  /** Lines read so far, of whatever kind. */
  get lines(): number {
    return this.#line;
  }

  /** Bytes behind the last whole line; known once the end is reached. */
  get tornBytes(): number {
    return this.#tail?.length ?? 0;
  }
}
