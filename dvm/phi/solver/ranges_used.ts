/**
 * Which declared ranges the refutations of a search may have used.
 *
 * @module
 */
import type { ConstraintSystem } from "./constraint_system.ts";

/** The unknowns whose ranges were used. */
export class RangesUsed {
  /** By index of the unknown. */
  readonly unknowns = new Set<number>();
  readonly #system: ConstraintSystem;
  /** Variables whose initial bounds were used. */
  readonly #initial = new Set<number>();

  constructor(system: ConstraintSystem) {
    this.#system = system;
  }

  /** The initial bounds of a variable were used: they follow from the ranges of the unknowns that it depends on. */
  use(q: number): void {
    if (this.#initial.has(q)) return;
    this.#initial.add(q);
    const { rows, unknowns, mentioned } = this.#system;
    const row = rows[q];
    if (row !== undefined) {
      for (const v of row.form.vars) this.use(v);
      return;
    }
    const index = unknowns.indexOf(q);
    if (index >= 0) this.unknowns.add(index);
    else if (this.#system.isInteger(q)) {
      for (const v of mentioned) this.unknowns.add(unknowns.indexOf(v));
    }
  }
}
