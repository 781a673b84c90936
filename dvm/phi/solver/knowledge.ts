/**
 * What searches of one problem share: nogoods, each with the conjuncts that it follows from, and the forms that their proofs name. A
 * search over other conjuncts starts with the nogoods that follow from its own.
 *
 * @module
 */
import type { Int } from "../number/integer.ts";
import type { Configuration } from "../problem/problem.ts";
import type { Term } from "../problem/term.ts";
import type { Fact } from "./fact.ts";
import type { Side } from "./nogood.ts";
import { FormTable } from "./refutation.ts";

/** A nogood in terms that do not depend on a search. */
export interface SharedNogood {
  /** A variable is named by its reference in a certificate. */
  readonly literals: readonly {
    readonly reference: string;
    readonly side: Side;
    readonly value: Int;
  }[];
  readonly fact: Fact;
}

/** A nogood with more literals than this is not kept for other searches. */
const SHARED_LENGTH_MAX = 12;
/** So many of the last nogoods are kept for other searches. */
const SHARED_MAX = 2_000;

/** Shared by the searches of one problem. */
export class Knowledge {
  /** The forms of certificates. */
  readonly forms = new FormTable();
  /** The configuration found last: the next one may be like it. */
  last: Configuration | undefined;
  readonly #conjuncts = new Map<Term, Fact>();
  #nogoods: SharedNogood[] = [];
  #facts = 0;

  /** The number of the next fact. */
  nextNumber(): number {
    return this.#facts++;
  }

  /** The fact that a conjunct holds. */
  conjunct(term: Term): Fact {
    let fact = this.#conjuncts.get(term);
    if (fact === undefined) {
      const conjuncts = 1n << BigInt(this.#conjuncts.size);
      const number = this.nextNumber();
      fact = { number, part: number, step: "", uses: [], conjuncts };
      this.#conjuncts.set(term, fact);
    }
    return fact;
  }

  /** Keeps a nogood for other searches, if it is short. */
  share(nogood: SharedNogood): void {
    if (nogood.literals.length > SHARED_LENGTH_MAX) return;
    this.#nogoods.push(nogood);
    if (this.#nogoods.length >= 2 * SHARED_MAX) this.#nogoods = this.#nogoods.slice(-SHARED_MAX);
  }

  /** The nogoods that follow from some conjuncts, oldest first. */
  nogoodsOf(terms: readonly Term[]): SharedNogood[] {
    const given = terms.reduce((set, term) => set | this.conjunct(term).conjuncts, 0n);
    return this.#nogoods.filter(({ fact }) => (fact.conjuncts & ~given) === 0n);
  }
}
