/**
 * Pseudo-random choices for tests: the same seed gives the same choices on every machine.
 *
 * @module
 */

/** A source of choices. */
export interface RandomSource {
  /** A whole number from 0 up to but excluding `bound`. */
  readonly below: (bound: number) => number;
  /** One of the items. */
  readonly pick: <T>(items: readonly T[]) => T;
  /** True once in `times`, on average. */
  readonly once: (times: number) => boolean;
  /** The items in another order. */
  readonly shuffled: <T>(items: readonly T[]) => T[];
}

/** Choices that follow from the seed alone (the mulberry32 generator). */
export function randomSource(seed: number): RandomSource {
  let state = seed >>> 0;
  const below = (bound: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    once: (times) => below(times) === 0,
    shuffled: (items) => {
      const left = [...items];
      return items.flatMap(() => left.splice(below(left.length), 1));
    },
  };
}
