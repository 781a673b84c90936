/**
 * Execution that other threads may interrupt: a generator which yields where its thread has executed a statement, with what its next
 * one waits for.
 *
 * @module
 */

/** Whether a thread can go on now. */
export interface Wait {
  /** For people: `lock 1`, `thread 2`. */
  readonly on: string;
  isOver(): boolean;
}

/** A computation in steps. */
export type Steps<Result> = Generator<Wait, Result, void>;

/** A thread that waits for nothing. */
export const READY: Wait = { on: "", isOver: () => true };

/** The result of steps where there is one thread, which nothing interrupts. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
