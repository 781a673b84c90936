/**
 * The part of a log that has been checked, from its beginning. States are folded only from lines in it, so a state is the same answer
 * with snapshots and without: also where folding skips blocks, these are checked.
 *
 * @module
 */
import type { Readable } from "../../file/byte_file.ts";
import { readBlocks } from "../../log/blocks.ts";
import type { LogDamage } from "../../log/log_damage.ts";
import { LogChecker } from "../../log/scan.ts";

/** Checks a log block by block, as far as it is needed, and no block twice. */
export class CheckedPrefix {
  readonly #source: Readable;
  #blocks: ReturnType<typeof readBlocks>;
  #checker = new LogChecker();
  #end = 0;
  #damage: LogDamage | undefined;

  constructor(source: Readable) {
    this.#source = source;
    this.#blocks = readBlocks(source);
  }

  /** The first damage up to the end of the block with the line at a byte offset; `undefined` if there is none. */
  damageTo(offset: number): LogDamage | undefined {
    if (offset >= this.#end && !this.#extendTo(offset)) {
      // The log has grown after its end was read: its last block is another one now.
      this.#blocks = readBlocks(this.#source);
      this.#checker = new LogChecker();
      this.#end = 0;
      this.#extendTo(offset);
    }
    return offset < this.#end ? undefined : this.#damage;
  }

  /** Returns whether the line was reached, or damage before it. */
  #extendTo(offset: number): boolean {
    while (offset >= this.#end && this.#damage === undefined) {
      const next = this.#blocks.next();
      if (next.done === true) return false;
      const { bytes, checkpoint } = next.value;
      const added = this.#checker.addBlock(next.value);
      if (added.ok) this.#end = next.value.offset + bytes.length + (checkpoint?.length ?? 0);
      else this.#damage = added.failure;
    }
    return true;
  }
}
