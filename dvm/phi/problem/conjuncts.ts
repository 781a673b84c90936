/**
 * What the statements of a Φ process demand, collected while it is executed.
 *
 * @module
 */
import type { Proc, Stmt } from "../../dir/model.ts";
import type { Conjunct } from "./problem.ts";
import type { Term, Terms } from "./term.ts";

/** One call of a process. */
export interface CallSite {
  readonly proc: Proc;
  /** `""`, or `Φ::callee.` */
  readonly prefix: string;
  /** The place of the call in the process asked about, as statement numbers. */
  readonly place: readonly number[];
  readonly numbers: ReadonlyMap<Stmt, number>;
}

interface Demand {
  readonly place: readonly number[];
  readonly conjunct: Omit<Conjunct, "term">;
  readonly parts: Term[];
}

/** The demands of one translation. */
export class Demands {
  readonly #terms: Terms;
  readonly #byPath = new Map<string, Demand>();

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  /** Adds to what a statement demands. */
  add(call: CallSite, { stmt, term }: { readonly stmt: Stmt; readonly term: Term }): void {
    if (term === this.#terms.true) return;
    const path = call.prefix + stmt.path;
    const demand = this.#byPath.get(path);
    if (demand !== undefined) {
      demand.parts.push(term);
      return;
    }
    const place = [...call.place, call.numbers.get(stmt) ?? 0];
    const { proc } = call;
    this.#byPath.set(path, { place, conjunct: { path, proc, stmt }, parts: [term] });
  }

  /** What is demanded, in the order of the statements. */
  conjuncts(): Conjunct[] {
    return [...this.#byPath.values()]
      .sort((a, b) => comparePlaces(a.place, b.place))
      .map(({ conjunct, parts }) => ({ ...conjunct, term: this.#terms.and(...parts) }))
      .filter(({ term }) => term !== this.#terms.true);
  }
}

function comparePlaces(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? -1) - (b[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
