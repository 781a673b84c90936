/**
 * A log that an execution is compared with, line by line as bytes, and that is checked at the same time: a block of lines that the
 * execution has yielded is known to be valid, and only other blocks are decoded.
 *
 * @module
 */
import { isMachineKind, type MachineEvent } from "../../../dvm/event/event.ts";
import { encodeEventInto } from "../../codec/encode_event.ts";
import { LineBytes } from "../../codec/line_bytes.ts";
import type { Readable } from "../../file/byte_file.ts";
import { StepList } from "../../log/block_check.ts";
import { type LogBlock, readBlocks } from "../../log/blocks.ts";
import { textOf } from "../../log/lines.ts";
import type { LogDamage } from "../../log/log_damage.ts";
import { CHECKPOINT_EVENTS } from "../../log/log_tally.ts";
import { type RawRecord, recordOf } from "../../log/raw_record.ts";
import { LogChecker } from "../../log/scan.ts";
import { leafHash } from "../../tree/hash.ts";

const LF = 0x0a;
const NOTHING: LogBlock = { bytes: new Uint8Array(), offset: 0, checkpoint: undefined };

/** Reads a log once, from its beginning. */
export class ComparedLog {
  readonly #blocks: ReturnType<typeof readBlocks>;
  readonly #checker = new LogChecker();
  readonly #expected = new LineBytes(1_024);
  #block = NOTHING;
  /** The bytes of the block. */
  #view = viewOf(NOTHING);
  /** Where the next line begins in the block. */
  #at = 0;
  #linesInBlock = 0;
  /** The events of the block up to here; `undefined` if they are not all known. */
  #steps: StepList | undefined;
  #lines = 0;
  #damage: LogDamage | undefined;
  #tornBytes = 0;

  constructor(source: Readable) {
    this.#blocks = readBlocks(source);
    this.#nextBlock();
  }

  /** Number of lines read, of all kinds. */
  get lines(): number {
    return this.#lines;
  }

  /** The first bad line of the part that was read. */
  get damage(): LogDamage | undefined {
    return this.#damage;
  }

  /** Number of bytes after the last whole line; known once the end is reached. */
  get tornBytes(): number {
    return this.#tornBytes;
  }

  /** Moves past the next line of the machine if it is that of an event, with its own number. Returns its byte offset. */
  accept(event: MachineEvent): number | undefined {
    do {
      this.#expected.clear();
      encodeEventInto(this.#expected, event, this.#lines);
      if (this.#expected.equalsAt(this.#view, this.#at)) {
        const offset = this.#offset;
        const isPlain = event.kind === "stmt" && event.thread === undefined;
        if (isPlain) this.#steps?.addStatement(offset);
        else this.#steps?.add({ ...event, seq: this.#lines }, offset);
        this.#passLine(this.#at + this.#expected.length);
        return offset;
      }
    } while (this.#passOther());
    return undefined;
  }

  /** The next line of the machine, which is passed; `undefined` at the end. */
  next(): RawRecord | undefined {
    while (this.#passOther());
    const record = this.#record();
    if (record !== undefined) this.#pass();
    return record;
  }

  /** Checks the rest of the log. */
  finish(): void {
    while (this.#block !== NOTHING) {
      this.#steps = undefined;
      this.#nextBlock();
    }
  }

  /** Moves past the next line if it is not one of the machine, whether or not it is valid there. */
  #passOther(): boolean {
    const record = this.#record();
    if (record === undefined || isMachineKind(record.kind)) return false;
    this.#pass();
    return true;
  }

  get #offset(): number {
    return this.#block.offset + this.#at;
  }

  #record(): RawRecord | undefined {
    if (this.#block === NOTHING) return undefined;
    const text = textOf(this.#block.bytes.subarray(this.#at, this.#lineEnd() - 1));
    return recordOf({ text, offset: this.#offset }, this.#lines + 1);
  }

  /** Moves past a line that is not compared. */
  #pass(): void {
    this.#steps = undefined;
    this.#passLine(this.#lineEnd());
  }

  #lineEnd(): number {
    return this.#block.bytes.indexOf(LF, this.#at) + 1;
  }

  #passLine(end: number): void {
    this.#at = end;
    this.#lines++;
    // Which line is one too many is for the check of the whole block to say.
    if (++this.#linesInBlock > CHECKPOINT_EVENTS) this.#steps = undefined;
    if (end === this.#block.bytes.length) this.#nextBlock();
  }

  /** Checks the block, and goes on to the next one that has lines. */
  #nextBlock(): void {
    do {
      this.#checkBlock();
      const next = this.#blocks.next();
      this.#block = next.done === true ? NOTHING : next.value;
      this.#view = viewOf(this.#block);
      if (next.done === true) this.#tornBytes = next.value.length;
      this.#at = this.#linesInBlock = 0;
      this.#steps = new StepList();
    } while (this.#block !== NOTHING && this.#block.bytes.length === 0);
  }

  #checkBlock(): void {
    const block = this.#block;
    if (block.checkpoint !== undefined) this.#lines++;
    if (this.#damage !== undefined || block === NOTHING) return;
    const steps = this.#at === block.bytes.length ? this.#steps?.list() : undefined;
    const added = steps === undefined
      ? this.#checker.addBlock(block)
      : this.#checker.addBlock(block, { hash: leafHash(block.bytes), steps, damage: undefined });
    if (!added.ok) this.#damage = added.failure;
  }
}

function viewOf({ bytes }: LogBlock): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
