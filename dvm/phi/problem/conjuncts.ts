/**
 * The conditions that the statements of a Φ process require, collected during its symbolic execution.
 *
 * @module
 */
import type { Proc, Stmt } from "../../dir/model.ts";
import type { Conjunct } from "./problem.ts";
import type { Term, TermGraph } from "./term.ts";

/** One call of a process, as seen from the process that is resolved. */
export interface CallSite {
  readonly proc: Proc;
  /** Prefix of statement paths: `""`, or `Φ::callee.` */
  readonly prefix: string;
  /** The statement numbers of the calls that lead here, outermost first. */
  readonly place: readonly number[];
  /** The number of each statement of the process, in document order. */
  readonly numbers: ReadonlyMap<Stmt, number>;
}

interface Requirement {
  readonly place: readonly number[];
  readonly conjunct: Omit<Conjunct, "term">;
  readonly parts: Term[];
}

/** The conjuncts of one translation, by statement. */
export class ConjunctCollector {
  readonly #terms: TermGraph;
  readonly #byPath = new Map<string, Requirement>();

  constructor(terms: TermGraph) {
    this.#terms = terms;
  }

  /** Adds a condition that a statement requires. */
  add(call: CallSite, { stmt, term }: { readonly stmt: Stmt; readonly term: Term }): void {
    if (term === this.#terms.true) return;
    const path = call.prefix + stmt.path;
    const requirement = this.#byPath.get(path);
    if (requirement !== undefined) {
      requirement.parts.push(term);
      return;
    }
    const place = [...call.place, call.numbers.get(stmt) ?? 0];
    const { proc } = call;
    this.#byPath.set(path, { place, conjunct: { path, proc, stmt }, parts: [term] });
  }

  /** The conjunct of each statement, in document order; conjuncts that are always true are left out. */
  conjuncts(): Conjunct[] {
    return [...this.#byPath.values()]
      .sort((a, b) => comparePlaces(a.place, b.place))
      .map(({ conjunct, parts }) => ({ ...conjunct, term: this.#terms.allOf(parts) }))
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
