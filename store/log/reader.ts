/**
 * Random access to a log: its beginning, its end, and the events from any `seq` on, without reading what comes before. Checkpoints
 * point back to the checkpoints 1, 2, 4, 8 … before them, so the number of reads grows with the logarithm of the log's length.
 *
 * The lines that are read are decoded and their `seq` is checked, but not the digests: `verifyLog` checks those over the whole log.
 *
 * @module
 */
import { decodeText } from "../file/decode_text.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Checkpoint, Event } from "../../dvm/event/event.ts";
import { eventToWire, type WireEvent } from "../../dvm/event/wire_event.ts";
import { decodeLine } from "../codec/decode_event.ts";
import { type Readable, readRange } from "../file/byte_file.ts";
import { readLines } from "./lines.ts";
import type { LogDamage } from "./log_damage.ts";
import { readNumberedLine } from "./log_line.ts";

/** An event with the position of its line. */
export interface LocatedEvent<E extends Event = Event> {
  readonly event: E;
  /** Byte offset of its line. */
  readonly offset: number;
  /** Length of its line in bytes, LF included. */
  readonly length: number;
}

/** The beginning of a line from which an event is reached by reading forwards. */
export interface BlockStart {
  /** Byte offset of the line. */
  readonly offset: number;
  /** `seq` of the event there. */
  readonly seq: number;
}

const LF = 0x0a;
/** Bytes of the first read at the end of a log; blocks are some 200 KB, and the last one is usually short. */
const TAIL_BYTES = 16 * 1024;
/** Upper bound on the line of a checkpoint: its pointers double, so even 2^53 events need no more than 53 of them. */
const CHECKPOINT_BYTES_MAX = 2_048;

/** Random access to one log. */
export class LogReader {
  readonly #source: Readable;

  constructor(source: Readable) {
    this.#source = source;
  }

  /**
   * The events `from <= seq < to`, in order. Ends after the first failure and at the end of the last whole line. A `seq` that is
   * not the number of its line is damage.
   */
  *events(
    { from = 0, to = Infinity }: { readonly from?: number; readonly to?: number } = {},
  ): Generator<Result<LocatedEvent, LogDamage>, void> {
    const start = from === 0 ? success({ offset: 0, seq: 0 }) : this.seek(from);
    if (!start.ok) return yield start;
    let seq = start.value.seq;
    for (const { text, offset, bytes } of readLines(this.#source, start.value.offset)) {
      if (seq >= to) return;
      const event = readNumberedLine(text, seq);
      if (!event.ok) {
        return yield failure({ code: "damaged-log", line: seq + 1, offset, reason: event.failure });
      }
      if (seq >= from) yield success({ event: event.value, offset, length: bytes.length });
      seq++;
    }
  }

  /**
   * Where to begin reading in order to reach event `seq`: at the last checkpoint before it, or at the beginning of the log. For
   * an event after the end of the log, that is the last checkpoint.
   */
  seek(seq: number): Result<BlockStart, LogDamage> {
    const last = this.lastCheckpoint();
    if (!last.ok) return last;
    if (last.value === undefined) return success({ offset: 0, seq: 0 });
    let after = last.value;
    if (after.event.seq <= seq) return success({ offset: after.offset, seq: after.event.seq });
    for (let power = after.event.skip.length - 1; power >= 0; power--) {
      const offset = after.event.skip[power];
      if (offset === undefined) continue;
      const before = this.checkpointAt(offset);
      if (!before.ok) return before;
      if (before.value.event.seq > seq) after = before.value;
      else if (power === 0) return success({ offset, seq: before.value.event.seq });
    }
    return this.#startBefore(after);
  }

  /**
   * The last checkpoint before a byte offset, which is the beginning of a line or, by default, the end of the log; `undefined` if there
   * is none. Reads only what is after it.
   */
  lastCheckpoint(
    before = this.#source.size(),
  ): Result<LocatedEvent<Checkpoint> | undefined, LogDamage> {
    for (let window = TAIL_BYTES;; window *= 4) {
      const from = Math.max(0, before - window);
      const bytes = readRange(this.#source, { at: from, end: before });
      const offset = lastCheckpointIn(bytes, from);
      if (offset !== undefined) return this.checkpointAt(offset);
      if (from === 0) return success(undefined);
    }
  }

  /** The checkpoint whose line begins at a byte offset. */
  checkpointAt(offset: number): Result<LocatedEvent<Checkpoint>, LogDamage> {
    const bytes = readRange(this.#source, { at: offset, end: offset + CHECKPOINT_BYTES_MAX });
    const end = bytes.indexOf(LF);
    const decoded = decodeLine(decodeText(bytes.subarray(0, Math.max(end, 0))));
    if (!decoded.ok || decoded.value.kind !== "checkpoint" || decoded.value.bytes !== offset) {
      const reason = "expected a checkpoint here";
      return failure({ code: "damaged-log", line: 0, offset, reason });
    }
    return success({ event: decoded.value, offset, length: end + 1 });
  }

  /** The checkpoint before a given one; `undefined` for the first. */
  checkpointBefore(
    { event }: LocatedEvent<Checkpoint>,
  ): Result<LocatedEvent<Checkpoint> | undefined, LogDamage> {
    const [offset] = event.skip;
    return offset === undefined ? success(undefined) : this.checkpointAt(offset);
  }

  #startBefore(after: LocatedEvent<Checkpoint>): Result<BlockStart, LogDamage> {
    const before = this.checkpointBefore(after);
    if (!before.ok) return before;
    return success({ offset: before.value?.offset ?? 0, seq: before.value?.event.seq ?? 0 });
  }
}

/**
 * The events of a log in the form of the public API, `from <= seq < to`. Ends after the first failure and at the end of the last
 * whole line.
 *
 * @example
 * ```ts
 * import { executeToLog, LogWriter, MemoryFile, readLog } from "../../mod.ts";
 * const text = `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],
 *   "uses":[],"ret":"i64","qualifiers":[],"body":[{"Return":{"expr":"1"}}]}]}]}`;
 * const log = new MemoryFile();
 * executeToLog({ artifacts: [{ name: "one", text }], input: {} }, new LogWriter(log));
 * const kinds = [...readLog(log, { from: 2 })].map((read) => read.ok ? read.value.kind : read.failure.reason);
 * if (kinds.join() !== "checkpoint,enter_proc,leave_proc,outcome,checkpoint") throw new Error(kinds.join());
 * ```
 */
export function* readLog(
  source: Readable,
  range: { readonly from?: number; readonly to?: number } = {},
): Generator<Result<WireEvent, LogDamage>, void> {
  for (const read of new LogReader(source).events(range)) {
    yield read.ok ? success(eventToWire<Event>(read.value.event)) : read;
  }
}

const CHECKPOINT_HEAD = /^\{"seq":[0-9]+,"kind":"checkpoint",/;

/** Offset of the last whole line in `bytes` that is a checkpoint; `bytes` begin at offset `from`, usually within a line. */
function lastCheckpointIn(bytes: Uint8Array, from: number): number | undefined {
  let end = bytes.lastIndexOf(LF);
  while (end > 0) {
    const before = bytes.lastIndexOf(LF, end - 1);
    if (before < 0 && from > 0) return undefined; // the line may begin before the bytes that were read
    const head = decodeText(bytes.subarray(before + 1, Math.min(end, before + 48)));
    if (CHECKPOINT_HEAD.test(head)) return from + before + 1;
    end = before;
  }
  return undefined;
}
