/**
 * How long ready threads wait in a run of the reference model.
 *
 * @module
 */
import { execute, type ModelInput, prepare } from "../model/model.ts";

/** The longest that one thread was ready and not chosen. */
export interface LongestWait {
  /** Dispatches of other threads meanwhile. */
  readonly waited: number;
  /** How many other threads had one of them. */
  readonly others: number;
}

/** The waits of every thread of a program. */
export function longestWaits(text: string, input: ModelInput): readonly LongestWait[] {
  const waiting = new Map<number, number[]>();
  const longest: LongestWait[] = [];
  let ready: readonly number[] = [];
  let counted = 0;
  const { dispatches } = execute(prepare(text), input, (threads, before) => {
    note(before.at(-1)?.thread);
    ready = threads.map(({ number }) => number);
    counted = before.length;
    return undefined;
  });
  if (counted > 0) note(dispatches[counted]?.thread);
  return longest;

  /** A thread was chosen among those that were ready. */
  function note(chosen: number | undefined): void {
    if (chosen === undefined) return;
    for (const thread of waiting.keys()) if (!ready.includes(thread)) waiting.delete(thread);
    for (const thread of ready) {
      const others = thread === chosen ? [] : [...waiting.get(thread) ?? [], chosen];
      waiting.set(thread, others);
      longest.push({ waited: others.length, others: new Set(others).size });
    }
  }
}
