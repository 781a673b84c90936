/**
 * Finds the last checkpoint that two logs have in common. Logs with equal checkpoints have equal bytes before them, so the common
 * prefix is found without reading it, by following skip pointers. This assumes that the checkpoints are correct, which `verify`
 * checks.
 *
 * @module
 */
import type { Checkpoint } from "../../../dvm/event/event.ts";
import type { Readable } from "../../file/byte_file.ts";
import { type LocatedEvent, LogReader } from "../../log/reader.ts";

type CheckpointLine = LocatedEvent<Checkpoint>;

/** The checkpoints with the same index in two logs. */
interface Pair {
  readonly left: CheckpointLine;
  readonly right: CheckpointLine;
}

/** The byte offset after the last checkpoint that two logs have in common; 0 if there is none. */
export function sharedCheckpointEnd(left: Readable, right: Readable): number {
  const chains = { left: new Chain(left), right: new Chain(right) };
  const start = lastPair(chains);
  if (start === undefined) return 0;
  const shared = areEqual(start) ? start : sharedBefore(chains, start);
  return shared === undefined ? 0 : shared.left.offset + shared.left.length;
}

interface Chains {
  readonly left: Chain;
  readonly right: Chain;
}

/** The last checkpoints with the same index in both logs. */
function lastPair({ left, right }: Chains): Pair | undefined {
  const ends = { left: left.last(), right: right.last() };
  if (ends.left === undefined || ends.right === undefined) return undefined;
  const indices = { left: left.indexOf(ends.left), right: right.indexOf(ends.right) };
  const index = Math.min(indices.left, indices.right);
  return pair(
    left.stepBack(ends.left, indices.left - index),
    right.stepBack(ends.right, indices.right - index),
  );
}

/** Goes back from a differing pair to the first differing one, by the longest steps, and returns the pair before it. */
function sharedBefore({ left, right }: Chains, differing: Pair): Pair | undefined {
  let first = differing;
  const back = (power: number) =>
    pair(left.before(first.left, power), right.before(first.right, power));
  for (let power = first.left.event.skip.length - 1; power >= 0; power--) {
    const before = back(power);
    if (before !== undefined && !areEqual(before)) first = before;
  }
  const shared = back(0);
  return shared !== undefined && areEqual(shared) ? shared : undefined;
}

function pair(
  left: CheckpointLine | undefined,
  right: CheckpointLine | undefined,
): Pair | undefined {
  return left === undefined || right === undefined ? undefined : { left, right };
}

function areEqual({ left, right }: Pair): boolean {
  return left.offset === right.offset && left.event.root === right.event.root;
}

/** The checkpoints of one log. An invalid pointer ends the chain: a shorter prefix is then known to be common. */
class Chain {
  readonly #reader: LogReader;

  constructor(source: Readable) {
    this.#reader = new LogReader(source);
  }

  last(): CheckpointLine | undefined {
    const last = this.#reader.lastCheckpoint();
    return last.ok ? last.value : undefined;
  }

  /** The checkpoint 2^power before this one. */
  before({ event }: CheckpointLine, power: number): CheckpointLine | undefined {
    const offset = event.skip[power];
    const found = offset === undefined ? undefined : this.#reader.checkpointAt(offset);
    return found?.ok === true ? found.value : undefined;
  }

  /** Number of checkpoints before this one, as far as the chain is valid. */
  indexOf(anchor: CheckpointLine): number {
    let index = 0;
    let at: CheckpointLine | undefined = anchor;
    while (at !== undefined && at.event.skip.length > 0) {
      const power: number = at.event.skip.length - 1;
      index += 2 ** power;
      at = this.before(at, power);
    }
    return index;
  }

  /** The checkpoint `steps` before this one. */
  stepBack(anchor: CheckpointLine, steps: number): CheckpointLine | undefined {
    let at: CheckpointLine | undefined = anchor;
    for (let left = steps; left > 0 && at !== undefined;) {
      const power: number = Math.min(Math.floor(Math.log2(left)), at.event.skip.length - 1);
      at = this.before(at, power);
      left -= 2 ** power;
    }
    return at;
  }
}
