/**
 * One line of a log as an event, or why it is none. A log of an earlier form is refused by name.
 *
 * @module
 */
import { decodeText } from "../file/decode_text.ts";
import { failure, type Result } from "../../dvm/base/result.ts";
import type { Event } from "../../dvm/event/event.ts";
import { decodeLine } from "../codec/decode_event.ts";
import { type Readable, readRange } from "../file/byte_file.ts";

/** The event of a line; the failure is a sentence. `text` is `undefined` where the bytes are no text. */
export function readEventLine(text: string | undefined): Result<Event, string> {
  if (text === undefined) return failure("the line is not UTF-8 or too long for an event");
  const decoded = decodeLine(text);
  if (decoded.ok) return decoded;
  const old = oldFormIn(text);
  const { column, reason } = decoded.failure;
  return failure(old === undefined ? `column ${column + 1}: ${reason}` : oldFormReason(old));
}

/** The same for a line that must have this number. */
export function readNumberedLine(text: string | undefined, seq: number): Result<Event, string> {
  const read = readEventLine(text);
  return !read.ok || read.value.seq === seq
    ? read
    : failure(`seq is ${read.value.seq}, expected ${seq}`);
}

/** A log of a form that this version does not read. */
export interface OldForm {
  /** The name of the form, `dustrun-log/1`. */
  readonly format: string;
  /** The version of dustrun that wrote the log; it can read it, and finish its realization. */
  readonly version: string;
}

/** The earlier form that a log has; `undefined` for a log of the present form and for any other file. */
export function oldFormOf(source: Readable): OldForm | undefined {
  const head = readRange(source, { at: 0, end: Math.min(source.size(), HEAD_BYTES) });
  return oldFormIn(decodeText(head));
}

/** Bytes that hold the beginning of a header, with the version. */
const HEAD_BYTES = 256;
const OLD_HEAD =
  /^\{"seq":0,"kind":"run_started","format":"(dustrun-log\/1)","version":"([0-9A-Za-z.+-]+)"/;

function oldFormIn(text: string): OldForm | undefined {
  const [, format, version] = OLD_HEAD.exec(text) ?? [];
  return format === undefined || version === undefined ? undefined : { format, version };
}

/** That a log has an earlier form, as a sentence. */
function oldFormReason({ format, version }: OldForm): string {
  return `the log has the form ${format}, which dustrun ${version} wrote and can read`;
}
