/**
 * Verifies a log without executing anything: whether it is damaged, torn, incomplete or complete. A log is called complete only if
 * it ends as a finished run does or matches a checkpoint that was kept elsewhere.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Readable } from "../file/byte_file.ts";
import { needsRealization, unfinishedReason } from "./event_order.ts";
import { type LogDamage, scanLog, type ScannedLog } from "./scan.ts";

/** A checkpoint kept outside of the log: what `dustrun checkpoint` printed. */
export interface ExternalCheckpoint {
  /** Number of lines. */
  readonly events: number;
  /** Lower-case hex SHA-256 of these lines. */
  readonly sha256: string;
}

/** What every verdict except `damaged` reports about the whole lines. */
export interface CountedLog {
  /** Number of whole lines. */
  readonly events: number;
  /** Number of their bytes. */
  readonly bytes: number;
  /** Their SHA-256. */
  readonly sha256: string;
  /** Whether the given external checkpoint matches; `false` if none was given. */
  readonly attested: boolean;
}

/** Nothing is missing: the log ends as a finished run does, or exactly where the external checkpoint does. */
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
export function verifyLog(
  log: Readable,
  { against }: { readonly against?: ExternalCheckpoint } = {},
): LogVerdict {
  const scanned = scanLog(log, against === undefined ? {} : { digestAt: against.events });
  if (!scanned.ok) {
    const { line, offset, reason } = scanned.failure;
    return { status: "damaged", line, offset, reason };
  }
  const { end, tail, digest } = scanned.value;
  if (against !== undefined && digest !== undefined && digest !== against.sha256) {
    return {
      status: "damaged",
      line: 1,
      offset: 0,
      reason: `the first ${against.events} events do not match the external checkpoint`,
    };
  }
  const counted: CountedLog = {
    events: end.seq,
    bytes: end.bytes,
    sha256: end.hash.digest(),
    attested: digest !== undefined,
  };
  if (tail.length > 0) return { status: "torn", ...counted, ...tail };
  return judge(scanned.value, { counted, against });
}

/** The verdict on a log that is neither damaged nor torn. */
function judge(
  { end, header, outcome, realization }: ScannedLog,
  { counted, against }: {
    readonly counted: CountedLog;
    readonly against: ExternalCheckpoint | undefined;
  },
): LogVerdict {
  if (against !== undefined && end.seq <= against.events) {
    const missing = against.events - end.seq;
    if (missing === 0) return { status: "complete", ...counted };
    return { status: "incomplete", ...counted, reason: `${missing} attested events are missing` };
  }
  const unfinished = needsRealization(header, outcome) ? unfinishedReason(realization) : undefined;
  if (unfinished !== undefined) return { status: "incomplete", ...counted, reason: unfinished };
  const isSealed = outcome !== undefined && end.sinceCheckpoint === 0;
  if (isSealed) return { status: "complete", ...counted };
  return { status: "prefix", ...counted, uncovered: end.sinceCheckpoint };
}

/** The external checkpoint of a log, to be kept elsewhere. Fails if the log is torn or damaged. */
export function checkpointOf(
  log: Readable,
): Result<ExternalCheckpoint, TornLog | DamagedLog> {
  const verdict = verifyLog(log);
  if (verdict.status === "damaged" || verdict.status === "torn") return failure(verdict);
  const { events, sha256 } = verdict;
  return success({ events, sha256 });
}

/**
 * Renders an external checkpoint as the line `log-name n sha256`. The name is informative only; white space in it becomes `_`.
 *
 * @example
 * ```ts
 * import { parseCheckpointLine, renderCheckpointLine } from "../../mod.ts";
 * const line = renderCheckpointLine("a log.jsonl", { events: 3, sha256: "0".repeat(64) });
 * if (line !== `a_log.jsonl 3 ${"0".repeat(64)}` || parseCheckpointLine(line)?.events !== 3) throw new Error();
 * ```
 */
export function renderCheckpointLine(name: string, { events, sha256 }: ExternalCheckpoint): string {
  return `${name.replaceAll(/\s/g, "_")} ${events} ${sha256}`;
}

/** Parses `log-name n sha256`; `undefined` if the line has another form. The name is not compared: the log may have been renamed. */
export function parseCheckpointLine(
  line: string,
): ExternalCheckpoint & { readonly name: string } | undefined {
  const match = /^(\S+) (0|[1-9][0-9]{0,14}) ([0-9a-f]{64})\s*$/.exec(line);
  const [, name, events, sha256] = match ?? [];
  return name === undefined || events === undefined || sha256 === undefined
    ? undefined
    : { name, events: Number(events), sha256 };
}
