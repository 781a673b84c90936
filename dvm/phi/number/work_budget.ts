/**
 * The work budget of one resolution. Work is a count of solver steps, never time, so that a verdict does not depend on the
 * machine.
 *
 * @module
 */

/** Thrown when the budget is exhausted and caught where a resolution begins: the verdict is then `undecided`. */
export class BudgetExhausted extends Error {
  override readonly name = "BudgetExhausted";
}

/** Counts steps, and aborts the resolution when the budget is exhausted. */
export class WorkBudget {
  readonly #max: number;
  #spent = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Steps spent so far; never more than the budget. */
  get spent(): number {
    return Math.min(this.#spent, this.#max);
  }

  /** Spends steps. @throws BudgetExhausted when fewer steps are left. */
  spend(steps: number): void {
    this.#spent += steps;
    if (this.#spent > this.#max) throw new BudgetExhausted("the work budget is exhausted");
  }

  /** Spends all that is left, where going on would need more of the host than there is. @throws BudgetExhausted always */
  exhaust(): never {
    this.#spent = this.#max;
    throw new BudgetExhausted("the work budget is given up");
  }
}
