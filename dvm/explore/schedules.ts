/**
 * Every schedule of a program, up to the order of dispatches that do not depend on each other: dynamic partial order reduction with sleep
 * sets (Flanagan and Godefroid 2005; Abdulla, Aronis, Jonsson and Sagonas 2014). It steers the machine and has no rules of the language
 * of its own.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import type { EffectEvent, OutcomeEvent } from "../event/event.ts";
import type { RunInput } from "../event/input.ts";
import type { Analysis } from "../machine/analysis.ts";
import { History } from "./history.ts";
import { RunPath } from "./path.ts";
import type { Dependence, Touch } from "./touch.ts";

/** One schedule out of each class of equivalent ones. */
export interface ExploredSchedule {
  /** The thread of each dispatch, counted from the first `spawn`: a `schedule` of a run. */
  readonly schedule: readonly number[];
  /** How the run ended. */
  readonly outcome: OutcomeEvent;
  /** The effects up to there, in order. */
  readonly effects: readonly EffectEvent[];
  /** At least as many bytes as the run can have needed in any order of its dispatches. */
  readonly bytes: number;
}

/** A point of the current schedule where threads could be chosen. */
interface Choice {
  /** The events before it. */
  readonly length: number;
  readonly ready: readonly number[];
  /** The threads that have to be tried here. */
  readonly wanted: Set<number>;
  /** The threads that need not be tried here, with what their next dispatch touches: all that could follow has been seen. */
  readonly asleep: Map<number, readonly Touch[]>;
}

/** Executes a program in one schedule of each class. A program without threads has one. The dependence says which are equivalent. */
export function* exploreSchedules(
  analysis: Analysis,
  input: RunInput,
  dependence: Dependence,
): Generator<ExploredSchedule, void> {
  const exploration = new Exploration(analysis, input, dependence);
  do {
    const found = exploration.follow();
    if (found !== undefined) yield found;
  } while (exploration.turnBack());
}

class Exploration {
  readonly #path: RunPath;
  readonly #history: History;
  readonly #dependence: Dependence;
  readonly #choices: Choice[] = [];
  /** What sleeps at the next choice. */
  #asleep = new Map<number, readonly Touch[]>();

  constructor(analysis: Analysis, input: RunInput, dependence: Dependence) {
    this.#path = new RunPath(analysis, input);
    this.#history = new History(dependence);
    this.#dependence = dependence;
  }

  /** Goes on to the end of a run; `undefined` where everything that could follow has been seen. */
  follow(): ExploredSchedule | undefined {
    while (this.#path.outcome === undefined) {
      this.#wantOtherOrdersOfLocks();
      const ready = this.#path.ready();
      if (ready.length === 0) {
        this.#path.finish();
        break;
      }
      const next = ready.find((thread) => !this.#asleep.has(thread));
      if (next === undefined) return undefined;
      this.#choices.push({
        length: this.#path.length,
        ready,
        wanted: new Set([next]),
        asleep: this.#asleep,
      });
      this.#execute(next);
    }
    const { outcome, effects, bytes } = this.#path;
    assert(outcome !== undefined, "a run without an end");
    return { schedule: this.#history.schedule, outcome, effects, bytes };
  }

  /** Returns to the latest choice where another thread has to be tried, and tries it; `false` where there is none. */
  turnBack(): boolean {
    for (let choice = this.#choices.at(-1); choice !== undefined; choice = this.#choices.at(-1)) {
      const { wanted, asleep } = choice;
      const next = [...wanted].find((thread) => !asleep.has(thread));
      if (next !== undefined) {
        this.#path.rewind(choice.length);
        this.#history.rewind(this.#choices.length - 1);
        this.#execute(next);
        return true;
      }
      this.#choices.pop();
    }
    return false;
  }

  /** Executes a thread at the latest choice. Whatever it races with is wanted in the other order too. */
  #execute(thread: number): void {
    const choice = this.#choices.at(-1);
    assert(choice !== undefined, "a dispatch without a choice");
    const dispatch = this.#path.dispatch(thread);
    const { touches } = dispatch;
    this.#wantOtherOrders(thread, touches);
    this.#history.add(dispatch);
    if (touches.some(({ kind }) => kind === "failure")) addAll(choice.wanted, choice.ready);
    this.#asleep = new Map();
    for (const [other, itsTouches] of choice.asleep) {
      if (!this.#dependence(itsTouches, touches)) this.#asleep.set(other, itsTouches);
    }
    choice.asleep.set(thread, touches);
  }

  /** A thread that waits for a lock might have been first, and may never get to it in this schedule. */
  #wantOtherOrdersOfLocks(): void {
    for (const { thread, mutex } of this.#path.locksAwaited()) {
      this.#wantOtherOrders(thread, [{ kind: "lock", mutex, isRelease: false }]);
    }
  }

  #wantOtherOrders(thread: number, touches: readonly Touch[]): void {
    for (const { index, instead } of this.#history.racesOf(thread, touches)) {
      const choice = this.#choices[index];
      assert(choice !== undefined, "a dispatch without a choice");
      const { wanted, ready } = choice;
      if (instead.some((other) => wanted.has(other))) continue;
      const possible = instead.find((other) => ready.includes(other));
      addAll(wanted, possible === undefined ? ready : [possible]);
    }
  }
}

function addAll(set: Set<number>, threads: readonly number[]): void {
  for (const thread of threads) set.add(thread);
}
