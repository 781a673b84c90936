/**
 * Opens a log for appending after a crash. A torn last line is cut off, saved elsewhere and recorded by a `recovered` event; a
 * damaged log is refused and not changed.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Recovered } from "../../dvm/event/event.ts";
import { type Appendable, readRange } from "../file/byte_file.ts";
import { type Clock, HOST_FACTS } from "../file/host_facts.ts";
import { sha256OfBytes } from "../file/sha256.ts";
import type { LogDamage } from "./log_damage.ts";
import { type BlockObserver, scanLog, type ScannedLog } from "./scan.ts";
import { LogWriter } from "./writer.ts";

/** Storage for the torn tails of one log. */
export interface TornTails {
  /** The tails saved so far, oldest first. */
  readonly kept: () => readonly Uint8Array[];
  /** Saves a tail; it is durable when this returns. */
  readonly keep: (tail: Uint8Array) => void;
}

/** A log that is open for appending. */
export interface OpenedLog {
  /** Continues the log after its last event. */
  readonly writer: LogWriter;
  /** The log as it was found: header, outcome, progress of realization. */
  readonly found: ScannedLog;
  /** The events that opening it has added. */
  readonly recovered: readonly Recovered[];
}

/** The file has no whole line: the run never began. */
export interface EmptyLog {
  /** Always `empty-log`. */
  readonly code: "empty-log";
}

/**
 * Scans the log and opens it for appending. After a crash between any two steps, opening the log again completes the recovery.
 */
export function openForAppend(
  file: Appendable,
  tornTails: TornTails,
  clock: Clock = HOST_FACTS.clock,
): Result<OpenedLog, LogDamage | EmptyLog> {
  return openObserved(file, { tornTails, clock });
}

/** The same; `observe` receives the blocks of the log, as those of {@link scanLog}. */
export function openObserved(
  file: Appendable,
  { tornTails, clock = HOST_FACTS.clock, observe }: {
    readonly tornTails: TornTails;
    readonly clock?: Clock | undefined;
    readonly observe?: BlockObserver;
  },
): Result<OpenedLog, LogDamage | EmptyLog> {
  const scanned = scanLog(file, observe);
  if (!scanned.ok) return scanned;
  const found = scanned.value;
  if (found.end.seq === 0) return failure({ code: "empty-log" });
  const unrecorded = cutTail(file, { found, tornTails });
  const writer = new LogWriter(file, found.end);
  const recovered = unrecorded.map(({ length, sha256 }): Recovered => {
    const event: Recovered = {
      seq: writer.seq,
      kind: "recovered",
      host: true,
      time: clock(),
      cut: length,
      sha256,
    };
    writer.append(event);
    return event;
  });
  if (recovered.length > 0) writer.sync();
  return success({ writer, found, recovered });
}

/** A saved tail that the log does not record yet. */
interface KeptTail {
  readonly length: number;
  readonly sha256: string;
}

/** Saves the tail before it is cut off, so it is never lost. Returns the tails that are not recorded yet. */
function cutTail(
  file: Appendable,
  { found, tornTails }: { readonly found: ScannedLog; readonly tornTails: TornTails },
): KeptTail[] {
  const unrecorded = unrecordedTails(tornTails, found.recoveries);
  const { offset, length } = found.tail;
  if (length === 0) return unrecorded;
  const tail = readRange(file, { at: offset, end: offset + length });
  const sha256 = sha256OfBytes(tail);
  // An earlier recovery may have crashed after saving the tail and before cutting it off.
  if (!unrecorded.some((kept) => kept.sha256 === sha256)) {
    tornTails.keep(tail);
    unrecorded.push({ length, sha256 });
  }
  file.truncate(offset);
  file.sync();
  return unrecorded;
}

/** The saved tails that no `recovered` event records, left by a recovery that crashed. */
function unrecordedTails(tornTails: TornTails, recoveries: readonly string[]): KeptTail[] {
  const recorded = [...recoveries];
  return tornTails.kept().map((tail) => ({ length: tail.length, sha256: sha256OfBytes(tail) }))
    .filter(({ sha256 }) => {
      const at = recorded.indexOf(sha256);
      if (at >= 0) recorded.splice(at, 1);
      return at < 0;
    });
}
