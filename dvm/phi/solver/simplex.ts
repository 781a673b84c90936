/**
 * Exact linear programming over bounded variables: the general simplex of Dutertre and de Moura (CAV 2006) for feasibility,
 * the bounded primal simplex for maximization, both with Bland's rule, which prevents cycling. Each row of the tableau has
 * integer coefficients over one denominator; nothing is rounded.
 *
 * @module
 */
import { abs, add, floorDiv, gcd, type Int, mul, neg, sub } from "../number/integer.ts";
import type { WorkBudget } from "../number/work_budget.ts";

/** A row: `coefs` over the columns, between two bounds. */
export interface LpRow {
  readonly coefs: readonly Int[];
  readonly lo: Int;
  readonly hi: Int;
}

/** The bounds of a column. */
export interface LpColumn {
  readonly lo: Int;
  readonly hi: Int;
}

/** A fraction; the denominator is positive. */
export interface Fraction {
  readonly num: Int;
  readonly den: Int;
}

/** The maximum of an objective, and its proof: `scale` · objective = Σ factors · rows + a combination of columns. */
export interface Optimum {
  readonly value: Fraction;
  readonly scale: Int;
  readonly factors: readonly Int[];
}

/** One linear program. Its variables are numbered: columns first, then rows. */
export class Simplex {
  readonly #columns: number;
  readonly #lo: Int[];
  readonly #hi: Int[];
  /** Row r says: dens[r] · basic[r] = Σ table[r][k] · nonbasic[k]. */
  readonly #table: Int[][];
  readonly #dens: Int[];
  readonly #basic: number[];
  readonly #nonbasic: number[];
  /** The values of the nonbasic variables: integers within their bounds. */
  readonly #values: Int[];
  readonly #work: WorkBudget;

  constructor(columns: readonly LpColumn[], rows: readonly LpRow[], work: WorkBudget) {
    this.#columns = columns.length;
    this.#lo = [...columns, ...rows].map(({ lo }) => lo);
    this.#hi = [...columns, ...rows].map(({ hi }) => hi);
    this.#table = rows.map(({ coefs }) => [...coefs]);
    this.#dens = rows.map(() => 1);
    this.#basic = rows.map((_, row) => columns.length + row);
    this.#nonbasic = columns.map((_, column) => column);
    this.#values = columns.map(({ lo, hi }) => lo > 0 ? lo : hi < 0 ? hi : 0);
    this.#work = work;
  }

  /** Finds values within all bounds; if there are none, returns the factors of the rows that prove it (Farkas multipliers). */
  findFeasible(): readonly Int[] | undefined {
    for (;;) {
      const violated = this.#firstViolated();
      if (violated === undefined) return undefined;
      const { row, isLow } = violated;
      const entering = this.#entering(row, isLow);
      if (entering < 0) return this.#factors(row, isLow);
      const leaving = this.#basic[row] ?? 0;
      this.#values[leaving] = (isLow ? this.#lo : this.#hi)[leaving] ?? 0;
      this.#pivot(row, entering);
    }
  }

  /** The basic variable with the least number that violates a bound. */
  #firstViolated(): { readonly row: number; readonly isLow: boolean } | undefined {
    let best: { row: number; isLow: boolean } | undefined, bestVariable = Infinity;
    for (let row = 0; row < this.#table.length; row++) {
      const variable = this.#basic[row] ?? 0;
      if (variable >= bestVariable) continue;
      const value = this.#numerator(row), den = this.#dens[row] ?? 1;
      const isLow = value < mul(den, this.#lo[variable] ?? 0);
      if (!isLow && value <= mul(den, this.#hi[variable] ?? 0)) continue;
      best = { row, isLow };
      bestVariable = variable;
    }
    return best;
  }

  /** dens[row] times the value of the row's basic variable. */
  #numerator(row: number): Int {
    const coefs = this.#table[row] ?? [];
    let sum: Int = 0;
    for (let k = 0; k < coefs.length; k++) {
      const coef = coefs[k] ?? 0;
      if (coef !== 0) sum = add(sum, mul(coef, this.#values[this.#nonbasic[k] ?? 0] ?? 0));
    }
    return sum;
  }

  /** The position of the nonbasic variable with the least number that can increase (or decrease) the row; -1 if none can. */
  #entering(row: number, isUp: boolean): number {
    const coefs = this.#table[row] ?? [];
    let best = -1, bestVariable = Infinity;
    for (let k = 0; k < coefs.length; k++) {
      const coef = coefs[k] ?? 0, variable = this.#nonbasic[k] ?? 0;
      if (coef === 0 || variable >= bestVariable) continue;
      const value = this.#values[variable] ?? 0;
      const canMove = (coef > 0) === isUp
        ? value < (this.#hi[variable] ?? 0)
        : value > (this.#lo[variable] ?? 0);
      if (!canMove) continue;
      best = k;
      bestVariable = variable;
    }
    return best;
  }

  /** Factors by row of 0 = Σ table · nonbasic − den · basic (or its opposite), read off the slack variables. */
  #factors(row: number, isLow: boolean): Int[] {
    const factors: Int[] = this.#basic.map(() => 0);
    const put = (variable: number, factor: Int): void => {
      if (variable >= this.#columns) {
        factors[variable - this.#columns] = isLow ? factor : neg(factor);
      }
    };
    (this.#table[row] ?? []).forEach((coef, k) => put(this.#nonbasic[k] ?? 0, coef));
    put(this.#basic[row] ?? 0, neg(this.#dens[row] ?? 1));
    return factors;
  }

  /** Exchanges a row's basic variable with the nonbasic one at `entering`. */
  #pivot(row: number, entering: number): void {
    const pivotRow = this.#table[row] ?? [];
    const pivot = pivotRow[entering] ?? 1;
    const sign = pivot > 0 ? 1 : -1;
    const leaving = this.#basic[row] ?? 0;
    // pivot · entering = den · leaving − the rest of the row
    const solved = pivotRow.map((coef, k) =>
      k === entering ? mul(this.#dens[row] ?? 1, sign) : mul(coef, -sign)
    );
    this.#setRow(row, solved, abs(pivot));
    this.#basic[row] = this.#nonbasic[entering] ?? 0;
    this.#nonbasic[entering] = leaving;
    const fresh = this.#table[row] ?? [], freshDen = this.#dens[row] ?? 1;
    let changed = 1;
    for (let other = 0; other < this.#table.length; other++) {
      const coefs = this.#table[other] ?? [];
      const factor = coefs[entering] ?? 0;
      if (other === row || factor === 0) continue;
      changed++;
      const next: Int[] = [];
      for (let k = 0; k < coefs.length; k++) {
        const own = k === entering ? 0 : mul(coefs[k] ?? 0, freshDen);
        next.push(add(own, mul(factor, fresh[k] ?? 0)));
      }
      this.#setRow(other, next, mul(this.#dens[other] ?? 1, freshDen));
    }
    this.#work.spend(1 + ((this.#table.length + changed * pivotRow.length) >> 3));
  }

  #setRow(row: number, coefs: Int[], den: Int): void {
    let common = den;
    for (let k = 0; k < coefs.length && common !== 1; k++) common = gcd(common, coefs[k] ?? 0);
    this.#table[row] = common === 1 ? coefs : coefs.map((coef) => floorDiv(coef, common));
    this.#dens[row] = common === 1 ? den : floorDiv(den, common);
  }

  /** The value of each column. */
  vertex(): Fraction[] {
    const vertex: Fraction[] = [];
    this.#nonbasic.forEach((variable) => {
      vertex[variable] = { num: this.#values[variable] ?? 0, den: 1 };
    });
    this.#basic.forEach((variable, row) => {
      vertex[variable] = { num: this.#numerator(row), den: this.#dens[row] ?? 1 };
    });
    return vertex.slice(0, this.#columns);
  }

  /** The maximum of an objective over the columns. Requires that {@link findFeasible} has found values. */
  maximize(objective: readonly Int[]): Optimum {
    const row = this.#addObjective(objective);
    for (;;) {
      const entering = this.#entering(row, true);
      if (entering < 0) break;
      this.#advance(row, entering);
    }
    const optimum = {
      value: { num: this.#numerator(row), den: this.#dens[row] ?? 1 },
      scale: this.#dens[row] ?? 1,
      factors: this.#objectiveFactors(row),
    };
    this.#table.pop();
    this.#dens.pop();
    this.#basic.pop();
    return optimum;
  }

  #objectiveFactors(row: number): Int[] {
    const factors: Int[] = this.#table.slice(0, -1).map(() => 0);
    (this.#table[row] ?? []).forEach((coef, k) => {
      const variable = this.#nonbasic[k] ?? 0;
      if (variable >= this.#columns) factors[variable - this.#columns] = coef;
    });
    return factors;
  }

  /** Adds a row for the objective, expressed by the nonbasic variables. */
  #addObjective(objective: readonly Int[]): number {
    this.#work.spend(1 + (this.#columns >> 2));
    let coefs: Int[] = this.#nonbasic.map((variable) => objective[variable] ?? 0);
    let den: Int = 1;
    this.#basic.forEach((variable, row) => {
      const factor = objective[variable] ?? 0;
      if (variable >= this.#columns || factor === 0) return;
      const own = this.#dens[row] ?? 1, scaled = mul(factor, den);
      coefs = coefs.map((coef, k) => add(mul(coef, own), mul(scaled, this.#table[row]?.[k] ?? 0)));
      den = mul(den, own);
    });
    this.#table.push([]);
    this.#dens.push(1);
    this.#basic.push(Infinity); // the objective has no bounds and never leaves the basis
    this.#setRow(this.#table.length - 1, coefs, den);
    return this.#table.length - 1;
  }

  /** Moves one variable in the direction that increases the objective, as far as all bounds permit. */
  #advance(objective: number, entering: number): void {
    const variable = this.#nonbasic[entering] ?? 0;
    const isUp = (this.#table[objective]?.[entering] ?? 0) > 0;
    const limit = isUp ? this.#hi[variable] ?? 0 : this.#lo[variable] ?? 0;
    // The step ends at the bound of the variable, or earlier where the first row reaches a bound.
    let step: Fraction = { num: abs(sub(limit, this.#values[variable] ?? 0)), den: 1 };
    let blocking = -1, blockingVariable = Infinity, isAtHigh = false;
    for (let row = 0; row < this.#table.length; row++) {
      const coef = this.#table[row]?.[entering] ?? 0, other = this.#basic[row] ?? 0;
      if (row === objective || coef === 0) continue;
      const rises = (coef > 0) === isUp;
      const bound = (rises ? this.#hi : this.#lo)[other] ?? 0;
      const gap = abs(sub(mul(this.#dens[row] ?? 1, bound), this.#numerator(row)));
      const size = abs(coef);
      const order = compareProducts(gap, step.den, step.num, size);
      if (order > 0 || (order === 0 && (blocking < 0 ? variable : blockingVariable) < other)) {
        continue;
      }
      step = { num: gap, den: size };
      blocking = row;
      blockingVariable = other;
      isAtHigh = rises;
    }
    this.#work.spend(1 + (this.#table.length >> 2));
    if (blocking < 0) {
      this.#values[variable] = limit;
      return;
    }
    this.#values[blockingVariable] = (isAtHigh ? this.#hi : this.#lo)[blockingVariable] ?? 0;
    this.#pivot(blocking, entering);
  }
}

/** The sign of a·b − c·d. */
function compareProducts(a: Int, b: Int, c: Int, d: Int): number {
  const x = mul(a, b), y = mul(c, d);
  return x < y ? -1 : x > y ? 1 : 0;
}
