/**
 * Writes a log: events as lines, with a checkpoint after every 1,024 events and at the end. Writes end at the end of a line, so an
 * interrupted process leaves a valid prefix; a torn last line needs a crash of the system, a full disk, or a kill in the middle of
 * a write or of a large artifact.
 *
 * @module
 */
import type { Checkpoint, Event, ProgramLoaded } from "../../dvm/event/event.ts";
import { assert } from "../../dvm/base/result.ts";
import { type Appendable, writeAll } from "../file/byte_file.ts";
import { encodeLine, programPieces } from "../codec/encode_event.ts";
import { Sha256 } from "../file/sha256.ts";

/** Maximum number of events between two checkpoints. Seeking and comparing read at most one such block. */
export const CHECKPOINT_EVENTS = 1_024;

/** Text that is buffered before it is written, in UTF-16 code units; so large that the cost of a call does not matter. */
const PENDING_LENGTH_MAX = 256 * 1024;

/** Pending text of up to this many code units is encoded into one reused buffer; longer text into a new one. */
const BUFFERED_LENGTH_MAX = 2 * PENDING_LENGTH_MAX;

/** The state of a log at the end of one of its lines, from which a writer can continue. */
export interface LogEnd {
  /** Number of lines, and the `seq` of the next event. */
  readonly seq: number;
  /** Number of bytes. */
  readonly bytes: number;
  /** SHA-256 in progress over exactly these bytes. */
  readonly hash: Sha256;
  /** Byte offsets of all checkpoints so far. */
  readonly checkpoints: readonly number[];
  /** Events since the last checkpoint, or since the beginning. */
  readonly sinceCheckpoint: number;
}

/** The byte offsets of the checkpoints 1, 2, 4, 8 … before the next one. */
export function skipPointers(checkpoints: readonly number[]): number[] {
  const skip: number[] = [];
  for (let back = 1; back <= checkpoints.length; back *= 2) {
    skip.push(checkpoints[checkpoints.length - back] ?? 0);
  }
  return skip;
}

/**
 * Appends events to a log. If a write fails, the host's error is thrown and the writer cannot be used any more: what the file then
 * contains is known only by reading it.
 */
export class LogWriter {
  readonly #file: Appendable;
  readonly #hash: Sha256;
  readonly #checkpoints: number[];
  readonly #encoder = new TextEncoder();
  /** A code unit takes at most three bytes. */
  readonly #buffer = new Uint8Array(3 * BUFFERED_LENGTH_MAX);
  #seq: number;
  /** Number of bytes hashed and written, without the pending text. */
  #bytes: number;
  #sinceCheckpoint: number;
  #pending = "";
  #isBroken = false;
  #lastCheckpoint: Checkpoint | undefined;

  /** A writer for an empty file, or for one that was scanned up to its end. */
  constructor(file: Appendable, from?: LogEnd) {
    assert(file.size() === (from?.bytes ?? 0), "the writer does not begin at the end of the file");
    this.#file = file;
    this.#hash = from?.hash ?? new Sha256();
    this.#checkpoints = [...(from?.checkpoints ?? [])];
    this.#seq = from?.seq ?? 0;
    this.#bytes = from?.bytes ?? 0;
    this.#sinceCheckpoint = from?.sinceCheckpoint ?? 0;
    // An interrupted writer may not have written the pending checkpoint.
    if (this.#sinceCheckpoint >= CHECKPOINT_EVENTS) this.#addCheckpoint();
  }

  /** The `seq` that the next event must have. */
  get seq(): number {
    return this.#seq;
  }

  /** The last checkpoint that this writer wrote. */
  get lastCheckpoint(): Checkpoint | undefined {
    return this.#lastCheckpoint;
  }

  /** Appends an event. Returns the checkpoint that was written after it, if any: it takes the next `seq`. */
  append(event: Event): Checkpoint | undefined {
    assert(event.seq === this.#seq, `event ${this.#seq} was expected, not ${event.seq}`);
    this.#add(event);
    if (++this.#sinceCheckpoint >= CHECKPOINT_EVENTS) return this.#addCheckpoint();
    if (this.#pending.length >= PENDING_LENGTH_MAX) this.flush();
    return undefined;
  }

  /** Passes all pending text to the host, which does not make it durable. */
  flush(): void {
    assert(!this.#isBroken, "an earlier write to this log failed");
    if (this.#pending === "") return;
    this.#isBroken = true;
    const bytes = this.#encoded(this.#pending);
    this.#pending = "";
    this.#hash.update(bytes);
    writeAll(this.#file, bytes);
    this.#bytes += bytes.length;
    this.#isBroken = false;
  }

  /** Returns when every event so far is durable. */
  sync(): void {
    this.flush();
    this.#isBroken = true; // after a failed sync a second one can succeed although pages were lost
    this.#file.sync();
    this.#isBroken = false;
  }

  /** Writes a checkpoint after the last event unless there is one, and passes everything to the host. */
  finish(): void {
    if (this.#sinceCheckpoint > 0) this.#addCheckpoint();
    this.flush();
  }

  /** Closes the file. Pending text is lost: call `finish`, `flush` or `sync` before. */
  close(): void {
    this.#file.close();
  }

  #add(event: Event): void {
    assert(!this.#isBroken, "an earlier write to this log failed");
    if (event.kind === "program_loaded") this.#addProgram(event);
    else this.#pending += encodeLine(event);
    this.#pending += "\n";
    this.#seq++;
  }

  #addProgram(event: ProgramLoaded): void {
    for (const piece of programPieces(event)) {
      this.#pending += piece;
      if (this.#pending.length >= PENDING_LENGTH_MAX) this.flush();
    }
  }

  /** The UTF-8 bytes of a text; valid until the next call. */
  #encoded(text: string): Uint8Array {
    if (text.length > BUFFERED_LENGTH_MAX) return this.#encoder.encode(text);
    return this.#buffer.subarray(0, this.#encoder.encodeInto(text, this.#buffer).written);
  }

  #addCheckpoint(): Checkpoint {
    this.flush();
    const checkpoint: Checkpoint = {
      seq: this.#seq,
      kind: "checkpoint",
      bytes: this.#bytes,
      sha256: this.#hash.digest(),
      skip: skipPointers(this.#checkpoints),
    };
    this.#add(checkpoint);
    this.#checkpoints.push(this.#bytes);
    this.#sinceCheckpoint = 0;
    this.#lastCheckpoint = checkpoint;
    return checkpoint;
  }
}
