/**
 * How long the seed of a thread delays its next dispatch. The numbers are those of SplitMix64 (Steele, Lea and Flood 2014).
 *
 * @module
 */
import type { Int64 } from "../value/int64.ts";

/** From 0 to 7, for the dispatch of a thread after `dispatches` ones; 0 without a seed. */
export function delayOf(seed: Int64 | undefined, thread: number, dispatches: number): number {
  if (seed === undefined) return 0;
  const ofThread = mix(mix(BigInt(seed)) ^ BigInt(thread));
  return Number(mix(ofThread ^ BigInt(dispatches)) >> 61n);
}

/** The output of one step of SplitMix64 from a state. */
function mix(state: bigint): bigint {
  let z = BigInt.asUintN(64, state + 0x9E3779B97F4A7C15n);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xBF58476D1CE4E5B9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94D049BB133111EBn);
  return z ^ (z >> 31n);
}
