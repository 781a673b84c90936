/**
 * Writes a log: events as lines, with a checkpoint after the header, after every 1,024 events, after the outcome and at the end. Writes
 * end at the end of a line, so an interrupted process leaves a valid prefix; a torn last line needs a crash of the system, a full disk,
 * or a kill in the middle of a write or of a large artifact.
 *
 * @module
 */
import { assert, bug } from "../../dvm/base/result.ts";
import type { Checkpoint, Event, ProgramLoaded } from "../../dvm/event/event.ts";
import { encodeEventInto, encodeProgramInto } from "../codec/encode_event.ts";
import { LineBytes } from "../codec/line_bytes.ts";
import { type Appendable, writeAll } from "../file/byte_file.ts";
import { BlockTree } from "./block_tree.ts";
import { LogTally } from "./log_tally.ts";

/** Bytes that are buffered before they are written; so many that the cost of a call does not matter. */
const PENDING_BYTES_MAX = 256 * 1024;

/** The state of a log at the end of one of its lines, from which a writer can continue. */
export interface LogEnd {
  /** Number of lines, and the `seq` of the next event. */
  readonly seq: number;
  /** Number of bytes. */
  readonly bytes: number;
  /** What the next checkpoint says of these lines. */
  readonly tally: LogTally;
  /** The tree over their blocks, with the open one. */
  readonly tree: BlockTree;
}

/**
 * Appends events to a log. If a write fails, the host's error is thrown and the writer cannot be used any more: what the file then
 * contains is known only by reading it.
 */
export class LogWriter {
  readonly #file: Appendable;
  readonly #tally: LogTally;
  readonly #tree: BlockTree;
  readonly #pending = new LineBytes(2 * PENDING_BYTES_MAX);
  /** How many of the pending bytes are in the tree, or belong to no block. */
  #hashed = 0;
  #seq: number;
  /** Number of bytes written, without the pending ones. */
  #bytes: number;
  #isBroken = false;
  #lastCheckpoint: Checkpoint | undefined;

  /** A writer for an empty file, or for one that was scanned up to its end, whose state it takes over. */
  constructor(file: Appendable, from?: LogEnd) {
    assert(file.size() === (from?.bytes ?? 0), "the writer does not begin at the end of the file");
    this.#file = file;
    this.#tally = from?.tally ?? new LogTally();
    this.#tree = from?.tree ?? new BlockTree();
    this.#seq = from?.seq ?? 0;
    this.#bytes = from?.bytes ?? 0;
    // An interrupted writer may not have written the checkpoint that was due.
    if (this.#tally.isCheckpointDue) this.#addCheckpoint();
  }

  /** The `seq` that the next event must have. */
  get seq(): number {
    return this.#seq;
  }

  /** The logical time after the last event. */
  get tick(): number {
    return this.#tally.tick;
  }

  /** The last checkpoint that this writer wrote. */
  get lastCheckpoint(): Checkpoint | undefined {
    return this.#lastCheckpoint;
  }

  /** Number of blocks that were written, each ended by a checkpoint. */
  get blocks(): number {
    return this.#tree.size;
  }

  /** The root over these blocks. */
  get root(): string {
    return this.#tree.root();
  }

  /** Whether events follow the last checkpoint. */
  get hasOpenBlock(): boolean {
    return this.#tally.sinceCheckpoint > 0;
  }

  /** Appends an event. Returns the checkpoint that was written after it, if any: it takes the next `seq`. */
  append(event: Event): Checkpoint | undefined {
    if (event.seq !== this.#seq) bug(`event ${this.#seq} was expected, not ${event.seq}`);
    assert(!this.#isBroken, "an earlier write to this log failed");
    if (event.kind === "program_loaded") this.#addProgram(event);
    else encodeEventInto(this.#pending, event);
    this.#seq++;
    if (event.kind === "stmt") this.#tally.addStatements(1);
    else this.#tally.add(event);
    const checkpoint = this.#tally.isCheckpointDue ? this.#addCheckpoint() : undefined;
    if (this.#pending.length >= PENDING_BYTES_MAX) this.flush();
    return checkpoint;
  }

  /** Passes all pending bytes to the host, which does not make them durable. */
  flush(): void {
    assert(!this.#isBroken, "an earlier write to this log failed");
    if (this.#pending.length === 0) return;
    this.#hashPending();
    this.#isBroken = true;
    writeAll(this.#file, this.#pending.view());
    this.#isBroken = false;
    this.#bytes += this.#pending.length;
    this.#pending.clear();
    this.#hashed = 0;
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
    if (this.hasOpenBlock) this.#addCheckpoint();
    this.flush();
  }

  /** Closes the file. Pending bytes are lost: call `finish`, `flush` or `sync` before. */
  close(): void {
    this.#file.close();
  }

  #addProgram(event: ProgramLoaded): void {
    for (const _ of encodeProgramInto(this.#pending, event)) {
      if (this.#pending.length >= PENDING_BYTES_MAX) this.flush();
    }
  }

  /** Adds to the open block what of the pending bytes is not in it. */
  #hashPending(): void {
    this.#tree.update(this.#pending.view().subarray(this.#hashed));
    this.#hashed = this.#pending.length;
  }

  #addCheckpoint(): Checkpoint {
    this.#hashPending();
    const bytes = this.#bytes + this.#pending.length;
    const checkpoint = this.#tree.close(this.#seq, bytes, this.#tally);
    encodeEventInto(this.#pending, checkpoint);
    this.#seq++;
    this.#hashed = this.#pending.length;
    this.#tally.addCheckpoint();
    this.#lastCheckpoint = checkpoint;
    return checkpoint;
  }
}
