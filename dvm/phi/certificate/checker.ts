/**
 * The certificate checker: whether a certificate proves conjuncts of a problem unsatisfiable. It shares no code with the solver and
 * trusts no bounds: a certificate (`docs/certificates.md`) only lists which terms to propagate, which bounds to add up, which nogoods to learn
 * and where to split.
 *
 * @module
 */
import {
  DEPTH_MAX,
  IllFormed,
  integer,
  list,
  parseCanonical,
  refuse,
  tuples,
} from "./canonical_text.ts";
import { withResidue } from "./digits.ts";
import { hasNoSum } from "./meeting.ts";
import { propagate, propagateDigits } from "./propagation.ts";
import { type Literals, RefutedCase } from "./refuted_case.ts";
import type { Statement } from "./statement.ts";

/** Whether a text proves that the conjuncts it names, which must be conjuncts of the statement, have no configuration. */
export function isRefutation(statement: Statement, text: string): boolean {
  try {
    return refutes(statement, parseCanonical(text));
  } catch (thrown) {
    if (thrown instanceof IllFormed) return false;
    throw thrown;
  }
}

/** The same for a parsed text. @throws IllFormed if it has not the form of a refutation, or exceeds a limit */
export function refutes(statement: Statement, certificate: unknown): boolean {
  const [format, conjuncts, forms, tree] = list(certificate, 4);
  if (format !== "dustrun-phi-refutation/3") return refuse();
  const known = new Set<unknown>(statement.conjuncts.map(({ term }) => term.id));
  if (!list(conjuncts).every((id) => known.has(id))) return refuse();
  const checker = new Checker(new RefutedCase(statement, list(conjuncts), list(forms)));
  checker.parse(list(tree), 0);
  return checker.isClosed(list(tree));
}

class Checker {
  readonly #case: RefutedCase;
  readonly #nogoods: Literals[] = [];
  #announced = 0; // how many nogoods the part of the text that was parsed learns

  constructor(initial: RefutedCase) {
    this.#case = initial;
  }

  /** Refuses what is no node of a tree, whether or not the check reaches it. Nogoods are learned at the root, where nothing is assumed. */
  parse(node: readonly unknown[], depth: number): void {
    const [steps, reference, at, ...cases] = node;
    if (![1, 2, 4, 5].includes(node.length) || depth > DEPTH_MAX) refuse();
    for (const step of list(steps)) this.#parseStep(step, depth === 0);
    if (node.length > 1) this.#case.form(reference);
    if (node.length > 2) integer(at);
    if (node.length === 4 && !(integer(at) >= 2n && integer(at) <= 64n)) refuse();
    for (const each of node.length === 4 ? list(cases[0], Number(at)) : cases) {
      this.parse(list(each), depth + 1);
    }
  }

  #parseStep(step: unknown, isRoot: boolean): void {
    if (!Array.isArray(step)) this.#case.form(step);
    else if (step[0] === "digits") this.#case.form(list(step, 2)[1]);
    else if (step[0] === "nogood") {
      const number = integer(list(step, 2)[1]);
      if (number < 0n || number >= this.#announced) refuse();
    } else if (step[0] === "learn") {
      const [, literals, node] = list(step, 3);
      if (!isRoot) refuse();
      for (const [, , value] of this.#parseBounds(literals)) integer(value);
      this.parse(list(node), 1);
      this.#announced++;
    } else {
      for (const [, , factor] of this.#parseBounds(step)) if (integer(factor) <= 0n) refuse();
    }
  }

  #parseBounds(bounds: unknown): Literals {
    for (const [reference, side] of tuples(bounds, 3)) {
      this.#case.form(reference);
      if (side !== "lo" && side !== "hi") refuse();
    }
    return tuples(bounds, 3);
  }

  /** Whether a node of the tree refutes the current case. */
  isClosed(node: readonly unknown[]): boolean {
    const [steps, reference, at, ...cases] = node, current = this.#case;
    for (const step of list(steps)) {
      if (current.isClosed) return true;
      if (!this.#isDone(step)) return false;
    }
    if (current.isClosed || node.length === 1) return current.isClosed;
    const variable = current.variable(reference), limit = node.length > 2 ? integer(at) : 0n;
    if (node.length === 2) return hasNoSum(current, variable);
    const { known } = current, isByResidue = node.length === 4;
    for (const [index, each] of (isByResidue ? list(cases[0]) : cases).entries()) {
      current.continueFrom(known);
      if (isByResidue) current.know(variable, withResidue(BigInt(index), limit));
      else current.restrict(variable, index === 0 ? [undefined, limit] : [limit + 1n, undefined]);
      if (!this.isClosed(list(each))) return false;
    }
    return true;
  }

  /** Does a step; false if it is a nogood whose bounds may all hold. */
  #isDone(step: unknown): boolean {
    const current = this.#case;
    if (!Array.isArray(step)) propagate(current, step);
    else if (step[0] === "digits") propagateDigits(current, step[1]);
    else if (step[0] === "nogood") current.exclude(this.#nogoods[Number(step[1])] ?? refuse());
    else if (step[0] === "learn") return this.#isLearned(tuples(step[1], 3), list(step[2]));
    else current.addUp(tuples(step, 3));
    return true;
  }

  /** Whether a node refutes the case in which all of these bounds hold; they are then a nogood. */
  #isLearned(literals: Literals, node: readonly unknown[]): boolean {
    const { known } = this.#case;
    this.#case.continueFrom(known);
    for (const [id, side, value] of literals) this.#case.assume(id, side, integer(value));
    const isRefuted = this.isClosed(node);
    this.#case.backTo(known);
    this.#nogoods.push(literals);
    return isRefuted;
  }
}
