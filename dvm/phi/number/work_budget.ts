/**
 * The work budget of one resolution. Work is a count of solver steps, never time, so that a verdict does not depend on the
 * machine.
 *
 * @module
 */

/** Thrown when the budget is exhausted and caught by the caller: what it computes is then unknown. */
export class BudgetExhausted extends Error {
  override readonly name = "BudgetExhausted";
}

/** Steps that one part of a resolution may spend. */
export interface WorkShare {
  /** Steps left; never negative. */
  left: number;
}

/** Observes the work: called now and then with the steps spent so far. What it throws ends the work. */
export type WorkObserver = (spent: number) => void;

/** Steps between two calls of an observer: so many that the calls cost nothing, and few enough for a person who waits. */
const OBSERVED_STEPS = 4_096;

/** Counts steps, and aborts the part that is executed when its share of them is exhausted. */
export class WorkBudget {
  #share: WorkShare;
  #spent = 0;
  readonly #observe: WorkObserver | undefined;
  #observedNext: number;

  /** A budget whose first part may spend `max` steps. */
  constructor(max: number, observe?: WorkObserver) {
    this.#share = { left: max };
    this.#observe = observe;
    this.#observedNext = observe === undefined ? Infinity : OBSERVED_STEPS;
  }

  /** Steps spent so far by all parts; never more than their shares. */
  get spent(): number {
    return this.#spent;
  }

  /** Spends steps of the current share. @throws BudgetExhausted when fewer steps are left. */
  spend(steps: number): void {
    const { left } = this.#share;
    this.#spent += Math.min(steps, left);
    this.#share.left = Math.max(left - steps, 0);
    if (this.#spent >= this.#observedNext) this.#observed();
    if (steps > left) throw new BudgetExhausted("the work budget is exhausted");
  }

  /** Spends all that is left, where going on would need more of the host than there is. @throws BudgetExhausted always */
  exhaust(): never {
    this.#spent += this.#share.left;
    this.#share.left = 0;
    throw new BudgetExhausted("the work budget is given up");
  }

  #observed(): void {
    this.#observedNext = this.#spent + OBSERVED_STEPS;
    this.#observe?.(this.#spent);
  }

  /** Executes a part with a separate share. */
  within<Result>(share: WorkShare, part: () => Result): Result {
    const outer = this.#share;
    this.#share = share;
    try {
      return part();
    } finally {
      this.#share = outer;
    }
  }
}
