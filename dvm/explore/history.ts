/**
 * The dispatches of one schedule, with what happened before what: by the order of each thread, by `spawn`, and by dependence.
 *
 * @module
 */
import type { Dispatch } from "./path.ts";
import { type Dependence, enables, type Touch } from "./touch.ts";

/** By thread, how far what it did happened before: the index of its last such dispatch, plus one. */
type Clock = readonly number[];

interface Dated extends Dispatch {
  readonly clock: Clock;
}

/** A schedule so far. */
export class History {
  readonly #dispatches: Dated[] = [];
  readonly #dependence: Dependence;

  /** An empty history. */
  constructor(dependence: Dependence) {
    this.#dependence = dependence;
  }

  /** The thread of each dispatch. */
  get schedule(): readonly number[] {
    return this.#dispatches.map(({ thread }) => thread);
  }

  /** Forgets all but the first `length` dispatches. */
  rewind(length: number): void {
    this.#dispatches.length = length;
  }

  /** Adds what was executed last. */
  add(dispatch: Dispatch): void {
    const { thread, touches } = dispatch;
    const clock = [...this.#clockBefore(thread)];
    for (const earlier of this.#dispatches) {
      if (this.#dependence(earlier.touches, touches)) merge(clock, earlier.clock);
    }
    clock[thread] = this.#dispatches.length + 1;
    this.#dispatches.push({ ...dispatch, clock });
  }

  /**
   * The races of a dispatch with the dispatches so far, newest first: those which it depends on, and which nothing in between orders before it. Each
   * with the threads that may be next instead of the earlier one, so that the two come in the other order.
   */
  *racesOf(thread: number, touches: readonly Touch[]): Iterable<Race> {
    const clock = [...this.#clockBefore(thread)];
    for (let index = this.#dispatches.length - 1; index >= 0; index--) {
      const earlier = this.#dispatches[index];
      if (earlier === undefined || isBefore(index, earlier, clock)) continue;
      if (!this.#dependence(earlier.touches, touches)) continue;
      if (enables(earlier.touches, touches)) continue;
      yield { index, instead: this.#startsWithout(index, { thread, touches }) };
      merge(clock, earlier.clock);
    }
  }

  /**
   * What does not happen after the dispatch at `index`, and then `last`, could happen without it. These are the threads that could be the first to do so.
   */
  #startsWithout(
    index: number,
    last: { readonly thread: number; readonly touches: readonly Touch[] },
  ): readonly number[] {
    const omitted = this.#dispatches[index];
    const kept: number[] = [];
    for (let later = index + 1; later < this.#dispatches.length; later++) {
      const dispatch = this.#dispatches[later];
      if (
        omitted !== undefined && dispatch !== undefined && !isBefore(index, omitted, dispatch.clock)
      ) {
        kept.push(later);
      }
    }
    const starts: number[] = [];
    const threads = new Set<number>();
    for (const later of kept) {
      const dispatch = this.#dispatches[later];
      if (dispatch === undefined || threads.has(dispatch.thread)) continue;
      threads.add(dispatch.thread);
      const follows = kept.some((other) =>
        other < later && this.#isBeforeAt(other, dispatch.clock)
      );
      if (!follows) starts.push(dispatch.thread);
    }
    if (threads.has(last.thread)) return starts;
    const clock = this.#clockBefore(last.thread);
    const follows = kept.some((other) => {
      const dispatch = this.#dispatches[other];
      return this.#isBeforeAt(other, clock) ||
        (dispatch !== undefined && this.#dependence(dispatch.touches, last.touches));
    });
    return follows ? starts : [last.thread, ...starts];
  }

  #isBeforeAt(index: number, clock: Clock): boolean {
    const dispatch = this.#dispatches[index];
    return dispatch !== undefined && isBefore(index, dispatch, clock);
  }

  /** What happened before the next dispatch of a thread, whatever that touches. */
  #clockBefore(thread: number): Clock {
    const own = this.#dispatches.findLast((dispatch) =>
      dispatch.thread === thread || dispatch.spawned === thread
    );
    return own?.clock ?? [];
  }
}

/** A dispatch that a later one races with. */
export interface Race {
  /** Its index. */
  readonly index: number;
  /** The threads one of which has to be next instead; never empty where the other order is possible. */
  readonly instead: readonly number[];
}

function isBefore(index: number, { thread }: Dispatch, clock: Clock): boolean {
  return (clock[thread] ?? 0) > index;
}

function merge(clock: number[], other: Clock): void {
  for (const [thread, time] of other.entries()) {
    clock[thread] = Math.max(clock[thread] ?? 0, time ?? 0);
  }
}
