/**
 * The linear relaxation of a case: the active rows as a linear program. Its consequences are returned as combinations of
 * bounds (Farkas multipliers), which a checker can add up.
 *
 * @module
 */
import { add, ceilDiv, floorDiv, type Int, mul, neg, sub } from "../number/integer.ts";
import type { WorkBudget } from "../number/work_budget.ts";
import type { Bounds, Combination } from "./bounds.ts";
import type { RowConstraint } from "./constraint.ts";
import { type Basis, reducedBasis, type Spread } from "./lattice_reduction.ts";
import type { LinearForm } from "./linear_form.ts";
import type { VariableStore } from "./variable_store.ts";
import { type Fraction, type LpRow, Simplex } from "./simplex.ts";

/** The linear program of one case. */
export class LinearProgram {
  /** The base variables that are not fixed, by column. */
  readonly columns: readonly number[];
  readonly #rows: readonly RowConstraint[];
  readonly #simplex: Simplex;
  readonly #bounds: Bounds;
  readonly #work: WorkBudget;

  constructor(bounds: Bounds, rows: readonly RowConstraint[], work: WorkBudget) {
    this.#bounds = bounds;
    this.#rows = rows;
    this.#work = work;
    const open = new Set<number>();
    for (const { form } of rows) {
      for (const q of form.vars) if (!bounds.isFixed(q)) open.add(q);
    }
    this.columns = [...open].sort((a, b) => a - b);
    const index = new Map(this.columns.map((q, column) => [q, column]));
    work.spend(1 + ((rows.length * (this.columns.length + 32)) >> 5));
    this.#simplex = new Simplex(
      this.columns.map((q) => ({ lo: bounds.lo[q] ?? 0, hi: bounds.hi[q] ?? 0 })),
      rows.map((row) => lpRow(row, bounds, index)),
      work,
    );
  }

  /** The bounds that add up to a contradiction; `undefined` if the program has a rational solution. */
  refute(): Combination | undefined {
    const factors = this.#simplex.findFeasible();
    return factors === undefined ? undefined : this.#combine([], 0, factors);
  }

  /** A solution, by column. */
  vertex(): readonly Fraction[] {
    return this.#simplex.vertex();
  }

  /** A solution, by variable. */
  solution(): ReadonlyMap<number, Fraction> {
    const vertex = this.vertex();
    return new Map(this.columns.map((q, column) => [q, vertex[column] ?? { num: 0, den: 1 }]));
  }

  /** The upper bound of a form over the columns, rounded down, and the bounds that add up to it. After {@link refute}. */
  upperBound(form: readonly Int[]): { readonly bound: Int; readonly why: Combination } {
    const { value, scale, factors } = this.#simplex.maximize(form);
    return { bound: floorDiv(value.num, value.den), why: this.#combine(form, scale, factors) };
  }

  /** The lower bound of a form over the columns, rounded up, and the bounds that add up to it. After {@link refute}. */
  lowerBound(form: readonly Int[]): { readonly bound: Int; readonly why: Combination } {
    const { bound, why } = this.upperBound(form.map(neg));
    return { bound: neg(bound), why };
  }

  /** A basis over the columns whose first forms are thin directions. */
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
   * The combination that bounds scale · form: the rows with their factors, and for each column the bound that eliminates
   * what the rows leave of its coefficient.
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

  /** A form over the columns as one over variables. */
  formOf(direction: readonly Int[]): LinearForm {
    const vars: number[] = [], coefs: Int[] = [];
    direction.forEach((coef, column) => {
      if (coef === 0) return;
      vars.push(this.columns[column] ?? -1);
      coefs.push(coef);
    });
    return { vars, coefs, constant: 0 };
  }
}

const NO_ROW: RowConstraint = {
  kind: "row",
  term: -1,
  q: -1,
  form: { vars: [], coefs: [], constant: 0 },
};

/** A row over the columns; the contribution of its fixed variables is moved into the bounds. */
function lpRow(
  { q, form }: RowConstraint,
  bounds: Bounds,
  index: ReadonlyMap<number, number>,
): LpRow {
  const coefs: Int[] = new Array(index.size).fill(0);
  let fixed: Int = 0;
  form.vars.forEach((v, i) => {
    const column = index.get(v), coef = form.coefs[i] ?? 0;
    if (column === undefined) fixed = add(fixed, mul(coef, bounds.lo[v] ?? 0));
    else coefs[column] = coef;
  });
  return { coefs, lo: sub(bounds.lo[q] ?? 0, fixed), hi: sub(bounds.hi[q] ?? 0, fixed) };
}

/** The rows that are bounded by something other than themselves and have at least two variables that are not fixed. */
export function activeRows({ constraints }: VariableStore, bounds: Bounds): RowConstraint[] {
  const rows: RowConstraint[] = [];
  constraints.forEach((constraint, index) => {
    if (constraint.kind !== "row") return;
    const { q, form } = constraint;
    if (!bounds.isAsserted(q, "lo", index) && !bounds.isAsserted(q, "hi", index)) return;
    if (form.vars.filter((v) => !bounds.isFixed(v)).length >= 2) rows.push(constraint);
  });
  return rows;
}

/** The integer nearest to a fraction. */
export function rounded({ num, den }: Fraction): Int {
  return floorDiv(add(mul(num, 2), den), mul(den, 2));
}

/** Whether a fraction is an integer. */
export function isWhole({ num, den }: Fraction): boolean {
  return floorDiv(num, den) === ceilDiv(num, den);
}
