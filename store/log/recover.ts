/**
 * Opens a log for appending after whatever may have happened to it. A torn last line is cut, kept aside and told by a `recovered`
 * event; a damaged log is refused, and not touched.
 *
 * @module
 */
import type { Recovered } from "../../dvm/event/event.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { type Appendable, readRange } from "../file/byte_file.ts";
import { Sha256 } from "../file/sha256.ts";
import { type LogDamage, scanLog, type ScannedLog } from "./scan.ts";
import { LogWriter } from "./writer.ts";

/** Where torn tails are kept. What it has taken is durable when it returns. */
export interface Aside {
  /** The tails kept so far, in the order in which they came. */
  readonly kept: () => readonly Uint8Array[];
  readonly keep: (tail: Uint8Array) => void;
}

/** A log that can be appended to. */
export interface OpenedLog {
  readonly writer: LogWriter;
  /** What the log said before: header, outcome, how far its realization had come. */
  readonly found: ScannedLog;
  /** What opening it has added. */
  readonly recovered: readonly Recovered[];
}

/** Nothing in the file is a whole line: the run never began, and there is nothing to go on with. */
export interface EmptyLog {
  readonly code: "empty-log";
}

/**
 * Reads the log to its end and opens it for appending. Every step leaves a log that can be opened again: a crash in between is
 * made good by the next opening, without anyone's help.
 */
export function openForAppend(
  file: Appendable,
  aside: Aside,
): Result<OpenedLog, LogDamage | EmptyLog> {
  const scanned = scanLog(file);
  if (!scanned.ok) return scanned;
  const found = scanned.value;
  if (found.position.seq === 0) return failure({ code: "empty-log" });
  const unrecorded = cutTail(file, { found, aside });
  const writer = new LogWriter(file, found.position);
  const recovered = unrecorded.map(({ length, sha256 }): Recovered => {
    const event: Recovered = {
      seq: writer.seq,
      kind: "recovered",
      host: true,
      cut: length,
      sha256,
    };
    writer.append(event);
    return event;
  });
  if (recovered.length > 0) writer.sync();
  return success({ writer, found, recovered });
}

/** A tail that the log does not tell of yet. */
interface KeptTail {
  readonly length: number;
  readonly sha256: string;
}

/** First keeps the tail, then cuts it: at no time is it nowhere. Answers what remains to be recorded. */
function cutTail(
  file: Appendable,
  { found, aside }: { readonly found: ScannedLog; readonly aside: Aside },
): KeptTail[] {
  const unrecorded = unrecordedTails(aside, found.recoveries);
  const { offset, length } = found.tail;
  if (length === 0) return unrecorded;
  const tail = readRange(file, { at: offset, end: offset + length });
  const sha256 = digestOf(tail);
  // An earlier opening may have kept it and then crashed before it was cut.
  if (!unrecorded.some((kept) => kept.sha256 === sha256)) {
    aside.keep(tail);
    unrecorded.push({ length, sha256 });
  }
  file.truncate(offset);
  file.sync();
  return unrecorded;
}

/** The kept tails that no `recovered` event tells of: an opening that crashed has left them. */
function unrecordedTails(aside: Aside, recoveries: readonly string[]): KeptTail[] {
  const recorded = [...recoveries];
  return aside.kept().map((tail) => ({ length: tail.length, sha256: digestOf(tail) }))
    .filter(({ sha256 }) => {
      const at = recorded.indexOf(sha256);
      if (at >= 0) recorded.splice(at, 1);
      return at < 0;
    });
}

function digestOf(bytes: Uint8Array): string {
  const hash = new Sha256();
  hash.update(bytes);
  return hash.digest();
}
