/**
 * The work budget of one resolution: a count of solver steps, never time.
 *
 * @module
 */

/** Thrown when the budget ends, caught where a resolution begins: the verdict is then `undecided`. */
export class OutOfWork extends Error {
  override readonly name = "OutOfWork";
}

/** Counts steps, and stops the resolution when the budget is spent. */
export class Work {
  readonly #max: number;
  #spent = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Steps spent so far; never more than the budget. */
  get spent(): number {
    return Math.min(this.#spent, this.#max);
  }

  /** Spends steps. @throws OutOfWork when there are not that many left. */
  spend(steps: number): void {
    this.#spent += steps;
    if (this.#spent > this.#max) throw new OutOfWork("the work budget is spent");
  }
}
