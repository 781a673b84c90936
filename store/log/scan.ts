/**
 * Reads a whole log once and checks everything that can be checked without executing: the spelling of each line, the order of
 * events, and each checkpoint against the bytes before it. Everything that reads a log from its beginning uses this check, so all
 * agree on what a valid log is.
 *
 * @module
 */
import type { Checkpoint, Event, OutcomeEvent, RunStarted } from "../../dvm/event/event.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Readable } from "../file/byte_file.ts";
import { decodeLine } from "../codec/decode_event.ts";
import { type LogLine, type LogTail, readLines } from "./lines.ts";
import { LogRules, type Realization } from "./event_order.ts";
import { CHECKPOINT_EVENTS, type LogEnd, skipPointers } from "./writer.ts";
import { Sha256 } from "../file/sha256.ts";

/** The first invalid line of a log, and why it is invalid. */
export interface LogDamage {
  /** Always `damaged-log`. */
  readonly code: "damaged-log";
  /** Number of the line, from 1; 0 where reading began in the middle of the log and lines were not counted. */
  readonly line: number;
  /** Byte offset of that line. */
  readonly offset: number;
  /** What is wrong with the line. */
  readonly reason: string;
}

/** A log without damage, up to the end of its last whole line. */
export interface ScannedLog {
  /** The end of the last whole line, from which a writer can continue. */
  readonly end: LogEnd;
  /** The bytes after that line; their length is 0 unless the log is torn. */
  readonly tail: LogTail;
  /** The header; `undefined` in an empty log. */
  readonly header: RunStarted | undefined;
  /** The outcome, if the log has one. */
  readonly outcome: OutcomeEvent | undefined;
  /** How far realization has progressed. */
  readonly realization: Realization;
  /** Digests of the torn tails that were cut from the log, as its `recovered` events record them. */
  readonly recoveries: readonly string[];
  /** SHA-256 of the first `digestAt` lines; `undefined` if none was requested or the log is shorter. */
  readonly digest: string | undefined;
}

/** Scans a log. With `digestAt`, also digests its first `digestAt` lines. */
export function scanLog(
  source: Readable,
  { digestAt }: { readonly digestAt?: number } = {},
): Result<ScannedLog, LogDamage> {
  const checker = new LogChecker(digestAt);
  const lines = readLines(source);
  for (;;) {
    const next = lines.next();
    if (next.done === true) return success(checker.result(next.value));
    const checked = checker.add(next.value);
    if (!checked.ok) return checked;
  }
}

/** Checks the lines of a log one after the other, from the first. */
export class LogChecker {
  readonly #digestAt: number | undefined;
  readonly #rules = new LogRules();
  readonly #hash = new Sha256();
  readonly #checkpoints: number[] = [];
  #bytes = 0;
  #sinceCheckpoint = 0;
  #digest: string | undefined;

  /** With `digestAt`, also digests the first `digestAt` lines. */
  constructor(digestAt?: number) {
    this.#digestAt = digestAt;
    this.#noteDigest();
  }

  /** Number of valid lines so far. */
  get lines(): number {
    return this.#rules.seq;
  }

  /** The event of the next line, or what is wrong with the line. After a failure there is no next line. */
  add(line: LogLine): Result<Event, LogDamage> {
    const { offset } = line;
    const number = this.lines + 1;
    const damaged = (reason: string) =>
      failure<LogDamage>({ code: "damaged-log", line: number, offset, reason });
    if (line.text === undefined) return damaged("the line is not UTF-8 or too long for an event");
    const decoded = decodeLine(line.text);
    if (!decoded.ok) {
      return damaged(`column ${decoded.failure.column + 1}: ${decoded.failure.reason}`);
    }
    const refusal = this.#refusal(decoded.value, offset);
    if (refusal !== undefined) return damaged(refusal);
    this.#hash.update(line.bytes);
    this.#bytes += line.bytes.length;
    this.#noteDigest();
    return decoded;
  }

  /** Why a well-formed event may not be at this place; `undefined` if it may. */
  #refusal(event: Event, offset: number): string | undefined {
    return this.#rules.accept(event) ??
      (event.kind === "checkpoint" ? this.#checkpoint(event, offset) : this.#count());
  }

  /** The scan of a log that ended without damage. */
  result(tail: LogTail): ScannedLog {
    const { seq, header, outcome, realization, recoveries } = this.#rules;
    return {
      end: {
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
    return this.#sinceCheckpoint > CHECKPOINT_EVENTS
      ? "a checkpoint is missing before this line"
      : undefined;
  }

  #checkpoint(event: Checkpoint, offset: number): string | undefined {
    if (event.bytes !== offset) return `${offset} bytes precede this line, not ${event.bytes}`;
    const skip = skipPointers(this.#checkpoints);
    if (skip.join() !== event.skip.join()) return `skip must be [${skip.join(",")}]`;
    if (this.#hash.digest() !== event.sha256) {
      const since = this.lines - this.#sinceCheckpoint;
      return `the bytes before this line do not match its digest; the change is in lines ${since} to ${
        this.lines - 1
      }`;
    }
    this.#checkpoints.push(offset);
    this.#sinceCheckpoint = 0;
    return undefined;
  }

  #noteDigest(): void {
    if (this.lines === this.#digestAt) this.#digest = this.#hash.digest();
  }
}
