/**
 * Reads a whole log once, from its first byte to its last, and checks everything that can be checked without executing: each
 * line's spelling, the order of events, and each checkpoint against the bytes before it. Verification, recovery and appending
 * all start here, so that they cannot disagree on what a valid log is.
 *
 * @module
 */
import type { Checkpoint, OutcomeEvent, RunStarted } from "../../dvm/event/event.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Readable } from "../file/byte_file.ts";
import { decodeLine } from "../codec/decode_event.ts";
import { type LogLine, type LogTail, readLines } from "./lines.ts";
import { LogRules, type Realization } from "./event_order.ts";
import { CHECKPOINT_EVENTS, type LogPosition, skipPointers } from "./writer.ts";
import { Sha256 } from "../file/sha256.ts";

/** Where a log stops being one, and why. */
export interface LogDamage {
  readonly code: "damaged-log";
  /** The first bad line, from 1; 0 where reading began in the middle of the log and lines were not counted. */
  readonly line: number;
  /** Byte offset of that line. */
  readonly offset: number;
  readonly reason: string;
}

/** A log without damage, up to the end of its last whole line. */
export interface ScannedLog {
  /** Where that end is; a writer can go on from there. */
  readonly position: LogPosition;
  /** What stands behind it. Its length is 0 in a log that is not torn. */
  readonly tail: LogTail;
  readonly header: RunStarted | undefined;
  readonly outcome: OutcomeEvent | undefined;
  readonly realization: Realization;
  /** Digests of the torn tails that the log says were cut from it. */
  readonly recoveries: readonly string[];
  /** SHA-256 of the first `digestAt` lines, where that many were asked for and are there. */
  readonly digest: string | undefined;
}

/** Scans a log. With `digestAt`, also digests its first so many lines. */
export function scanLog(
  source: Readable,
  { digestAt }: { readonly digestAt?: number } = {},
): Result<ScannedLog, LogDamage> {
  const scan = new Scan(digestAt);
  const lines = readLines(source);
  for (;;) {
    const next = lines.next();
    if (next.done === true) return success(scan.ended(next.value));
    const line = scan.lines + 1;
    const reason = scan.take(next.value);
    if (reason !== undefined) {
      return failure({ code: "damaged-log", line, offset: next.value.offset, reason });
    }
  }
}

class Scan {
  readonly #digestAt: number | undefined;
  readonly #rules = new LogRules();
  readonly #hash = new Sha256();
  readonly #checkpoints: number[] = [];
  #bytes = 0;
  #sinceCheckpoint = 0;
  #digest: string | undefined;

  constructor(digestAt: number | undefined) {
    this.#digestAt = digestAt;
    this.#noteDigest();
  }

  /** Lines taken so far. */
  get lines(): number {
    return this.#rules.seq;
  }

  /** Takes the next line, or says what is wrong with it. */
  take({ text, offset, bytes }: LogLine): string | undefined {
    if (text === undefined) return "the line is not UTF-8, or is longer than any event";
    const decoded = decodeLine(text);
    if (!decoded.ok) return `column ${decoded.failure.column + 1}: ${decoded.failure.reason}`;
    const event = decoded.value;
    const disorder = this.#rules.accept(event);
    if (disorder !== undefined) return disorder;
    const mismatch = event.kind === "checkpoint" ? this.#checkpoint(event, offset) : this.#count();
    if (mismatch !== undefined) return mismatch;
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    this.#noteDigest();
    return undefined;
  }

  ended(tail: LogTail): ScannedLog {
    const { seq, header, outcome, realization, recoveries } = this.#rules;
    return {
      position: {
        seq,
        bytes: this.#bytes,
        hash: this.#hash,
        checkpoints: this.#checkpoints,
        sinceCheckpoint: this.#sinceCheckpoint,
      },
      tail,
      header,
      outcome,
      realization,
      recoveries,
      digest: this.#digest,
    };
  }

  #count(): string | undefined {
    this.#sinceCheckpoint++;
    return this.#sinceCheckpoint > CHECKPOINT_EVENTS ? "a checkpoint was due before" : undefined;
  }

  #checkpoint(event: Checkpoint, offset: number): string | undefined {
    if (event.bytes !== offset) return `${offset} bytes stand before this line, not ${event.bytes}`;
    const skip = skipPointers(this.#checkpoints);
    if (skip.join() !== event.skip.join()) return `skip must be [${skip.join(",")}]`;
    if (this.#hash.digest() !== event.sha256) {
      const since = this.lines - this.#sinceCheckpoint;
      return `the bytes before this line are not those that were written; lines ${since} to ${
        this.lines - 1
      } are in question`;
    }
    this.#checkpoints.push(offset);
    this.#sinceCheckpoint = 0;
    return undefined;
  }

  #noteDigest(): void {
    if (this.lines === this.#digestAt) this.#digest = this.#hash.digest();
  }
}
