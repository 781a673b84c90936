/**
 * Solver variables, the rows that define some of them, and the constraints between them.
 *
 * A *base* variable is an unknown, a boolean term or a nonlinear term. Every other linear form is divided by the greatest common
 * divisor of its coefficients and by the sign of the first one, so that proportional forms share one variable, which a *row*
 * ties to base variables. A comparison is then a bound on one variable, as in the simplex of Dutertre and de Moura.
 *
 * @module
 */
import { assert } from "../../base/result.ts";
import { floorDiv, gcd, type Int, neg } from "../number/integer.ts";
import type { Constraint, RowConstraint } from "./constraint.ts";
import {
  type AffineView,
  formRange,
  keyOf,
  type LinearForm,
  scaleForm,
  sumForms,
} from "./linear_form.ts";

/** The size of a store. Variables and constraints that a search adds are removed in reverse order. */
export interface SystemSize {
  readonly variables: number;
  readonly constraints: number;
}

/** Variables, numbered from 0, and the constraints between them. */
export class VariableStore {
  /** The initial bounds of each variable, valid before anything is asserted. */
  readonly lo: Int[] = [];
  readonly hi: Int[] = [];
  /** The row that ties a variable to base variables; `undefined` for base variables. */
  readonly rows: (RowConstraint | undefined)[] = [];
  /** The term whose value a base variable is; -1 for others. */
  readonly termOf: number[] = [];
  /** The constraints, by index. */
  readonly constraints: Constraint[] = [];
  /** The indices of the constraints that mention each variable. */
  readonly watching: number[][] = [];
  readonly #byKey = new Map<string, number>();
  readonly #differences = new Map<string, AffineView>();

  /** Adds a base variable. `term` is the term whose value it is; -1 for none. */
  protected addVariable(lo: Int, hi: Int, term: number): number {
    this.lo.push(lo);
    this.hi.push(hi);
    this.rows.push(undefined);
    this.termOf.push(term);
    return this.watching.push([]) - 1;
  }

  /** Adds a constraint that mentions the variables given; -1 is ignored. */
  protected addConstraint(constraint: Constraint, mentioned: readonly number[]): void {
    const index = this.constraints.push(constraint) - 1;
    for (const q of new Set(mentioned)) if (q >= 0) this.watching[q]?.push(index);
  }

  /** The current size. */
  size(): SystemSize {
    return { variables: this.lo.length, constraints: this.constraints.length };
  }

  /** Removes the variables and rows added since the store had the size given. */
  truncate({ variables, constraints }: SystemSize): void {
    while (this.constraints.length > constraints) {
      const row = this.constraints.pop();
      assert(row?.kind === "row", "only rows are added during a search");
      for (const q of [row.q, ...row.form.vars]) this.watching[q]?.pop();
      this.#byKey.delete(keyOf(row.form));
    }
    if (this.lo.length > variables) this.#differences.clear();
    for (const list of [this.lo, this.hi, this.rows, this.termOf, this.watching]) {
      list.length = variables;
    }
  }

  /** A form as a view of the variable that it shares with all its multiples. A new variable and its row are added if needed. */
  viewOf({ vars, coefs, constant }: LinearForm): AffineView {
    const [first] = coefs, [only] = vars;
    if (first === undefined || only === undefined) return { q: -1, scale: 0, offset: constant };
    const content = coefs.reduce<Int>(gcd, 0);
    const scale = first < 0 ? neg(content) : content;
    if (vars.length === 1) return { q: only, scale, offset: constant };
    const primitive = coefs.map((coef) => floorDiv(coef, scale));
    const form = { vars, coefs: primitive, constant: 0 };
    const key = keyOf(form);
    const known = this.#byKey.get(key);
    if (known !== undefined) return { q: known, scale, offset: constant };
    const { lo, hi } = formRange(form, this.lo, this.hi);
    const q = this.addVariable(lo, hi, -1);
    this.#byKey.set(key, q);
    const row = { kind: "row", term: -1, q, form } as const;
    this.rows[q] = row;
    this.addConstraint(row, [q, ...vars]);
    return { q, scale, offset: constant };
  }

  /** The view x − factor · y. */
  difference(x: AffineView, y: AffineView, factor: Int): AffineView {
    const key = `${x.scale}*${x.q}+${x.offset}-${factor}*(${y.scale}*${y.q}+${y.offset})`;
    let view = this.#differences.get(key);
    if (view === undefined) {
      view = this.viewOf(sumForms(this.#expand(x), scaleForm(this.#expand(y), neg(factor))));
      this.#differences.set(key, view);
    }
    return view;
  }

  /** A view as a form over base variables. */
  #expand({ q, scale, offset }: AffineView): LinearForm {
    if (q < 0) return { vars: [], coefs: [], constant: offset };
    const { vars, coefs } = scaleForm(
      this.rows[q]?.form ?? { vars: [q], coefs: [1], constant: 0 },
      scale,
    );
    return { vars, coefs, constant: offset };
  }
}
