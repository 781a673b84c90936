/**
 * Verifies a log without executing anything: whether it is damaged, torn, incomplete or complete. A log is called complete only if
 * it ends as a finished run does or matches a checkpoint that was kept elsewhere.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Readable } from "../file/byte_file.ts";
import { needsRealization, unfinishedReason } from "./event_order.ts";
import type { LogDamage } from "./log_damage.ts";
import { scanLog, type ScannedLog } from "./scan.ts";

/** A checkpoint kept outside of the log: what `dustrun checkpoint` printed. */
export interface ExternalCheckpoint {
  /** Number of blocks. */
  readonly blocks: number;
  /** Lower-case hex root of the tree over these blocks (RFC 6962). */
  readonly root: string;
}

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
  const scanned = scanLog(log, against === undefined ? {} : { rootAt: against.blocks });
  if (!scanned.ok) {
    const { line, offset, reason } = scanned.failure;
    return { status: "damaged", line, offset, reason };
  }
  const { end, tail, root } = scanned.value;
  if (against !== undefined && root !== undefined && root !== against.root) {
    return {
      status: "damaged",
      line: 1,
      offset: 0,
      reason: `the first ${against.blocks} blocks do not match the external checkpoint`,
    };
  }
  const counted: CountedLog = {
    events: end.seq,
    bytes: end.bytes,
    blocks: end.tree.size,
    root: end.tree.root(),
    attested: root !== undefined,
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
  const uncovered = end.tally.sinceCheckpoint;
  if (against !== undefined && counted.blocks <= against.blocks) {
    const missing = against.blocks - counted.blocks;
    if (missing === 0 && uncovered === 0) return { status: "complete", ...counted };
    if (missing > 0) {
      return { status: "incomplete", ...counted, reason: `${missing} attested blocks are missing` };
    }
  }
  const unfinished = needsRealization(header, outcome) ? unfinishedReason(realization) : undefined;
  if (unfinished !== undefined) return { status: "incomplete", ...counted, reason: unfinished };
  const isSealed = outcome !== undefined && uncovered === 0;
  return isSealed
    ? { status: "complete", ...counted }
    : { status: "prefix", ...counted, uncovered };
}

/** The external checkpoint of a log, to be kept elsewhere. Fails if the log is torn or damaged. */
export function checkpointOf(
  log: Readable,
): Result<ExternalCheckpoint, TornLog | DamagedLog> {
  const verdict = verifyLog(log);
  if (verdict.status === "damaged" || verdict.status === "torn") return failure(verdict);
  const { blocks, root } = verdict;
  return success({ blocks, root });
}

/**
 * Renders an external checkpoint as the line `log-name blocks root`. The name is informative only; white space in it becomes `_`.
 *
 * @example
 * ```ts
 * import { parseCheckpointLine, renderCheckpointLine } from "../../mod.ts";
 * const line = renderCheckpointLine("a log.jsonl", { blocks: 3, root: "0".repeat(64) });
 * if (line !== `a_log.jsonl 3 ${"0".repeat(64)}` || parseCheckpointLine(line)?.blocks !== 3) throw new Error();
 * ```
 */
export function renderCheckpointLine(name: string, { blocks, root }: ExternalCheckpoint): string {
  return `${name.replaceAll(/\s/g, "_")} ${blocks} ${root}`;
}

/** Parses `log-name blocks root`; `undefined` if the line has another form. The name is not compared: the log may have been renamed. */
export function parseCheckpointLine(
  line: string,
): ExternalCheckpoint & { readonly name: string } | undefined {
  const match = /^(\S+) (0|[1-9][0-9]{0,14}) ([0-9a-f]{64})\s*$/.exec(line);
  const [, name, blocks, root] = match ?? [];
  return name === undefined || blocks === undefined || root === undefined
    ? undefined
    : { name, blocks: Number(blocks), root };
}
