/**
 * The next thread (CCY-05, CCY-06; language-v0.2, "Scheduler"): of those that are ready, the one with the least turn and delay.
 *
 * @module
 */
import type { Rules } from "./rules.ts";

/** A thread as the scheduler sees it. */
export interface Scheduled {
  /** 0 for the first thread. */
  readonly number: number;
  /** How many dispatches there had been at its own last one, or at its spawn. */
  readonly turn: number;
  /** How many dispatches it has had. */
  readonly dispatches: number;
  /** `undefined` for no delays. */
  readonly seed: bigint | undefined;
}

/** The thread that is next. */
export function nextOf<Thread extends Scheduled>(
  ready: readonly Thread[],
  rules: Rules,
): Thread | undefined {
  if (rules.breaks("a thread runs until it waits")) return lastRun(ready);
  const keys = ready.map((thread) => ({ thread, key: thread.turn + delayOf(thread, rules) }));
  const isNewestFirst = rules.breaks("of equal turns the newest thread is first");
  keys.sort((a, b) =>
    a.key - b.key || (a.thread.number - b.thread.number) * (isNewestFirst ? -1 : 1)
  );
  return keys[0]?.thread;
}

function lastRun<Thread extends Scheduled>(ready: readonly Thread[]): Thread | undefined {
  return ready.toSorted((a, b) => b.turn - a.turn)[0];
}

/** 0 to 7: the top three bits of a hash of the seed, the thread and its dispatches. */
export function delayOf({ seed, number, dispatches }: Scheduled, rules: Rules): number {
  if (seed === undefined || rules.breaks("the seed is ignored")) return 0;
  const isSame = rules.breaks("the delay of a thread never changes");
  const ofThread = mix(mix(BigInt.asUintN(64, seed)) ^ BigInt(number));
  const hash = mix(ofThread ^ (isSame ? 0n : BigInt(dispatches)));
  return Number(hash >> 61n);
}

/** One step of SplitMix64 from a state (Steele, Lea, Flood 2014). */
export function mix(state: bigint): bigint {
  let z = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}
