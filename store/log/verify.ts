/**
 * Verifies a log without executing anything: whether it is damaged, torn, incomplete or complete. A log is called complete only if
 * it ends as a finished run does.
 *
 * @module
 */
import type { Result } from "../../dvm/base/result.ts";
import type { Readable } from "../file/byte_file.ts";
import { needsRealization, unfinishedReason } from "./event_order.ts";
import type { LogDamage } from "./log_damage.ts";
import { scanLog, type ScannedLog } from "./scan.ts";

/** What every verdict except `damaged` reports about the whole lines. */
export interface CountedLog {
  /** Number of whole lines. */
  readonly events: number;
  /** Number of their bytes. */
  readonly bytes: number;
  /** Number of whole blocks, each ended by a checkpoint. */
  readonly blocks: number;
  /** The root of the tree over these blocks. */
  readonly root: string;
}

/** Nothing is missing: the log ends as a finished run does. */
export interface CompleteLog extends CountedLog {
  /** The verdict. */
  readonly status: "complete";
}
/** Every line is valid; whether more lines followed is unknown. */
export interface PrefixLog extends CountedLog {
  /** The verdict. */
  readonly status: "prefix";
  /** Number of the last lines that no checkpoint covers: their order and form are checked, their content is not. */
  readonly uncovered: number;
}
/** Every line is valid, and lines are known to be missing. */
export interface IncompleteLog extends CountedLog {
  /** The verdict. */
  readonly status: "incomplete";
  /** What is missing. */
  readonly reason: string;
}
/** The last line is torn; the lines before it are valid. */
export interface TornLog extends CountedLog {
  /** The verdict. */
  readonly status: "torn";
  /** Byte offset of the torn line. */
  readonly offset: number;
  /** Its length in bytes. */
  readonly length: number;
}
/** A line is invalid or was changed. */
export interface DamagedLog extends Omit<LogDamage, "code"> {
  /** The verdict. */
  readonly status: "damaged";
}

/** Exactly one of these holds for any file. */
export type LogVerdict = CompleteLog | PrefixLog | IncompleteLog | TornLog | DamagedLog;

/**
 * Checks a log: the spelling of every line, `seq`, the order of events, every checkpoint, and completeness. Reads it once, in
 * constant memory except for eight bytes per checkpoint.
 *
 * @example
 * ```ts
 * import { executeToLog, LogWriter, MemoryFile, verifyLog } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],
 *   "uses":[],"ret":"i64","qualifiers":[],"body":[{"Return":{"expr":"1"}}]}]}]}`;
 * const log = new MemoryFile();
 * executeToLog({ artifacts: [{ name: "one", text }], input: {} }, new LogWriter(log));
 * if (verifyLog(log).status !== "complete") throw new Error();
 * log.truncate(log.size() - 1);
 * if (verifyLog(log).status !== "torn") throw new Error();
 * ```
 */
export function verifyLog(log: Readable): LogVerdict {
  return verdictOf(scanLog(log));
}

/** The verdict on a log that was scanned. */
export function verdictOf(scanned: Result<ScannedLog, LogDamage>): LogVerdict {
  if (scanned.ok) return judgeLog(scanned.value);
  const { line, offset, reason } = scanned.failure;
  return { status: "damaged", line, offset, reason };
}

/** The same for a log without damage. */
export function judgeLog(
  { end, tail, header, outcome, realization }: ScannedLog,
): Exclude<LogVerdict, DamagedLog> {
  const counted: CountedLog = {
    events: end.seq,
    bytes: end.bytes,
    blocks: end.tree.size,
    root: end.tree.root(),
  };
  if (tail.length > 0) return { status: "torn", ...counted, ...tail };
  const unfinished = needsRealization(header, outcome) ? unfinishedReason(realization) : undefined;
  if (unfinished !== undefined) return { status: "incomplete", ...counted, reason: unfinished };
  const uncovered = end.tally.sinceCheckpoint;
  const isSealed = outcome !== undefined && uncovered === 0;
  return isSealed
    ? { status: "complete", ...counted }
    : { status: "prefix", ...counted, uncovered };
}
