/**
 * A log's lines as records with number, position and kind that are decoded only on demand. Two records are compared as texts,
 * which makes replay and diff fast.
 *
 * @module
 */
import { type Event, isMachineKind } from "../../dvm/event/event.ts";
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
  /** The line from its `kind` on: equal for equal events with any `seq`. */
  readonly body: string;
  /** Number of the line, from 1, counted from the start of reading. */
  readonly line: number;
  /** Byte offset of the line. */
  readonly offset: number;
}

const HEAD = /^\{"seq":([0-9]+),("kind":"([a-z_]+)")/;

/** The line as a record. The kind of a line that does not begin like an event is `""`. */
export function recordOf(
  { text, offset }: Pick<LogLine, "text" | "offset">,
  line: number,
): RawRecord {
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

/** Decodes the event of a record. */
export function decodeRecord({ text }: RawRecord): Result<Event, CorruptLine> {
  return decodeLine(text);
}

/** Reads a log's records in order, from a byte offset at the beginning of a line. */
export class RawRecordReader {
  readonly #lines: Generator<LogLine, LogTail>;
  readonly #machineEventsOnly: boolean;
  #line = 0;
  #tail: LogTail | undefined;

  constructor(
    source: Readable,
    { from = 0, machineEventsOnly }: {
      readonly from?: number;
      readonly machineEventsOnly: boolean;
    },
  ) {
    this.#lines = readLines(source, from);
    this.#machineEventsOnly = machineEventsOnly;
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
      if (!this.#machineEventsOnly || isMachineKind(record.kind)) return record;
    }
  }

  /** Number of lines read so far, of all kinds. */
  get lines(): number {
    return this.#line;
  }

  /** Number of bytes after the last whole line; known once the end is reached. */
  get tornBytes(): number {
    return this.#tail?.length ?? 0;
  }
}
