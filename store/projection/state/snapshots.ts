/**
 * Snapshots: states of a run at some of its checkpoints, kept in a separate file, so that the state at any event is found without
 * folding the whole log. They are a cache: missing, stale or unreadable snapshots are folded again.
 *
 * The file has one encoded state per line, followed by one line with the index and its digest. The index names the version of dustrun
 * that wrote it and the program; an entry names the checkpoint before it and is valid only for a log with this checkpoint.
 *
 * @module
 */
import { decodeText } from "../../file/decode_text.ts";
import { VERSION } from "../../../dvm/base/version.ts";
import type { Checkpoint } from "../../../dvm/event/event.ts";
import { EFFECTS_KEPT, type State } from "../../../dvm/event/state.ts";
import { StateCodec } from "../../../dvm/event/state_codec.ts";
import { lineLength } from "../../codec/encode_event.ts";
import { type Appendable, type Readable, readRange, writeAll } from "../../file/byte_file.ts";
import { isHostError } from "../../file/host_error.ts";
import { sha256 } from "../../file/sha256.ts";

/** The position of one snapshot in its file and in the log. */
export interface SnapshotEntry {
  /** The `seq` of the event that follows. */
  readonly seq: number;
  /** Byte offset of that event, and of the checkpoint before it, in the log. */
  readonly offset: number;
  readonly checkpoint: number;
  /** The root in that checkpoint. */
  readonly root: string;
  readonly tick: number;
  readonly effects: number;
  /** Byte offset, length and digest of the encoded state in this file. */
  readonly at: number;
  readonly length: number;
  readonly digest: string;
}

/** The form of the file; another one has other members in its states. */
const FORMAT = "dustrun-snapshots/4";

/** The index of a file of snapshots. */
export interface SnapshotIndex {
  readonly format: typeof FORMAT;
  readonly version: string;
  readonly program: string;
  readonly entries: readonly SnapshotEntry[];
}

/** Checkpoints between two snapshots: folding the 8,192 events between them takes a few hundredths of a second. */
const INTERVAL_CHECKPOINTS = 8;
/** Snapshots take at most 1/`LOG_SHARE` of the log's size or `FREE_BYTES`, whichever is more: states may be large. */
const LOG_SHARE = 8;
const FREE_BYTES = 1024 * 1024;
/** How every file of snapshots begins. */
export const SNAPSHOT_HEAD = '{"program":{"@ref":0},"seq":';

/** Larger states are not kept: reading one takes longer than folding from the previous snapshot. */
const STATE_BYTES_MAX = 4 * 1024 * 1024;
/** Minimum size of a cell in an encoded state; a state with too many cells is not even encoded. */
const CELL_BYTES_MIN = 16;

function cellsOf({ frames }: State): number {
  return frames.reduce((cells, frame) => cells + frame.cells.length, 0);
}

/** Appends snapshots to a file, which is opened when the first one is written. A host error only ends the writing of snapshots. */
export class SnapshotWriter {
  readonly #open: () => Appendable;
  readonly #entries: SnapshotEntry[];
  #file: Appendable | undefined;
  #codec: StateCodec | undefined;
  #program = "";
  #interval: number;
  #checkpoints = 0;
  #bytes: number;
  #isDone = false;

  /** Continues after the states of an index, or begins a new file; `interval` checkpoints lie between two snapshots. */
  constructor(
    open: () => Appendable,
    { from, interval = INTERVAL_CHECKPOINTS }: {
      readonly from?: SnapshotIndex;
      readonly interval?: number;
    } = {},
  ) {
    this.#open = open;
    this.#interval = interval;
    this.#entries = [...(from?.entries ?? [])];
    const last = this.#entries[this.#entries.length - 1];
    this.#bytes = last === undefined ? 0 : last.at + last.length + 1;
  }

  /** Writes the state after a checkpoint if the interval has passed. */
  offer(state: State, checkpoint: Checkpoint): void {
    if (this.#isDone || ++this.#checkpoints % this.#interval !== 0) return;
    if (CELL_BYTES_MIN * cellsOf(state) > STATE_BYTES_MAX) return;
    this.#codec ??= new StateCodec(state.program);
    const codec = this.#codec;
    this.#program = state.input?.program ?? "";
    this.#guard(() => {
      const text = codec.encode({ ...state, effects: state.effects.slice(-EFFECTS_KEPT) });
      const bytes = new TextEncoder().encode(`${text}\n`);
      const bytesMax = Math.max(FREE_BYTES, checkpoint.bytes / LOG_SHARE);
      if (this.#bytes + bytes.length > bytesMax) {
        this.#interval *= 2; // encoding a state that is not kept costs as much
        return;
      }
      writeAll(this.#opened(), bytes);
      this.#entries.push({
        seq: state.seq,
        offset: checkpoint.bytes + lineLength(checkpoint),
        checkpoint: checkpoint.bytes,
        root: checkpoint.root,
        tick: state.tick,
        effects: state.effectCount,
        at: this.#bytes,
        length: bytes.length - 1,
        digest: sha256(text),
      });
      this.#bytes += bytes.length;
    });
  }

  /** Writes the index and closes the file, if one was opened. */
  finish(): void {
    this.#guard(() => {
      if (this.#file === undefined) return;
      const index: SnapshotIndex = {
        format: FORMAT,
        version: VERSION,
        program: this.#program,
        entries: this.#entries,
      };
      const text = JSON.stringify(index);
      writeAll(this.#file, new TextEncoder().encode(`${sha256(text)} ${text}\n`));
    });
    this.#isDone = true;
    this.#file?.close();
    this.#file = undefined;
  }

  #opened(): Appendable {
    if (this.#file === undefined) {
      this.#file = this.#open();
      this.#file.truncate(this.#bytes);
    }
    return this.#file;
  }

  /** A cache that cannot be written must not fail the run. */
  #guard(write: () => void): void {
    if (this.#isDone) return;
    try {
      write();
    } catch (cause) {
      // A state may be too large for one string.
      if (!isHostError(cause) && !(cause instanceof RangeError)) throw cause;
      this.#isDone = true;
      this.#file?.close();
      this.#file = undefined;
    }
  }
}

const LF = 0x0a;

/** The index of a file of snapshots; `undefined` if there is none for this version and program. */
export function readSnapshotIndex(file: Readable, program: string): SnapshotIndex | undefined {
  const size = file.size();
  for (let window = 64 * 1024;; window *= 8) {
    const at = Math.max(0, size - window);
    const bytes = readRange(file, { at, end: size });
    if (bytes[bytes.length - 1] !== LF) return undefined;
    const before = bytes.lastIndexOf(LF, bytes.length - 2);
    if (before < 0 && at > 0) continue;
    return parseIndex(decodeText(bytes.subarray(before + 1)), program);
  }
}

/** Parses `digest index`; the index is used only if its digest matches. */
function parseIndex(line: string, program: string): SnapshotIndex | undefined {
  const [digest, text] = [line.slice(0, 64), line.slice(65, -1)];
  if (sha256(text) !== digest) return undefined;
  const index: SnapshotIndex = JSON.parse(text);
  return index.format === FORMAT && index.version === VERSION && index.program === program
    ? index
    : undefined;
}

/** The state of an entry; `undefined` if the file does not match its index. */
export function readSnapshot(
  file: Readable,
  entry: SnapshotEntry,
  codec: StateCodec,
): State | undefined {
  const { at, length, digest } = entry;
  const text = decodeText(readRange(file, { at, end: at + length }));
  return sha256(text) === digest ? codec.decode(text) : undefined;
}

/** A file of snapshots beside a log. */
export interface SnapshotFile {
  /** The file for reading; `undefined` if there is none. The caller closes it. */
  read(): Readable | undefined;
  /** The file for writing, created if there is none. */
  write(): Appendable;
}
