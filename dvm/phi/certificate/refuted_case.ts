/**
 * The case that a check is in: what is known of its variables. Nothing is trusted but the ranges of the unknowns; all else is what the steps
 * of a certificate restrict.
 *
 * @module
 */
import { integer, refuse, tuples } from "./canonical_text.ts";
import {
  both,
  type Digits,
  digitsWithin,
  firstFrom,
  lastUpTo,
  multiplied,
  solved,
  UNKNOWN,
} from "./digits.ts";
import { floor, max, min, outcomes, type Range, spanOf, sumOf } from "./ranges.ts";
import type { StatedTerm, Statement } from "./statement.ts";
import {
  bounded,
  constant,
  type Form,
  partsOf,
  plus,
  variableOf,
  type View,
  viewOf,
} from "./views.ts";

/** Limits of a check: its elementary steps, and the size of a number whose digits are looked at. */
const WORK_MAX = 2 ** 28, DIGITS_SIZE_MAX = 1n << 1_024n;

/** Bounds of variables, each a reference, a side and a number: at least it for `lo`, at most it for `hi`. */
export type Literals = readonly (readonly unknown[])[];

/** What is known in a case. */
interface Known {
  readonly bounds: Map<string, Range>;
  readonly digits: Map<string, Digits>;
}

/** The current case of a check. */
export class RefutedCase {
  /** What the check is about. */
  readonly statement: Statement;
  /** By reference: of terms, and of the certificate. */
  readonly #forms = new Map<unknown, Form>();
  /** By the key of a variable. */
  #known: Known = { bounds: new Map(), digits: new Map() };
  /** Whether the case has no configuration. */
  isClosed = false;
  #work = 0;

  /** The case in which the terms with these ids are 1. @throws IllFormed */
  constructor(statement: Statement, conjuncts: readonly unknown[], forms: readonly unknown[]) {
    this.statement = statement;
    for (const term of statement.terms) {
      const form = this.#linearForm(term), base = { parts: new Map([[term.id, 1n]]), constant: 0n };
      this.#forms.set(term.id, form ?? base);
      if (form === undefined) this.#known.bounds.set(viewOf(base).key, this.#initialRange(term));
    }
    for (const [index, parts] of forms.entries()) {
      const add = (sum: Form, [id, coef]: readonly unknown[]) =>
        this.#plus(sum, this.form(id), integer(coef));
      this.#forms.set(-1 - index, tuples(parts, 2).reduce(add, constant(0n)));
    }
    for (const id of conjuncts) this.restrict(viewOf(this.form(id)), [1n, 1n]);
  }

  /** The form of a term that is linear in its operands; `undefined` for a base term. */
  #linearForm(term: StatedTerm): Form | undefined {
    if (term.kind === "const") return constant(BigInt(term.value));
    if (term.kind === "not") return this.#plus(constant(1n), this.form(term.a.id), -1n);
    if (term.kind !== "add" && term.kind !== "sub" && term.kind !== "mul") return undefined;
    const a = this.form(term.a.id), b = this.form(term.b.id);
    if (term.kind !== "mul") return this.#plus(a, b, term.kind === "add" ? 1n : -1n);
    if (a.parts.size === 0) return this.#plus(constant(0n), b, a.constant);
    return b.parts.size === 0 ? this.#plus(constant(0n), a, b.constant) : undefined;
  }

  #initialRange(term: StatedTerm): Range {
    const unknown = term.kind === "var" ? this.statement.unknowns[term.index] : undefined;
    if (unknown !== undefined) return [BigInt(unknown.lo), BigInt(unknown.hi)];
    if (term.isBool) return [0n, 1n];
    if (!("b" in term)) return refuse();
    const x = this.rangeOf(this.view(term.a)), y = this.rangeOf(this.view(term.b));
    const ends = (term.kind === "ite" ? [x, y] : outcomes(term.kind, x, y)).flat();
    return spanOf(ends.map(bounded));
  }

  /** What is known now. */
  get known(): Known {
    return this.#known;
  }

  /** Continues with a copy of what was known in some case. */
  continueFrom({ bounds, digits }: Known): void {
    this.spend(bounds.size + digits.size);
    this.#known = { bounds: new Map(bounds), digits: new Map(digits) };
    this.isClosed = false;
  }

  /** Continues with what was known, after another case. */
  backTo(known: Known): void {
    this.#known = known;
    this.isClosed = false;
  }

  /** Counts elementary steps. @throws IllFormed if there are too many */
  spend(steps: number): void {
    this.#work += steps;
    if (this.#work > WORK_MAX) refuse();
  }

  #plus(a: Form, b: Form, factor: bigint): Form {
    this.spend(1 + a.parts.size + b.parts.size);
    return plus(a, b, factor);
  }

  /** The form that a reference names. @throws IllFormed */
  form(reference: unknown): Form {
    return this.#forms.get(reference) ?? refuse();
  }

  /** The variable of the form that a reference names. @throws IllFormed */
  variable(reference: unknown): View {
    return variableOf(this.form(reference));
  }

  /** term - factor · other. */
  view(term: StatedTerm, other = term, factor = 0n): View {
    return viewOf(this.#plus(this.form(term.id), this.form(other.id), -factor));
  }

  #boundsOf(view: View): Range {
    return this.#known.bounds.get(view.key) ??
      sumOf(partsOf(view).map((part) => this.rangeOf(part)));
  }

  /** The range of a view. */
  rangeOf(view: View): Range {
    const { scale, constant } = view, [lo, hi] = this.#boundsOf(view);
    const [a, b] = [lo * scale + constant, hi * scale + constant];
    return scale < 0n ? [b, a] : [a, b];
  }

  /** Restricts a view to a range, which may be open at one end, rounded to values that it can have. */
  restrict(view: View, ends: readonly [bigint | undefined, bigint | undefined]): void {
    const { key, scale, constant } = view, [lo, hi] = this.#boundsOf(view);
    const [from, to] = scale < 0n ? [ends[1], ends[0]] : ends;
    const least = from === undefined ? lo : max(lo, -floor(constant - from, scale));
    const most = to === undefined ? hi : min(hi, floor(to - constant, scale));
    this.#known.bounds.set(key, [least, most]);
    this.isClosed ||= least > most;
  }

  /** Restricts a variable to a bound. */
  assume(reference: unknown, side: unknown, limit: bigint): void {
    this.restrict(
      this.variable(reference),
      side === "lo" ? [limit, undefined] : [undefined, limit],
    );
  }

  /** Not all of these bounds hold: if all but one do, that one does not. */
  exclude(nogood: Literals): void {
    this.spend(nogood.length);
    const open = nogood.filter(([reference, side, value]) => {
      const [lo, hi] = this.rangeOf(this.variable(reference));
      return side === "lo" ? lo < integer(value) : hi > integer(value);
    });
    this.isClosed ||= open.length === 0;
    for (const [reference, side, value] of open.length === 1 ? open : []) {
      const beyond = integer(value) + (side === "lo" ? -1n : 1n);
      this.assume(reference, side === "lo" ? "hi" : "lo", beyond);
    }
  }

  /** Adds up positive multiples of bounds to an implied inequality. */
  addUp(step: readonly (readonly unknown[])[]): void {
    let form = constant(0n), limit = 0n;
    for (const [reference, side, multiple] of step) {
      const variable = this.variable(reference), factor = integer(multiple);
      const [lo, hi] = this.rangeOf(variable);
      form = this.#plus(form, variable, side === "hi" ? factor : -factor);
      limit = bounded(limit + factor * (side === "hi" ? hi : -lo));
    }
    const view = viewOf(form);
    this.restrict(view, [min(this.rangeOf(view)[0], limit), limit]);
  }

  /** The digits of a view: those known of its variable, and what its range says. */
  digitsOf(view: View): Digits {
    const known = this.#known.digits.get(view.key) ?? UNKNOWN;
    const own = both(known, this.#digitsWithin({ ...view, scale: 1n, constant: 0n }));
    const { scale, constant } = view;
    const met = own && both(multiplied(own, scale, constant), this.#digitsWithin(view));
    this.isClosed ||= met === undefined;
    return met ?? UNKNOWN;
  }

  #digitsWithin(view: View): Digits {
    const [lo, hi] = this.rangeOf(view), size = max(max(lo, -lo), max(hi, -hi));
    return size < DIGITS_SIZE_MAX ? digitsWithin(lo, hi) : UNKNOWN;
  }

  /** Adds digits of a view, and moves the bounds of its variable to the nearest integers with them. */
  know(view: View, found: Digits | undefined): void {
    const { key, scale, constant } = view, x = found && solved(found, scale, constant);
    const met = x && both(this.#known.digits.get(key) ?? UNKNOWN, x);
    if (met !== undefined && met.modulus >= DIGITS_SIZE_MAX) refuse();
    const [lo, hi] = this.#boundsOf(view);
    const least = met && firstFrom(met, lo), most = met && lastUpTo(met, hi);
    if (met !== undefined) this.#known.digits.set(key, met);
    if (least !== undefined && most !== undefined) this.#known.bounds.set(key, [least, most]);
    this.isClosed ||= least === undefined || most === undefined || least > most;
  }
}
