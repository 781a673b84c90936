/**
 * Data races (CCY-11; language-v0.2, "Data races"): a graph of what happens before what, searched at each access. Nothing is
 * summed up in clocks.
 *
 * @module
 */
import { type Rules, RunFailure } from "./rules.ts";

/** A moment of one thread. */
export interface Moment {
  readonly thread: number;
  /** What happens directly before it. */
  readonly after: readonly Moment[];
}

/** A part of something that threads share. */
export interface Touch {
  /** The identity of what is touched. */
  readonly on: unknown;
  /** The first byte, and the one after the last. */
  readonly from: bigint;
  readonly to: bigint;
  readonly isWrite: boolean;
}

/** Whether two accesses touch the same part, and one of them writes. */
export function conflict(a: Touch, b: Touch): boolean {
  return a.on === b.on && a.from < b.to && b.from < a.to && (a.isWrite || b.isWrite);
}

/** What happened in a run, as far as it orders its threads. */
export class Races {
  readonly #rules: Rules;
  readonly #last = new Map<number, Moment>();
  readonly #accesses: { readonly touch: Touch; readonly moment: Moment }[] = [];

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** A moment of a thread, after its others and after some of other threads. */
  moment(thread: number, ...others: readonly (Moment | undefined)[]): Moment {
    const moments = [this.#last.get(thread), ...others];
    const moment = { thread, after: moments.filter((each) => each !== undefined) };
    this.#last.set(thread, moment);
    return moment;
  }

  /** A thread begins at a moment of its spawner. */
  spawned(thread: number, moment: Moment): void {
    if (!this.#rules.breaks("spawns order nothing")) this.#last.set(thread, moment);
  }

  /** A thread goes on after another. */
  joined(thread: number, other: number): void {
    this.moment(
      thread,
      this.#rules.breaks("joins order nothing") ? undefined : this.#last.get(other),
    );
  }

  /** An access. Fails where nothing orders it and an earlier one. */
  access(thread: number, touch: Touch): void {
    const moment = this.moment(thread);
    const racing = this.#accesses.some((earlier) =>
      earlier.moment.thread !== thread && this.#conflict(earlier.touch, touch) &&
      !happensBefore(earlier.moment, moment)
    );
    this.#accesses.push({ touch, moment });
    if (racing && !this.#rules.breaks("races are let through")) {
      throw new RunFailure("Inadmissible", "a data race", "DR0920");
    }
  }

  #conflict(a: Touch, b: Touch): boolean {
    if (!this.#rules.breaks("two reads race")) return conflict(a, b);
    return conflict(a, { ...b, isWrite: true });
  }
}

function happensBefore(early: Moment, late: Moment): boolean {
  const seen = new Set<Moment>();
  const open = [late];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === early) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    for (const each of next.after) open.push(each);
  }
  return false;
}
