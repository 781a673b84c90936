/**
 * The terms of a Φ problem: a hash-consed directed acyclic graph, in which equal terms are one node. Arithmetic is that of the
 * integers and every operation is total; where a program's operation can fail (overflow, division by zero) the translation
 * adds a term that excludes the failure. Booleans are the integers 0 and 1.
 *
 * The solver and the certificate checker both start from these terms and share nothing else.
 *
 * @module
 */
import { INT64_MAX, INT64_MIN } from "../../value/int64.ts";
import { type Int, intOf, max, min } from "../number/integer.ts";
import type { Interval } from "../number/interval.ts";
import type { WorkBudget } from "../number/work_budget.ts";
import { arithmeticInterval, type ArithmeticKind, computeArithmetic } from "./arithmetic.ts";

/** The members of every term. Operands have smaller ids. */
interface TermBase {
  readonly id: number;
  readonly isBool: boolean;
  /** Bounds of the value, valid wherever the operands fit 64 bits. */
  readonly lo: Int;
  readonly hi: Int;
}
/** A constant. */
export interface ConstTerm extends TermBase {
  readonly kind: "const";
  readonly value: Int;
}
/** An unknown, by its index in the problem. */
export interface VarTerm extends TermBase {
  readonly kind: "var";
  readonly index: number;
}
/** A binary operation on integers. */
export interface ArithmeticTerm extends TermBase {
  readonly kind: ArithmeticKind;
  readonly a: Term;
  readonly b: Term;
}
/** The comparison a ≤ b, or a = b. */
export interface CompareTerm extends TermBase {
  readonly kind: "le" | "eq";
  readonly a: Term;
  readonly b: Term;
}
/** A negation. */
export interface NotTerm extends TermBase {
  readonly kind: "not";
  readonly a: Term;
}
/** The conjunction or disjunction of two or more booleans. */
export interface JunctionTerm extends TermBase {
  readonly kind: "and" | "or";
  readonly args: readonly Term[];
}
/** `a` if the boolean `when` is true, else `b`. */
export interface ChoiceTerm extends TermBase {
  readonly kind: "ite";
  readonly when: Term;
  readonly a: Term;
  readonly b: Term;
}
/** Any term. */
export type Term =
  | ConstTerm
  | VarTerm
  | ArithmeticTerm
  | CompareTerm
  | NotTerm
  | JunctionTerm
  | ChoiceTerm;

/** Builds terms, each only once, folding constants. */
export class TermGraph {
  /** Every term built so far; operands precede the terms that use them. */
  readonly all: Term[] = [];
  /** The constant true. */
  readonly true: Term;
  /** The constant false. */
  readonly false: Term;
  readonly #byKey = new Map<string, Term>();
  readonly #work: WorkBudget;

  constructor(work: WorkBudget) {
    this.#work = work;
    this.false = this.#make("0b", { kind: "const", value: 0, isBool: true, lo: 0, hi: 0 });
    this.true = this.#make("1b", { kind: "const", value: 1, isBool: true, lo: 1, hi: 1 });
  }

  #make(key: string, content: DistributiveOmit<Term, "id">): Term {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    this.#work.spend(1);
    const term: Term = { id: this.all.length, ...content };
    this.all.push(term);
    this.#byKey.set(key, term);
    return term;
  }

  /** A boolean constant. */
  truth(value: boolean): Term {
    return value ? this.true : this.false;
  }

  /** An integer constant. */
  int(value: Int): Term {
    return this.#make(`${value}`, { kind: "const", value, isBool: false, lo: value, hi: value });
  }

  /** The unknown with this index and range. */
  variable(index: number, range: Interval & { readonly isBool: boolean }): Term {
    return this.#make(`v${index}`, { kind: "var", index, ...range });
  }

  /** A binary operation. */
  arithmetic(kind: ArithmeticKind, a: Term, b: Term): Term {
    if (a.kind === "const" && b.kind === "const") {
      return this.int(computeArithmetic(kind, a.value, b.value));
    }
    if (a === b && kind === "div") return this.int(1); // only used under the condition that the divisor is not 0
    if (kind === "bitXor") {
      if (a === b) return this.int(0);
      if (a.kind === "const" && a.value === -1) return this.arithmetic("sub", a, b); // the complement
      if (b.kind === "const" && b.value === -1) return this.arithmetic("sub", b, a);
    }
    if (a === b && (kind === "bitAnd" || kind === "bitOr")) return a;
    if (kind === "div" && b.kind === "const" && b.value === 1) return a;
    if (kind === "shl" && b.kind === "const" && b.value >= 0 && b.value <= 63) {
      return this.arithmetic("mul", a, this.int(intOf(1n << BigInt(b.value))));
    }
    const range = arithmeticInterval(kind, rangeWithin64Bits(a), rangeWithin64Bits(b));
    return this.#make(`${kind} ${a.id} ${b.id}`, { kind, a, b, isBool: false, ...range });
  }

  /** a ≤ b. */
  le(a: Term, b: Term): Term {
    const x = rangeWithin64Bits(a), y = rangeWithin64Bits(b);
    if (a === b || x.hi <= y.lo) return this.true;
    if (x.lo > y.hi) return this.false;
    return this.#make(`le ${a.id} ${b.id}`, { kind: "le", a, b, isBool: true, lo: 0, hi: 1 });
  }

  /** a < b. */
  lt(a: Term, b: Term): Term {
    return this.not(this.le(b, a));
  }

  /** a = b; both integers, or both booleans. */
  eq(a: Term, b: Term): Term {
    if (a === b) return this.true;
    const x = rangeWithin64Bits(a), y = rangeWithin64Bits(b);
    if (x.lo > y.hi || y.lo > x.hi) return this.false;
    if (a.kind === "const" && b.kind === "const") return this.truth(a.value === b.value);
    if (a.isBool && a.kind === "const") return a.value === 1 ? b : this.not(b);
    if (b.isBool && b.kind === "const") return b.value === 1 ? a : this.not(a);
    return this.#make(`eq ${a.id} ${b.id}`, { kind: "eq", a, b, isBool: true, lo: 0, hi: 1 });
  }

  /** The negation of a boolean. */
  not(a: Term): Term {
    if (a.kind === "const") return this.truth(a.value === 0);
    if (a.kind === "not") return a.a;
    return this.#make(`not ${a.id}`, { kind: "not", a, isBool: true, lo: 0, hi: 1 });
  }

  /** The conjunction of a few booleans. */
  and(...args: readonly Term[]): Term {
    return this.allOf(args);
  }

  /** The disjunction of a few booleans. */
  or(...args: readonly Term[]): Term {
    return this.anyOf(args);
  }

  /** The conjunction of all booleans of a list. */
  allOf(args: readonly Term[]): Term {
    return this.#junction("and", args);
  }

  /** The disjunction of all booleans of a list. */
  anyOf(args: readonly Term[]): Term {
    return this.#junction("or", args);
  }

  /** The implication: `a` is true if `when` is. */
  implies(when: Term, a: Term): Term {
    return this.or(this.not(when), a);
  }

  /** `a` if `when` is true, else `b`; both integers, or both booleans. */
  choice(when: Term, a: Term, b: Term): Term {
    if (a === b || when === this.true) return a;
    if (when === this.false) return b;
    if (a.isBool) {
      return this.and(this.implies(when, a), this.or(when, b));
    }
    const x = rangeWithin64Bits(a), y = rangeWithin64Bits(b);
    const lo = min(x.lo, y.lo), hi = max(x.hi, y.hi);
    const key = `ite ${when.id} ${a.id} ${b.id}`;
    return this.#make(key, { kind: "ite", when, a, b, isBool: false, lo, hi });
  }

  /** Whether an integer is from `lo` to `hi`. */
  within(a: Term, lo: Int, hi: Int): Term {
    // The bounds are used without the cut at 64 bits: this term is the check that justifies that cut elsewhere.
    const above = a.lo >= lo ? this.true : this.#bound("le", this.int(lo), a);
    const below = a.hi <= hi ? this.true : this.#bound("le", a, this.int(hi));
    return this.and(above, below);
  }

  #bound(kind: "le", a: Term, b: Term): Term {
    if (a.lo > b.hi) return this.false;
    return this.#make(`${kind} ${a.id} ${b.id}`, { kind, a, b, isBool: true, lo: 0, hi: 1 });
  }

  #junction(kind: "and" | "or", given: readonly Term[]): Term {
    const neutral = kind === "and" ? this.true : this.false;
    const decisive = kind === "and" ? this.false : this.true;
    const args = new Set<Term>();
    for (const term of given) {
      if (term === neutral) continue;
      if (term === decisive) return decisive;
      if (term.kind === kind) { for (const inner of term.args) args.add(inner); }
      else args.add(term);
    }
    for (const term of args) {
      if (term.kind === "not" && args.has(term.a)) return decisive;
    }
    const list = [...args];
    const [first, second] = list;
    if (first === undefined) return neutral;
    if (second === undefined) return first;
    const key = `${kind} ${list.map(({ id }) => id).join(" ")}`;
    return this.#make(key, { kind, args: list, isBool: true, lo: 0, hi: 1 });
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** The bounds of a term cut at 64 bits, valid because every operand is checked to fit 64 bits before it is used. */
function rangeWithin64Bits(term: Term): Interval {
  if (term.kind === "var" || term.kind === "const") return term;
  const lo = max(term.lo, intOf(INT64_MIN)), hi = min(term.hi, intOf(INT64_MAX));
  return lo <= hi ? { lo, hi } : term;
}
