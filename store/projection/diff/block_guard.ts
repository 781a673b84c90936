/**
 * Checks the blocks of a log in which lines are read one by one: the spelling of their lines, their numbers, and their hash. Blocks
 * whose bytes both logs have are not read in this way.
 *
 * @module
 */
import { decodeText } from "../../file/decode_text.ts";
import { type Readable, readRange } from "../../file/byte_file.ts";
import { type BlockPlace, checkBlock } from "../../log/block_check.ts";
import type { LogDamage } from "../../log/log_damage.ts";
import { readEventLine } from "../../log/log_line.ts";
import { CHECKPOINT_EVENTS } from "../../log/log_tally.ts";
import { LogReader } from "../../log/reader.ts";
import { LineCursor } from "./line_cursor.ts";

/** The checks of one log, from its beginning to its end. */
export class BlockGuard {
  readonly #source: Readable;
  readonly #reader: LogReader;
  /** The line after the last block that was checked. */
  #next: BlockPlace = { offset: 0, seq: 0 };
  #damage: LogDamage | undefined;

  constructor(source: Readable) {
    this.#source = source;
    this.#reader = new LogReader(source);
  }

  /** The first damage. */
  get damage(): LogDamage | undefined {
    return this.#damage;
  }

  /** Checks the block with the line at a byte offset, or before it if that is a checkpoint, unless that is done. Offsets must not decrease. */
  check(offset: number): void {
    if (offset >= this.#next.offset && this.#damage === undefined) this.#checkBlockAt(offset);
  }

  #checkBlockAt(offset: number): void {
    const start = this.#startOf(offset);
    if (start === undefined) return;
    const block = this.#blockFrom(start);
    const bytes = readRange(this.#source, { at: start.offset, end: block.end });
    const { hash, damage } = checkBlock(bytes, start);
    this.#damage = damage;
    this.#next = { offset: block.end, seq: start.seq + block.lines };
    if (block.checkpoint !== undefined && damage === undefined) {
      this.#checkHash(block.checkpoint, hash);
    }
  }

  #startOf(offset: number): BlockPlace | undefined {
    if (offset === this.#next.offset) return this.#next;
    const before = this.#reader.lastCheckpoint(offset);
    if (!before.ok) {
      this.#damage = before.failure;
      return undefined;
    }
    if (before.value === undefined) return { offset: 0, seq: 0 };
    const { event, offset: at, length } = before.value;
    return { offset: at + length, seq: event.seq + 1 };
  }

  /** Where a block ends, and the line of its checkpoint. A block with too many lines ends with the first of these. */
  #blockFrom(start: BlockPlace): Block {
    const cursor = new LineCursor(this.#source, start.offset);
    let lines = 0;
    while (lines <= CHECKPOINT_EVENTS && cursor.hasLine()) {
      if (cursor.kind() === "checkpoint") {
        return { end: cursor.offset, lines, checkpoint: cursor.line() };
      }
      lines++;
      cursor.next();
    }
    return { end: cursor.offset, lines, checkpoint: undefined };
  }

  #checkHash(line: Uint8Array, hash: string): void {
    const { offset, seq } = this.#next;
    const read = readEventLine(decodeText(line.subarray(0, -1)));
    this.#next = { offset: offset + line.length, seq: seq + 1 };
    const place = { code: "damaged-log", line: seq + 1, offset } as const;
    if (!read.ok) this.#damage = { ...place, reason: read.failure };
    else if (read.value.kind === "checkpoint" && read.value.block !== hash) {
      this.#damage = { ...place, reason: "the block before this line does not match its hash" };
    } else if (read.value.kind === "checkpoint" && read.value.bytes !== offset) {
      this.#damage = { ...place, reason: `${offset} bytes precede this line` };
    }
  }
}

interface Block {
  readonly end: number;
  readonly lines: number;
  readonly checkpoint: Uint8Array | undefined;
}
