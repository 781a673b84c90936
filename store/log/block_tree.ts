/**
 * The blocks of a log and the tree over them, while the log is written or read: a block is all bytes between two checkpoints, and a
 * leaf of the tree (RFC 6962). The lines of checkpoints are in no leaf.
 *
 * @module
 */
import type { Checkpoint } from "../../dvm/event/event.ts";
import { startLeafHash } from "../tree/hash.ts";
import { TreeHead } from "../tree/tree_head.ts";
import type { LogCounts } from "./log_tally.ts";

/** The tree of a growing log. It keeps the hash of the block that is open, and one hash for each bit of the number of blocks. */
export class BlockTree {
  readonly #tree = new TreeHead();
  #leaf = startLeafHash();
  readonly #checkpoints: number[] = [];

  /** Number of whole blocks, which is that of checkpoints. */
  get size(): number {
    return this.#tree.size;
  }

  /** Byte offsets of all checkpoints. */
  get checkpoints(): readonly number[] {
    return this.#checkpoints;
  }

  /** Adds bytes to the open block. */
  update(bytes: Uint8Array): void {
    this.#leaf.update(bytes);
  }

  /** Ends the open block with the checkpoint that stands at a byte offset, and returns that checkpoint. */
  close(seq: number, bytes: number, counts: LogCounts): Checkpoint {
    const block = this.#leaf.digest();
    this.#leaf = startLeafHash();
    return this.closeWith(block, seq, bytes, counts);
  }

  /** The same where the hash of the block is known. */
  closeWith(block: string, seq: number, bytes: number, counts: LogCounts): Checkpoint {
    this.#tree.append(block);
    const { tick, effects, constraints, depth } = counts;
    const skip = skipPointers(this.#checkpoints);
    this.#checkpoints.push(bytes);
    const root = this.#tree.root();
    return {
      seq,
      kind: "checkpoint",
      tick,
      bytes,
      effects,
      constraints,
      depth,
      block,
      root,
      skip,
    };
  }

  /** The root over all whole blocks. */
  root(): string {
    return this.#tree.root();
  }
}

/** The byte offsets of the checkpoints 1, 2, 4, 8 … before the next one. */
function skipPointers(checkpoints: readonly number[]): number[] {
  const skip: number[] = [];
  for (let back = 1; back <= checkpoints.length; back *= 2) {
    skip.push(checkpoints[checkpoints.length - back] ?? 0);
  }
  return skip;
}
