/**
 * Writes a log: events as lines, with a checkpoint after every 1,024 of them and at the end. What has reached the file ends
 * at the end of a line, so a process that is interrupted leaves a valid prefix; a torn last line needs a crash of the
 * system, a full disk, or a kill in the middle of a write or of a large artifact.
 *
 * @module
 */
import type { Checkpoint, Event, ProgramLoaded } from "../../dvm/event/event.ts";
import { assert } from "../../dvm/base/result.ts";
import { type Appendable, writeAll } from "../file/byte_file.ts";
import { encodeLine, programPieces } from "../codec/encode_event.ts";
import { Sha256 } from "../file/sha256.ts";

/** So many events stand between two checkpoints, at most. What seeking and comparing must read is one such block. */
export const CHECKPOINT_EVENTS = 1_024;

/** Text that is held back before it is written, in UTF-16 units: large enough that a call costs nothing beside its bytes. */
const PENDING_LENGTH_MAX = 256 * 1024;

/** Pending text of up to so many UTF-16 units is encoded in one buffer, again and again; a longer one, in one of its own. */
const BUFFERED_LENGTH_MAX = 2 * PENDING_LENGTH_MAX;

/** Where a log stands at the end of one of its lines. */
export interface LogPosition {
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
 * Appends events to a log. Where the file refuses a byte, the host's error is thrown and the writer is of no further use: what
 * the file then holds is told by reading it.
 */
export class LogWriter {
  readonly #file: Appendable;
  readonly #hash: Sha256;
  readonly #checkpoints: number[];
  readonly #encoder = new TextEncoder();
  /** One unit is three bytes at most. */
  readonly #buffer = new Uint8Array(3 * BUFFERED_LENGTH_MAX);
  #seq: number;
  /** Bytes hashed and written; what is pending comes on top. */
  #bytes: number;
  #sinceCheckpoint: number;
  #pending = "";
  #isBroken = false;
  #lastCheckpoint: Checkpoint | undefined;

  /** A writer for an empty file, or for one that has been read up to its end. */
  constructor(file: Appendable, from?: LogPosition) {
    assert(file.size() === (from?.bytes ?? 0), "the file is longer than what is known of it");
    this.#file = file;
    this.#hash = from?.hash ?? new Sha256();
    this.#checkpoints = [...(from?.checkpoints ?? [])];
    this.#seq = from?.seq ?? 0;
    this.#bytes = from?.bytes ?? 0;
    this.#sinceCheckpoint = from?.sinceCheckpoint ?? 0;
    // The checkpoint that was due may not have reached the file.
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

  /** Appends an event. Answers the checkpoint that was due behind it, if one was: it takes a number of its own. */
  append(event: Event): Checkpoint | undefined {
    assert(event.seq === this.#seq, `event ${this.#seq} was expected, not ${event.seq}`);
    this.#add(event);
    if (++this.#sinceCheckpoint >= CHECKPOINT_EVENTS) return this.#addCheckpoint();
    if (this.#pending.length >= PENDING_LENGTH_MAX) this.flush();
    return undefined;
  }

  /** Hands everything to the host, which does not make it durable. */
  flush(): void {
    assert(!this.#isBroken, "this log could not be written before");
    if (this.#pending === "") return;
    this.#isBroken = true;
    const bytes = this.#encoded(this.#pending);
    this.#pending = "";
    this.#hash.update(bytes);
    writeAll(this.#file, bytes);
    this.#bytes += bytes.length;
    this.#isBroken = false;
  }

  /** Acknowledges: returns once every event so far survives a loss of power. */
  sync(): void {
    this.flush();
    this.#isBroken = true; // a failed sync may have dropped pages that a second one would not miss
    this.#file.sync();
    this.#isBroken = false;
  }

  /** Puts a checkpoint behind the last event, unless one stands there, and hands everything to the host. */
  finish(): void {
    if (this.#sinceCheckpoint > 0) this.#addCheckpoint();
    this.flush();
  }

  /** Closes the file. What is pending is lost unless `finish`, `flush` or `sync` came before. */
  close(): void {
    this.#file.close();
  }

  #add(event: Event): void {
    assert(!this.#isBroken, "this log could not be written before");
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

  /** The bytes of a text, valid until the next one is encoded. */
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
