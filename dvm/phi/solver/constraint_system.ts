/**
 * The terms of some conjuncts encoded as solver variables and constraints.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import { ceilDiv, floorDiv, type Int, max, min, mul, neg, sub } from "../number/integer.ts";
import type { Interval } from "../number/interval.ts";
import { arithmeticInterval, type ArithmeticKind } from "../problem/arithmetic.ts";
import { type Conjunct, type Problem, termsOf } from "../problem/problem.ts";
import type { Term } from "../problem/term.ts";
import type { NonlinearKind, OperationConstraint } from "./constraint.ts";
import { type AffineView, type LinearForm, scaleForm, sumForms, viewRange } from "./linear_form.ts";
import { VariableStore } from "./variable_store.ts";

/** The digits of longer sums are not looked at. */
const DIGITS_LENGTH_MAX = 16;

/** The variables and constraints of some conjuncts of a problem. Rows are added during a search, and removed again. */
export class ConstraintSystem extends VariableStore {
  /** The variable of each unknown. */
  readonly unknowns: number[] = [];
  /** The variables of the unknowns that the conjuncts mention. */
  readonly mentioned: readonly number[];
  /** The terms of the conjuncts, operands first. */
  readonly terms: readonly Term[];
  /** The term of each conjunct. */
  readonly conjuncts: readonly Term[];
  /** The truth value of each conjunct. */
  readonly roots: readonly AffineView[];
  readonly #forms: (LinearForm | undefined)[] = [];
  readonly #terms = new Map<number, Term>();

  constructor(problem: Problem, conjuncts: readonly Conjunct[]) {
    super();
    this.terms = termsOf(conjuncts);
    this.conjuncts = conjuncts.map(({ term }) => term);
    problem.unknowns.forEach(() => this.unknowns.push(-1));
    for (const term of this.terms) {
      this.#terms.set(term.id, term);
      this.#addTerm(term, problem);
    }
    this.roots = conjuncts.map(({ term }) => this.#view(term));
    this.mentioned = this.unknowns.filter((q) => q >= 0);
    problem.unknowns.forEach(({ lo, hi }, index) => {
      if ((this.unknowns[index] ?? -1) < 0) this.unknowns[index] = this.addVariable(lo, hi, -1);
    });
    this.#addDigits();
  }

  /** Adds what is known of digits, where there are bitwise operations, or products beside multiples in a sum. */
  #addDigits(): void {
    const { constraints } = this;
    const rows = constraints.flatMap((each) => each.kind === "row" ? [each] : [])
      .filter(({ form }) => form.vars.length <= DIGITS_LENGTH_MAX);
    const operations = constraints.flatMap((each) => each.kind === "operation" ? [each] : []);
    const products = new Set(operations.flatMap(({ op, q }) => op === "mul" ? [q] : []));
    const isBitwise = operations.some(({ op }) => op.startsWith("bit"));
    const isResidual = rows.some(({ form: { vars, coefs } }) =>
      vars.some((q) => products.has(q)) && coefs.some((coef) => coef !== 1 && coef !== -1)
    );
    if (!isBitwise && !isResidual) return;
    const hasDigits = ({ op }: OperationConstraint) => isBitwise ? op !== "div" : op === "mul";
    for (const of of [...operations.filter(hasDigits), ...rows]) {
      const mentioned = of.kind === "row" ? [of.q, ...of.form.vars] : [of.q, of.a.q, of.b.q];
      this.addConstraint({ kind: "digits", term: of.term, of }, mentioned);
    }
  }

  #addTerm(term: Term, problem: Problem): void {
    switch (term.kind) {
      case "const":
        this.#forms[term.id] = { vars: [], coefs: [], constant: term.value };
        return;
      case "var": {
        const unknown = problem.unknowns[term.index];
        assert(unknown !== undefined, "a term mentions an unknown of the problem");
        this.unknowns[term.index] = this.#addBase(term, unknown.lo, unknown.hi);
        return;
      }
      case "add":
        this.#forms[term.id] = this.#combine(term.a, term.b, 1);
        return;
      case "sub":
        this.#forms[term.id] = this.#combine(term.a, term.b, -1);
        return;
      case "not": {
        const { vars, coefs, constant } = this.#formOf(term.a);
        const opposite = { vars, coefs: coefs.map(neg), constant: sub(1, constant) };
        this.#forms[term.id] = opposite;
        return;
      }
      case "le":
      case "eq":
        return this.#addComparison(term);
      case "and":
      case "or": {
        const literals = term.args.map((arg) => this.#view(arg));
        const truth = this.#addBase(term, 0, 1);
        const qs = [truth, ...literals.map(({ q }) => q)];
        return this.addConstraint({ kind: term.kind, term: term.id, truth, literals }, qs);
      }
      case "ite": {
        const when = this.#view(term.when), a = this.#view(term.a), b = this.#view(term.b);
        const x = this.#range(a), y = this.#range(b);
        const q = this.#addBase(term, min(x.lo, y.lo), max(x.hi, y.hi));
        const isA = this.viewOf(this.#combine(term, term.a, -1));
        const isB = this.viewOf(this.#combine(term, term.b, -1));
        const choice = { kind: "choice", term: term.id, q, when, a, b, isA, isB } as const;
        return this.addConstraint(choice, [q, when.q, a.q, b.q, isA.q, isB.q]);
      }
      default:
        return this.#addOperation(term, term.kind);
    }
  }

  #addOperation(
    term: Extract<Term, { kind: ArithmeticKind }>,
    op: NonlinearKind,
  ): void {
    const x = this.#formOf(term.a), y = this.#formOf(term.b);
    if (op === "mul" && (x.vars.length === 0 || y.vars.length === 0)) {
      const [form, factor] = x.vars.length === 0 ? [y, x.constant] : [x, y.constant];
      this.#forms[term.id] = scaleForm(form, factor);
      return;
    }
    const a = this.viewOf(x), b = this.viewOf(y);
    const { lo, hi } = arithmeticInterval(op, this.#range(a), this.#range(b));
    const q = this.#addBase(term, lo, hi);
    const operation = { kind: "operation", op, term: term.id, q, a, b } as const;
    this.addConstraint(operation, [q, a.q, b.q]);
  }

  #addComparison(term: Extract<Term, { kind: "le" | "eq" }>): void {
    const { q, scale, offset } = this.viewOf(this.#combine(term.a, term.b, -1));
    const truth = this.#addBase(term, 0, 1);
    const base = { term: term.id, truth };
    if (q < 0) {
      const value = (term.kind === "le" ? offset <= 0 : offset === 0) ? 1 : 0;
      return this.addConstraint({ kind: "fixed", ...base, value }, [truth]);
    }
    if (term.kind === "eq") {
      const value = floorDiv(neg(offset), scale);
      return mul(value, scale) === neg(offset)
        ? this.addConstraint({ kind: "equal", ...base, q, value }, [truth, q])
        : this.addConstraint({ kind: "fixed", ...base, value: 0 }, [truth]);
    }
    const isAtMost = scale > 0;
    const limit = isAtMost ? floorDiv(neg(offset), scale) : ceilDiv(neg(offset), scale);
    const kind = isAtMost ? "atMost" : "atLeast";
    this.addConstraint({ kind, ...base, q, limit }, [truth, q]);
  }

  #addBase(term: Term, lo: Int, hi: Int): number {
    const q = this.addVariable(lo, hi, term.id);
    this.#forms[term.id] = { vars: [q], coefs: [1], constant: 0 };
    return q;
  }

  #formOf(term: Term): LinearForm {
    const form = this.#forms[term.id];
    assert(form !== undefined, "operands precede the terms that use them");
    return form;
  }

  #combine(a: Term, b: Term, factor: Int): LinearForm {
    return sumForms(this.#formOf(a), scaleForm(this.#formOf(b), factor));
  }

  #view(term: Term): AffineView {
    return this.viewOf(this.#formOf(term));
  }

  /** Whether a variable is a base variable of an integer term. */
  isInteger(q: number): boolean {
    return this.#terms.get(this.termOf[q] ?? -1)?.isBool === false;
  }

  #range(view: AffineView): Interval {
    return viewRange(view, this.lo, this.hi);
  }
}
