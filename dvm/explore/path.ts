/**
 * A run that is steered from outside and can be taken back: the events so far, and the state that they fold to.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import type { EffectEvent, Event, MachineEvent, OutcomeEvent } from "../event/event.ts";
import type { RunInput } from "../event/input.ts";
import { initialState, type State } from "../event/state.ts";
import type { Analysis } from "../machine/analysis.ts";
import { Decider } from "../machine/decide.ts";
import type { Ending } from "../machine/ending.ts";
import { evolve } from "../machine/evolve.ts";
import { headerOf } from "../machine/run.ts";
import {
  type AwaitedLock,
  decideThread,
  isBetweenDispatches,
  locksAwaited,
  readyThreads,
  scheduledThread,
} from "../machine/schedule.ts";
import { type Touch, touchesOf } from "./touch.ts";

/** What a thread executed without another in between. */
export interface Dispatch {
  readonly thread: number;
  readonly touches: readonly Touch[];
  /** The thread that it started. */
  readonly spawned: number | undefined;
}

/** A run at a point where any ready thread may be next, or at its end. */
export class RunPath {
  readonly #analysis: Analysis;
  readonly #events: Event[] = [];
  #state: State;
  #decider: Decider;

  /** The run up to the first choice between threads, or to its end where there is none. */
  constructor(analysis: Analysis, input: RunInput) {
    this.#analysis = analysis;
    this.#state = initialState(analysis.program);
    this.#decider = new Decider(analysis, this.#state);
    for (const event of headerOf(analysis.program, input, analysis.sha256)) {
      this.#fold({ ...event, seq: this.#state.seq });
    }
    while (!this.#isAtChoice()) this.#take(this.#decider.next());
  }

  #isAtChoice(): boolean {
    if (this.#state.outcome !== undefined) return true;
    const threads = this.#state.threads?.list.length ?? 1;
    return threads > 1 && isBetweenDispatches(this.#state) && this.#state.refusal === undefined;
  }

  /** How many events there are, for {@link rewind}. */
  get length(): number {
    return this.#events.length;
  }

  /** The last event of a finished run. */
  get outcome(): OutcomeEvent | undefined {
    return this.#state.outcome;
  }

  /** The effects so far. */
  get effects(): readonly EffectEvent[] {
    return this.#state.effects.map(({ event }) => event);
  }

  /** At least as many bytes as the run so far can have needed in any order of its dispatches. */
  get bytes(): number {
    let bytes = this.#state.io.kept;
    for (const event of this.#events) if (event.kind === "mem_alloc") bytes += event.size;
    return bytes;
  }

  /** The threads that may be next, ascending. Where there is none, {@link finish} ends the run. */
  ready(): readonly number[] {
    return readyThreads(this.#analysis, this.#state);
  }

  /** The thread that the scheduler chooses; `undefined` where none is ready. */
  scheduled(): number | undefined {
    return scheduledThread(this.#analysis, this.#state);
  }

  /** The threads that wait for a lock. */
  locksAwaited(): readonly AwaitedLock[] {
    return locksAwaited(this.#analysis, this.#state);
  }

  /** Executes the next dispatch of a ready thread. */
  dispatch(thread: number): Dispatch {
    const touches: Touch[] = [];
    let spawned: number | undefined;
    do {
      const { refusal } = this.#state;
      const next = refusal === undefined
        ? decideThread(this.#analysis, this.#state, thread)
        : this.#decider.next();
      for (const touch of this.#touchesOf(next)) touches.push(touch);
      if (next.kind === "thread_spawn") spawned = next.spawned;
      this.#take(next);
    } while (!this.#isAtChoice());
    const hasEnded = this.#state.threads?.list[thread]?.result !== undefined;
    if (hasEnded) touches.push({ kind: "thread", thread, isEnd: true });
    return { thread, touches, spawned };
  }

  #touchesOf(next: MachineEvent | Ending): readonly Touch[] {
    return next.kind === "ending" ? [{ kind: "failure" }] : touchesOf(this.#state, next);
  }

  /** Ends a run in which no thread is ready. */
  finish(): void {
    while (this.#state.outcome === undefined) this.#take(this.#decider.next());
  }

  /** Takes back all but the first `length` events. */
  rewind(length: number): void {
    this.#events.length = length;
    this.#state = initialState(this.#analysis.program);
    this.#decider = new Decider(this.#analysis, this.#state);
    for (const event of this.#events) this.#evolve(event);
  }

  #take(next: MachineEvent | Ending): void {
    this.#fold(next.kind === "ending" ? next.outcome : next);
  }

  #fold(event: Event): void {
    this.#events.push(event);
    this.#evolve(event);
  }

  #evolve(event: Event): void {
    const evolved = evolve(this.#state, event);
    assert(evolved.ok, `event ${event.seq} does not fit`);
  }
}
