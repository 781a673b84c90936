/**
 * What the solver computes with: quantities with bounds, and constraints between them.
 *
 * A *base* quantity is an unknown, a boolean term or a term that is not linear in its operands. Every other linear form is
 * divided by its content and its sign, so that forms that differ only there share one quantity, tied to its base quantities
 * by a *row*. Comparisons are then bounds on quantities.
 *
 * @module
 */
import { assert, unreachable } from "../../base/result.ts";
import {
  add,
  ceilDiv,
  floorDiv,
  gcd,
  greatest,
  type Int,
  least,
  mul,
  neg,
  sub,
} from "../number/integer.ts";
import { type Conjunct, termsOf } from "../problem/problem.ts";
import type { Problem } from "../problem/problem.ts";
import type { ArithmeticKind, Term } from "../problem/term.ts";

/** A linear form: Σ coefs·vars + constant, over base quantities in ascending order. */
export interface Form {
  readonly vars: readonly number[];
  readonly coefs: readonly Int[];
  readonly constant: Int;
}

/** A number seen through a quantity: `scale`·q + `offset`. `q` is -1 for a constant. */
export interface View {
  readonly q: number;
  readonly scale: Int;
  readonly offset: Int;
}

/** A constraint; `term` is the id of the term that states it, -1 for a row. */
export type Constraint =
  | { readonly kind: "row"; readonly term: -1; readonly q: number; readonly form: Form }
  /** truth ⇔ q ≤ limit, or q ≥ limit. */
  | {
    readonly kind: "atMost" | "atLeast";
    readonly term: number;
    readonly truth: number;
    readonly q: number;
    readonly limit: Int;
  }
  /** truth ⇔ q = value. */
  | {
    readonly kind: "equal";
    readonly term: number;
    readonly truth: number;
    readonly q: number;
    readonly value: Int;
  }
  /** truth is a constant. */
  | {
    readonly kind: "fixed";
    readonly term: number;
    readonly truth: number;
    readonly value: Int;
  }
  | {
    readonly kind: "and" | "or";
    readonly term: number;
    readonly truth: number;
    readonly literals: readonly View[];
  }
  | {
    readonly kind: "operation";
    readonly op: Exclude<ArithmeticKind, "add" | "sub">;
    readonly term: number;
    readonly q: number;
    readonly a: View;
    readonly b: View;
  }
  /** q is a where `when` holds, else b; `isA` and `isB` are q - a and q - b. */
  | {
    readonly kind: "choice";
    readonly term: number;
    readonly q: number;
    readonly when: View;
    readonly a: View;
    readonly b: View;
    readonly isA: View;
    readonly isB: View;
  };

const CONSTANT: Pick<View, "q" | "scale"> = { q: -1, scale: 0 };

/** How many quantities and constraints a space has: quantities made on the way are given up in the reverse order. */
export interface SpaceSize {
  readonly quantities: number;
  readonly constraints: number;
}

/** The quantities and constraints of some conjuncts of a problem. */
export class Space {
  /** Bounds that hold before anything is asserted. */
  readonly lo: Int[] = [];
  readonly hi: Int[] = [];
  /** The row that ties a quantity to base quantities; base quantities have none. */
  readonly rows: (Extract<Constraint, { kind: "row" }> | undefined)[] = [];
  /** The term that a base quantity is; -1 for others. */
  readonly termOf: number[] = [];
  readonly constraints: Constraint[] = [];
  /** Indices of the constraints that mention a quantity. */
  readonly watching: number[][] = [];
  /** The quantity of each unknown. */
  readonly unknowns: number[] = [];
  /** The quantities of the unknowns that the conjuncts mention. */
  readonly mentioned: readonly number[];
  /** The terms of the conjuncts, operands first. */
  readonly terms: readonly Term[];
  /** What each conjunct asserts. */
  readonly roots: readonly View[];
  readonly #forms: (Form | undefined)[] = [];
  readonly #terms = new Map<number, Term>();
  readonly #byKey = new Map<string, number>();
  readonly #differences = new Map<string, View>();

  constructor(problem: Problem, conjuncts: readonly Conjunct[]) {
    this.terms = termsOf(conjuncts);
    problem.unknowns.forEach(() => this.unknowns.push(-1));
    for (const term of this.terms) {
      this.#terms.set(term.id, term);
      this.#addTerm(term, problem);
    }
    this.roots = conjuncts.map(({ term }) => this.#view(term));
    this.mentioned = this.unknowns.filter((q) => q >= 0);
    problem.unknowns.forEach(({ lo, hi }, index) => {
      if ((this.unknowns[index] ?? -1) < 0) this.unknowns[index] = this.#addQuantity(lo, hi, -1);
    });
  }

  #addTerm(term: Term, problem: Problem): void {
    switch (term.kind) {
      case "const":
        this.#forms[term.id] = { vars: [], coefs: [], constant: term.value };
        return;
      case "var": {
        const unknown = problem.unknowns[term.index];
        assert(unknown !== undefined, "an unknown that the problem does not have");
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
        return this.#addConstraint({ kind: term.kind, term: term.id, truth, literals }, qs);
      }
      case "ite": {
        const when = this.#view(term.when), a = this.#view(term.a), b = this.#view(term.b);
        const x = this.#range(a), y = this.#range(b);
        const q = this.#addBase(term, least(x.lo, y.lo), greatest(x.hi, y.hi));
        const isA = this.viewOf(this.#combine(term, term.a, -1));
        const isB = this.viewOf(this.#combine(term, term.b, -1));
        const choice = { kind: "choice", term: term.id, q, when, a, b, isA, isB } as const;
        return this.#addConstraint(choice, [q, when.q, a.q, b.q, isA.q, isB.q]);
      }
      default:
        return this.#addOperation(term, term.kind);
    }
  }

  #addOperation(
    term: Extract<Term, { kind: ArithmeticKind }>,
    op: Exclude<ArithmeticKind, "add" | "sub">,
  ): void {
    const x = this.#formOf(term.a), y = this.#formOf(term.b);
    if (op === "mul" && (x.vars.length === 0 || y.vars.length === 0)) {
      const [form, factor] = x.vars.length === 0 ? [y, x.constant] : [x, y.constant];
      this.#forms[term.id] = scaleForm(form, factor);
      return;
    }
    const a = this.viewOf(x), b = this.viewOf(y);
    const { lo, hi } = operationRange(op, this.#range(a), this.#range(b));
    const q = this.#addBase(term, lo, hi);
    const operation = { kind: "operation", op, term: term.id, q, a, b } as const;
    this.#addConstraint(operation, [q, a.q, b.q]);
  }

  #addComparison(term: Extract<Term, { kind: "le" | "eq" }>): void {
    const { q, scale, offset } = this.viewOf(this.#combine(term.a, term.b, -1));
    const truth = this.#addBase(term, 0, 1);
    const base = { term: term.id, truth };
    if (q < 0) {
      const value = (term.kind === "le" ? offset <= 0 : offset === 0) ? 1 : 0;
      return this.#addConstraint({ kind: "fixed", ...base, value }, [truth]);
    }
    if (term.kind === "eq") {
      const value = floorDiv(neg(offset), scale);
      return mul(value, scale) === neg(offset)
        ? this.#addConstraint({ kind: "equal", ...base, q, value }, [truth, q])
        : this.#addConstraint({ kind: "fixed", ...base, value: 0 }, [truth]);
    }
    const isAtMost = scale > 0;
    const limit = isAtMost ? floorDiv(neg(offset), scale) : ceilDiv(neg(offset), scale);
    const kind = isAtMost ? "atMost" : "atLeast";
    this.#addConstraint({ kind, ...base, q, limit }, [truth, q]);
  }

  #addConstraint(constraint: Constraint, mentioned: readonly number[]): void {
    const index = this.constraints.push(constraint) - 1;
    for (const q of new Set(mentioned)) if (q >= 0) this.watching[q]?.push(index);
  }

  #addBase(term: Term, lo: Int, hi: Int): number {
    const q = this.#addQuantity(lo, hi, term.id);
    this.#forms[term.id] = { vars: [q], coefs: [1], constant: 0 };
    return q;
  }

  #addQuantity(lo: Int, hi: Int, term: number): number {
    this.lo.push(lo);
    this.hi.push(hi);
    this.rows.push(undefined);
    this.termOf.push(term);
    return this.watching.push([]) - 1;
  }

  #formOf(term: Term): Form {
    const form = this.#forms[term.id];
    assert(form !== undefined, "a term stands before its operands");
    return form;
  }

  #combine(a: Term, b: Term, factor: Int): Form {
    return sumForms(this.#formOf(a), scaleForm(this.#formOf(b), factor));
  }

  #view(term: Term): View {
    return this.viewOf(this.#formOf(term));
  }

  /** Whether a quantity is a term that is a number, and not a boolean or a form. */
  isNumber(q: number): boolean {
    return this.#terms.get(this.termOf[q] ?? -1)?.isBool === false;
  }

  size(): SpaceSize {
    return { quantities: this.lo.length, constraints: this.constraints.length };
  }

  /** Gives up what was made since the space had that size: forms, with their rows. */
  truncate({ quantities, constraints }: SpaceSize): void {
    while (this.constraints.length > constraints) {
      const row = this.constraints.pop();
      assert(row?.kind === "row", "only rows are given up");
      for (const q of [row.q, ...row.form.vars]) this.watching[q]?.pop();
      this.#byKey.delete(keyOf(row.form));
    }
    if (this.lo.length > quantities) this.#differences.clear();
    for (const list of [this.lo, this.hi, this.rows, this.termOf, this.watching]) {
      list.length = quantities;
    }
  }

  /** A form as a view of the quantity it shares with all its multiples; the quantity is made when it is new. */
  viewOf({ vars, coefs, constant }: Form): View {
    const [first] = coefs, [only] = vars;
    if (first === undefined || only === undefined) return { ...CONSTANT, offset: constant };
    const content = coefs.reduce<Int>(gcd, 0);
    const scale = first < 0 ? neg(content) : content;
    if (vars.length === 1) return { q: only, scale, offset: constant };
    const primitive = coefs.map((coef) => floorDiv(coef, scale));
    const form = { vars, coefs: primitive, constant: 0 };
    const key = keyOf(form);
    const known = this.#byKey.get(key);
    if (known !== undefined) return { q: known, scale, offset: constant };
    const { lo, hi } = this.formRange(form, this.lo, this.hi);
    const q = this.#addQuantity(lo, hi, -1);
    this.#byKey.set(key, q);
    const row = { kind: "row", term: -1, q, form } as const;
    this.rows[q] = row;
    this.#addConstraint(row, [q, ...vars]);
    return { q, scale, offset: constant };
  }

  /** x − factor · y. */
  difference(x: View, y: View, factor: Int): View {
    const key = `${x.scale}*${x.q}+${x.offset}-${factor}*(${y.scale}*${y.q}+${y.offset})`;
    let view = this.#differences.get(key);
    if (view === undefined) {
      view = this.viewOf(sumForms(this.#expand(x), scaleForm(this.#expand(y), neg(factor))));
      this.#differences.set(key, view);
    }
    return view;
  }

  /** A view as a form over base quantities. */
  #expand({ q, scale, offset }: View): Form {
    if (q < 0) return { vars: [], coefs: [], constant: offset };
    const { vars, coefs } = scaleForm(
      this.rows[q]?.form ?? { vars: [q], coefs: [1], constant: 0 },
      scale,
    );
    return { vars, coefs, constant: offset };
  }

  #range({ q, scale, offset }: View): { readonly lo: Int; readonly hi: Int } {
    return viewRange({ q, scale, offset }, this.lo, this.hi);
  }

  /** The range of a form when its quantities have the bounds given. */
  formRange(
    { vars, coefs, constant }: Form,
    lo: readonly Int[],
    hi: readonly Int[],
  ): { readonly lo: Int; readonly hi: Int } {
    let min = constant, max = constant;
    for (const [index, q] of vars.entries()) {
      const coef = coefs[index] ?? 0;
      const x = mul(coef, lo[q] ?? 0), y = mul(coef, hi[q] ?? 0);
      min = add(min, least(x, y));
      max = add(max, greatest(x, y));
    }
    return { lo: min, hi: max };
  }
}

function keyOf({ vars, coefs }: Form): string {
  return vars.map((q, index) => `${coefs[index]}*${q}`).join("+");
}

/** The range of a view when quantities have the bounds given. */
export function viewRange(
  { q, scale, offset }: View,
  lo: readonly Int[],
  hi: readonly Int[],
): { readonly lo: Int; readonly hi: Int } {
  if (q < 0) return { lo: offset, hi: offset };
  const x = add(mul(scale, lo[q] ?? 0), offset), y = add(mul(scale, hi[q] ?? 0), offset);
  return scale > 0 ? { lo: x, hi: y } : { lo: y, hi: x };
}

function scaleForm({ vars, coefs, constant }: Form, factor: Int): Form {
  if (factor === 1) return { vars, coefs, constant };
  if (factor === 0) return { vars: [], coefs: [], constant: 0 };
  return {
    vars,
    coefs: coefs.map((coef) => mul(coef, factor)),
    constant: mul(constant, factor),
  };
}

/** The sum of two forms; both and the result have their quantities in ascending order. */
function sumForms(a: Form, b: Form): Form {
  const vars: number[] = [], coefs: Int[] = [];
  const take = (q: number, coef: Int): void => {
    if (coef === 0) return;
    vars.push(q);
    coefs.push(coef);
  };
  let i = 0, j = 0;
  while (i < a.vars.length || j < b.vars.length) {
    const p = a.vars[i] ?? Infinity, q = b.vars[j] ?? Infinity;
    if (p < q) take(p, a.coefs[i++] ?? 0);
    else if (q < p) take(q, b.coefs[j++] ?? 0);
    else take(p, add(a.coefs[i++] ?? 0, b.coefs[j++] ?? 0));
  }
  return { vars, coefs, constant: add(a.constant, b.constant) };
}

interface Range {
  readonly lo: Int;
  readonly hi: Int;
}

/** Bounds of an operation's result over all values of its operands. */
function operationRange(op: Exclude<ArithmeticKind, "add" | "sub">, a: Range, b: Range): Range {
  const most = greatest(greatest(a.hi, neg(a.lo)), 0);
  switch (op) {
    case "mul": {
      const ends = [mul(a.lo, b.lo), mul(a.lo, b.hi), mul(a.hi, b.lo), mul(a.hi, b.hi)];
      return { lo: ends.reduce(least), hi: ends.reduce(greatest) };
    }
    case "div":
    case "shr":
      return { lo: neg(most), hi: most };
    case "shl": {
      const shifted = mul(most, 2n ** 63n);
      return { lo: neg(shifted), hi: shifted };
    }
    case "bitAnd":
    case "bitOr":
    case "bitXor": {
      const both = add(most, greatest(greatest(b.hi, neg(b.lo)), 0));
      return { lo: a.lo >= 0 && b.lo >= 0 ? 0 : neg(both), hi: both };
    }
    default:
      return unreachable(op);
  }
}
