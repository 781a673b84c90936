/**
 * The constraints of the solver. A constraint ties the variable of a term to the variables of its operands; a row ties the
 * variable of a linear form to base variables.
 *
 * @module
 */
import { unreachable } from "../../base/result.ts";
import type { Int } from "../number/integer.ts";
import type { ArithmeticKind } from "../problem/arithmetic.ts";
import type { AffineView, LinearForm } from "./linear_form.ts";

/** The operations whose result is not always a linear form of the operands. */
export type NonlinearKind = Exclude<ArithmeticKind, "add" | "sub">;

/** q = form. */
export interface RowConstraint {
  readonly kind: "row";
  /** No term states a row. */
  readonly term: -1;
  readonly q: number;
  readonly form: LinearForm;
}

/** The members of a constraint that states the truth of a boolean term. */
interface TruthConstraint {
  /** The id of the term. */
  readonly term: number;
  /** The variable of the term, with the values 0 and 1. */
  readonly truth: number;
}

/** truth ⇔ q ≤ limit, or truth ⇔ q ≥ limit. */
export interface LimitConstraint extends TruthConstraint {
  readonly kind: "atMost" | "atLeast";
  readonly q: number;
  readonly limit: Int;
}

/** truth ⇔ q = value. */
export interface EqualConstraint extends TruthConstraint {
  readonly kind: "equal";
  readonly q: number;
  readonly value: Int;
}

/** truth = value. */
export interface FixedConstraint extends TruthConstraint {
  readonly kind: "fixed";
  readonly value: Int;
}

/** truth ⇔ the conjunction or the disjunction of the literals. */
export interface JunctionConstraint extends TruthConstraint {
  readonly kind: "and" | "or";
  readonly literals: readonly AffineView[];
}

/** q = a op b. */
export interface OperationConstraint {
  readonly kind: "operation";
  readonly op: NonlinearKind;
  readonly term: number;
  readonly q: number;
  readonly a: AffineView;
  readonly b: AffineView;
}

/** q = a if `when` is true, else q = b. */
export interface ChoiceConstraint {
  readonly kind: "choice";
  readonly term: number;
  readonly q: number;
  readonly when: AffineView;
  readonly a: AffineView;
  readonly b: AffineView;
  /** q − a, which is 0 if a is chosen. */
  readonly isA: AffineView;
  /** q − b, which is 0 if b is chosen. */
  readonly isB: AffineView;
}

/** What a row or an operation implies about digits, separate from what it implies about bounds. */
export interface DigitsConstraint {
  readonly kind: "digits";
  /** The id of the term of the operation; -1 for a row. */
  readonly term: number;
  readonly of: RowConstraint | OperationConstraint;
}

/** Any constraint. */
export type Constraint =
  | RowConstraint
  | LimitConstraint
  | EqualConstraint
  | FixedConstraint
  | JunctionConstraint
  | OperationConstraint
  | ChoiceConstraint
  | DigitsConstraint;

/** Whether a comparison implies nothing within these bounds, which is as quick to see as that it is to be propagated. */
export function isIdle(constraint: Constraint, lo: readonly Int[], hi: readonly Int[]): boolean {
  switch (constraint.kind) {
    case "equal": {
      const { truth, q, value } = constraint, low = lo[q] ?? 0, high = hi[q] ?? 0;
      return low < value && value < high && lo[truth] === 0;
    }
    case "atMost":
    case "atLeast": {
      const { kind, truth, q, limit } = constraint, low = lo[q] ?? 0, high = hi[q] ?? 0;
      const isOpen = kind === "atMost"
        ? low <= limit && limit < high
        : low < limit && limit <= high;
      return isOpen && lo[truth] === 0 && hi[truth] === 1;
    }
    default:
      return false;
  }
}

/** Whether a constraint implies nothing more right after it was propagated: comparisons, junctions, and sums without multiples. */
export function isIdempotent(constraint: Constraint): boolean {
  switch (constraint.kind) {
    case "row":
      return constraint.form.coefs.every((coef) => coef === 1 || coef === -1);
    case "fixed":
    case "equal":
    case "atMost":
    case "atLeast":
    case "and":
    case "or":
      return true;
    case "operation":
    case "choice":
    case "digits":
      return false;
    default:
      return unreachable(constraint);
  }
}
