/**
 * Snapshots: states of a run at some of its checkpoints, kept in a file of their own, so that the state at any event is found
 * without folding what lies far behind it. They are a cache: whatever is missing, stale or unreadable is folded again.
 *
 * The file holds one encoded state a line, and behind them one line with the index and its digest. An index names the version of dustrun that
 * wrote it and the program it belongs to; an entry names the log's checkpoint it stands behind, and is good only for a log that
 * has this very checkpoint there.
 *
 * @module
 */
import type { Checkpoint } from "../../../dvm/event/event.ts";
import type { State } from "../../../dvm/event/state.ts";
import { StateCodec } from "../../../dvm/event/state_codec.ts";
import { VERSION } from "../../../dvm/base/version.ts";
import { type Appendable, type Readable, readRange, writeAll } from "../../file/byte_file.ts";
import { encodeLine } from "../../codec/encode_event.ts";
import { isHostError } from "../../file/host_error.ts";
import { sha256 } from "../../file/sha256.ts";

/** Where one snapshot is, and where in the log it belongs. */
export interface SnapshotEntry {
  /** The `seq` of the event that follows. */
  readonly seq: number;
  /** Byte offset of that event, and of the checkpoint before it, in the log. */
  readonly offset: number;
  readonly checkpoint: number;
  /** The digest that the checkpoint states. */
  readonly sha256: string;
  readonly tick: number;
  readonly effects: number;
  /** Byte offset, length and digest of the encoded state in this file. */
  readonly at: number;
  readonly length: number;
  readonly digest: string;
}

/** What a file of snapshots holds. */
export interface SnapshotIndex {
  readonly format: "dustrun-snapshots/1";
  readonly version: string;
  readonly program: string;
  readonly entries: readonly SnapshotEntry[];
}

/** A snapshot is due every so many checkpoints: folding the 8,192 events between two takes a few hundredths of a second. */
const INTERVAL_CHECKPOINTS = 8;
/** Snapshots take at most this part of the log's size, or so many bytes: states may be large. */
const LOG_SHARE = 8;
const FREE_BYTES = 1024 * 1024;
/** How every file of snapshots begins. */
export const SNAPSHOT_HEAD = '{"program":{"@ref":0},"seq":';
/** Effects that a snapshot keeps, the latest ones. All of them stand in the log. */
export const EFFECTS_KEPT = 16;

/** A larger state is not kept: reading it takes longer than folding the events up to it from the snapshot before. */
const STATE_BYTES_MAX = 4 * 1024 * 1024;
/** No cell takes fewer bytes than this in an encoded state, so one with very many is not even encoded. */
const CELL_BYTES_MIN = 16;

function cellsOf({ frames }: State): number {
  return frames.reduce((cells, frame) => cells + frame.cells.length, 0);
}

/** Adds snapshots to a file. It is opened when the first one is due. What the host refuses ends the writing, and nothing else. */
export class SnapshotWriter {
  readonly #open: () => Appendable;
  readonly #entries: SnapshotEntry[];
  #file: Appendable | undefined;
  #codec: StateCodec | undefined;
  #program = "";
  #interval = INTERVAL_CHECKPOINTS;
  #checkpoints = 0;
  #bytes: number;
  #isDone = false;

  /** Goes on behind the states that an index has, or at the beginning. */
  constructor(open: () => Appendable, from?: SnapshotIndex) {
    this.#open = open;
    this.#entries = [...(from?.entries ?? [])];
    const last = this.#entries[this.#entries.length - 1];
    this.#bytes = last === undefined ? 0 : last.at + last.length + 1;
  }

  /** Looks at the state behind a checkpoint, and keeps it if a snapshot is due. */
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
        this.#interval *= 2; // encoding what is not kept costs as much
        return;
      }
      writeAll(this.#opened(), bytes);
      this.#entries.push({
        seq: state.seq,
        offset: checkpoint.bytes + encodeLine(checkpoint).length + 1,
        checkpoint: checkpoint.bytes,
        sha256: checkpoint.sha256,
        tick: state.tick,
        effects: state.effectCount,
        at: this.#bytes,
        length: bytes.length - 1,
        digest: sha256(text),
      });
      this.#bytes += bytes.length;
    });
  }

  /** Writes the index, and closes the file if there is one. */
  finish(): void {
    this.#guard(() => {
      if (this.#file === undefined) return;
      const index: SnapshotIndex = {
        format: "dustrun-snapshots/1",
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

  /** A cache that cannot be written is no reason to fail. */
  #guard(write: () => void): void {
    if (this.#isDone) return;
    try {
      write();
    } catch (cause) {
      // A state may be too large for one text.
      if (!isHostError(cause) && !(cause instanceof RangeError)) throw cause;
      this.#isDone = true;
      this.#file?.close();
      this.#file = undefined;
    }
  }
}

const LF = 0x0a;

/** The index of a file of snapshots; `undefined` when it has none that this version can use for this program. */
export function readSnapshotIndex(file: Readable, program: string): SnapshotIndex | undefined {
  const size = file.size();
  for (let window = 64 * 1024;; window *= 8) {
    const at = Math.max(0, size - window);
    const bytes = readRange(file, { at, end: size });
    if (bytes[bytes.length - 1] !== LF) return undefined;
    const before = bytes.lastIndexOf(LF, bytes.length - 2);
    if (before < 0 && at > 0) continue;
    return parseIndex(new TextDecoder().decode(bytes.subarray(before + 1)), program);
  }
}

/** `digest index`: what the digest does not fit is not looked at. */
function parseIndex(line: string, program: string): SnapshotIndex | undefined {
  const [digest, text] = [line.slice(0, 64), line.slice(65, -1)];
  if (sha256(text) !== digest) return undefined;
  const index: SnapshotIndex = JSON.parse(text);
  return index.version === VERSION && index.program === program ? index : undefined;
}

/** The state of an entry; `undefined` when the file does not hold what its index says. */
export function readSnapshot(
  file: Readable,
  entry: SnapshotEntry,
  codec: StateCodec,
): State | undefined {
  const { at, length, digest } = entry;
  const text = new TextDecoder().decode(readRange(file, { at, end: at + length }));
  return sha256(text) === digest ? codec.decode(text) : undefined;
}
