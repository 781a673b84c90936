/**
 * The linear part of a search state: the rows in force as a linear program, and what follows from it as combinations of
 * bounds, which a checker can add up.
 *
 * @module
 */
import { add, ceilDiv, floorDiv, type Int, mul, neg, sub } from "../number/integer.ts";
import type { Bounds, Combination } from "./bounds.ts";
import { type Basis, reducedBasis, type Spread } from "./lattice.ts";
import { type Fraction, type LpRow, Simplex } from "./simplex.ts";
import type { Constraint, Form } from "./space.ts";
import type { Work } from "../number/work_budget.ts";

type Row = Extract<Constraint, { kind: "row" }>;

/** The linear program of one state. */
export class LinearProgram {
  /** The base quantities that are open, by column. */
  readonly columns: readonly number[];
  readonly #rows: readonly Row[];
  readonly #simplex: Simplex;
  readonly #bounds: Bounds;
  readonly #work: Work;

  constructor(bounds: Bounds, rows: readonly Row[], work: Work) {
    this.#bounds = bounds;
    this.#rows = rows;
    this.#work = work;
    const open = new Set<number>();
    for (const { form } of rows) {
      for (const q of form.vars) if (!bounds.isFixed(q)) open.add(q);
    }
    this.columns = [...open].sort((a, b) => a - b);
    const index = new Map(this.columns.map((q, column) => [q, column]));
    work.spend(rows.length);
    this.#simplex = new Simplex(
      this.columns.map((q) => ({ lo: bounds.lo[q] ?? 0, hi: bounds.hi[q] ?? 0 })),
      rows.map((row) => lpRow(row, bounds, index)),
      work,
    );
  }

  /** Bounds that add up to a contradiction, if the program has no solution. */
  refute(): Combination | undefined {
    const factors = this.#simplex.refute();
    return factors === undefined ? undefined : this.#combine([], 0, factors);
  }

  /** A solution, by column. */
  vertex(): readonly Fraction[] {
    return this.#simplex.vertex();
  }

  /** A solution, by quantity. */
  solution(): ReadonlyMap<number, Fraction> {
    const vertex = this.vertex();
    return new Map(this.columns.map((q, column) => [q, vertex[column] ?? { num: 0, den: 1 }]));
  }

  /** Upper bound of a form over the columns, rounded down, with the bounds that add up to it. */
  upperBound(form: readonly Int[]): { readonly bound: Int; readonly why: Combination } {
    const { value, scale, factors } = this.#simplex.maximize(form);
    return { bound: floorDiv(value.num, value.den), why: this.#combine(form, scale, factors) };
  }

  /** Lower bound of a form over the columns, rounded up, with the bounds that add up to it. */
  lowerBound(form: readonly Int[]): { readonly bound: Int; readonly why: Combination } {
    const { bound, why } = this.upperBound(form.map(neg));
    return { bound: neg(bound), why };
  }

  /** A basis over the columns whose first forms are directions in which the solutions are thin. */
  basis(): Basis {
    const spreads: Spread[] = this.columns.map((q, column) => ({
      coefs: this.columns.map((_, other) => (other === column ? 1 : 0)),
      width: this.#bounds.width(q),
    }));
    const index = new Map(this.columns.map((q, column) => [q, column]));
    for (const row of this.#rows) {
      const { coefs } = lpRow(row, this.#bounds, index);
      spreads.push({ coefs, width: this.#bounds.width(row.q) });
    }
    return reducedBasis(this.columns.length, spreads, this.#work);
  }

  /**
   * scale · form ≤ what the factors of the rows give, completed by the bounds of single quantities: the coefficients that the
   * rows leave over are made up for by the bound that limits them.
   */
  #combine(form: readonly Int[], scale: Int, factors: readonly Int[]): Combination {
    const left = new Map<number, Int>();
    form.forEach((coef, column) => left.set(this.columns[column] ?? -1, mul(scale, coef)));
    const combination: Combination[number][] = [];
    const take = (q: number, factor: Int): void => {
      if (factor === 0) return;
      const isUpper = factor > 0;
      combination.push({ q, side: isUpper ? "hi" : "lo", factor: isUpper ? factor : neg(factor) });
    };
    factors.forEach((factor, row) => {
      const { q, form: { vars, coefs } } = this.#rows[row] ?? NO_ROW;
      if (factor === 0 || q < 0) return;
      take(q, factor);
      vars.forEach((v, i) => left.set(v, sub(left.get(v) ?? 0, mul(factor, coefs[i] ?? 0))));
    });
    for (const [q, factor] of [...left].sort(([a], [b]) => a - b)) take(q, factor);
    return combination;
  }

  /** A form over the columns as one over quantities. */
  formOf(direction: readonly Int[]): Form {
    const vars: number[] = [], coefs: Int[] = [];
    direction.forEach((coef, column) => {
      if (coef === 0) return;
      vars.push(this.columns[column] ?? -1);
      coefs.push(coef);
    });
    return { vars, coefs, constant: 0 };
  }
}

const NO_ROW: Row = {
  kind: "row",
  term: -1,
  q: -1,
  form: { vars: [], coefs: [], constant: 0 },
};

/** A row over the columns; what its fixed quantities contribute goes into the bounds. */
function lpRow({ q, form }: Row, bounds: Bounds, index: ReadonlyMap<number, number>): LpRow {
  const coefs: Int[] = new Array(index.size).fill(0);
  let fixed: Int = 0;
  form.vars.forEach((v, i) => {
    const column = index.get(v), coef = form.coefs[i] ?? 0;
    if (column === undefined) fixed = add(fixed, mul(coef, bounds.lo[v] ?? 0));
    else coefs[column] = coef;
  });
  return { coefs, lo: sub(bounds.lo[q] ?? 0, fixed), hi: sub(bounds.hi[q] ?? 0, fixed) };
}

/** The whole number nearest to a fraction. */
export function rounded({ num, den }: Fraction): Int {
  return floorDiv(add(mul(num, 2), den), mul(den, 2));
}

/** Whether a fraction is a whole number. */
export function isWhole({ num, den }: Fraction): boolean {
  return floorDiv(num, den) === ceilDiv(num, den);
}
