/**
 * Activity: how much conflicts involved each variable of late (VSIDS: Moskewicz and others 2001).
 *
 * @module
 */
import type { VariableStore } from "./variable_store.ts";

/** What earlier conflicts count for, compared with the next one. */
const DECAY = 0.95;
/** An activity above this is scaled down, with all others. */
const ACTIVITY_MAX = 1e100;

/** The activities of the variables of a search. */
export class Activity {
  readonly #store: VariableStore;
  readonly #values: number[] = [];
  #increment = 1;

  constructor(store: VariableStore) {
    this.#store = store;
  }

  /** What the current conflict adds. */
  get increment(): number {
    return this.#increment;
  }

  /** The activity of a variable. */
  of(q: number): number {
    return this.#values[q] ?? 0;
  }

  /** The current conflict involves a variable, and so a part of each that its row ties it to. */
  involve(q: number): void {
    this.#add(q, this.#increment);
    const { vars = [] } = this.#store.rows[q]?.form ?? {};
    for (const v of vars) this.#add(v, this.#increment / vars.length);
  }

  #add(q: number, share: number): void {
    this.#values[q] = (this.#values[q] ?? 0) + share;
  }

  /** The next conflict counts more; returns by what all activities must be multiplied, which is 1 as a rule. */
  next(): number {
    this.#increment /= DECAY;
    if (this.#increment <= ACTIVITY_MAX) return 1;
    this.#increment /= ACTIVITY_MAX;
    for (const q of this.#values.keys()) this.#values[q] = (this.#values[q] ?? 0) / ACTIVITY_MAX;
    return 1 / ACTIVITY_MAX;
  }
}
