/**
 * The terms that a Φ problem is made of: a graph without cycles, in which equal terms are one node. Arithmetic is that of the
 * whole numbers and every operation is total; where a program's operation would fail (overflow, division by zero) the
 * translation has added a term that says it does not. Booleans are the numbers 0 and 1.
 *
 * The solver and the checker both start from here and share nothing after it.
 *
 * @module
 */
import { INT64_MAX, INT64_MIN } from "../../value/int64.ts";
import { unreachable } from "../../base/result.ts";
import {
  add,
  greatest,
  type Int,
  intOf,
  least,
  mul,
  neg,
  sub,
  truncDiv,
} from "../number/integer.ts";
import type { Work } from "../number/work_budget.ts";

/** What every term has. Operands have smaller ids. */
interface TermBase {
  readonly id: number;
  readonly isBool: boolean;
  /** Bounds that hold wherever the operands fit 64 bits. */
  readonly lo: Int;
  readonly hi: Int;
}
/** A known number. */
export interface ConstTerm extends TermBase {
  readonly kind: "const";
  readonly value: Int;
}
/** An unknown, by its index in the problem. */
export interface VarTerm extends TermBase {
  readonly kind: "var";
  readonly index: number;
}
/** The operations with two operands. `div` truncates, and is 0 where the divisor is; shifts by other than 0 to 63 are 0. */
export type ArithmeticKind =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "bitAnd"
  | "bitOr"
  | "bitXor"
  | "shl"
  | "shr";
/** An operation on two numbers. */
export interface ArithmeticTerm extends TermBase {
  readonly kind: ArithmeticKind;
  readonly a: Term;
  readonly b: Term;
}
/** a ≤ b, or a = b. */
export interface CompareTerm extends TermBase {
  readonly kind: "le" | "eq";
  readonly a: Term;
  readonly b: Term;
}
/** Not. */
export interface NotTerm extends TermBase {
  readonly kind: "not";
  readonly a: Term;
}
/** All of, or any of, two or more booleans. */
export interface JunctionTerm extends TermBase {
  readonly kind: "and" | "or";
  readonly args: readonly Term[];
}
/** `a` where the boolean `when` holds, else `b`. */
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

const MIN = INT64_MIN;
const MAX = INT64_MAX;

/** Makes terms, each only once, simplified where constants decide. */
export class Terms {
  readonly all: Term[] = [];
  readonly true: Term;
  readonly false: Term;
  readonly #byKey = new Map<string, Term>();
  readonly #work: Work;

  constructor(work: Work) {
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

  truth(value: boolean): Term {
    return value ? this.true : this.false;
  }

  int(value: Int): Term {
    return this.#make(`${value}`, { kind: "const", value, isBool: false, lo: value, hi: value });
  }

  variable(index: number, range: { readonly isBool: boolean; readonly lo: Int; readonly hi: Int }) {
    return this.#make(`v${index}`, { kind: "var", index, ...range });
  }

  arithmetic(kind: ArithmeticKind, a: Term, b: Term): Term {
    if (a.kind === "const" && b.kind === "const") {
      return this.int(computeArithmetic(kind, a.value, b.value));
    }
    if (a === b && kind === "div") return this.int(1); // the divisor is not 0 where this counts
    if (a === b && kind === "bitXor") return this.int(0);
    if (a === b && (kind === "bitAnd" || kind === "bitOr")) return a;
    if (kind === "div" && b.kind === "const" && b.value === 1) return a;
    if (kind === "shl" && b.kind === "const" && b.value >= 0 && b.value <= 63) {
      return this.arithmetic("mul", a, this.int(intOf(1n << BigInt(b.value))));
    }
    const [lo, hi] = rangeOf(kind, a, b);
    return this.#make(`${kind} ${a.id} ${b.id}`, { kind, a, b, isBool: false, lo, hi });
  }

  le(a: Term, b: Term): Term {
    const x = held(a), y = held(b);
    if (a === b || x.hi <= y.lo) return this.true;
    if (x.lo > y.hi) return this.false;
    return this.#make(`le ${a.id} ${b.id}`, { kind: "le", a, b, isBool: true, lo: 0, hi: 1 });
  }

  lt(a: Term, b: Term): Term {
    return this.not(this.le(b, a));
  }

  eq(a: Term, b: Term): Term {
    if (a === b) return this.true;
    const x = held(a), y = held(b);
    if (x.lo > y.hi || y.lo > x.hi) return this.false;
    if (a.kind === "const" && b.kind === "const") return this.truth(a.value === b.value);
    if (a.isBool && a.kind === "const") return a.value === 1 ? b : this.not(b);
    if (b.isBool && b.kind === "const") return b.value === 1 ? a : this.not(a);
    return this.#make(`eq ${a.id} ${b.id}`, { kind: "eq", a, b, isBool: true, lo: 0, hi: 1 });
  }

  not(a: Term): Term {
    if (a.kind === "const") return this.truth(a.value === 0);
    if (a.kind === "not") return a.a;
    return this.#make(`not ${a.id}`, { kind: "not", a, isBool: true, lo: 0, hi: 1 });
  }

  and(...args: readonly Term[]): Term {
    return this.#junction("and", args);
  }

  or(...args: readonly Term[]): Term {
    return this.#junction("or", args);
  }

  /** Whether `a` holds wherever `when` does. */
  implies(when: Term, a: Term): Term {
    return this.or(this.not(when), a);
  }

  choice(when: Term, a: Term, b: Term): Term {
    if (a === b || when === this.true) return a;
    if (when === this.false) return b;
    if (a.isBool) {
      return this.and(this.implies(when, a), this.or(when, b));
    }
    const x = held(a), y = held(b);
    const lo = least(x.lo, y.lo), hi = greatest(x.hi, y.hi);
    const key = `ite ${when.id} ${a.id} ${b.id}`;
    return this.#make(key, { kind: "ite", when, a, b, isBool: false, lo, hi });
  }

  /** Whether a number lies from `lo` to `hi`. */
  within(a: Term, lo: Int, hi: Int): Term {
    // Here alone the bounds before any check count: this term is the check.
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

/** The result of an operation on two numbers. */
export function computeArithmetic(kind: ArithmeticKind, a: Int, b: Int): Int {
  switch (kind) {
    case "add":
      return add(a, b);
    case "sub":
      return sub(a, b);
    case "mul":
      return mul(a, b);
    case "div":
      return b === 0 ? 0 : truncDiv(a, b);
    case "bitAnd":
      return intOf(BigInt(a) & BigInt(b));
    case "bitOr":
      return intOf(BigInt(a) | BigInt(b));
    case "bitXor":
      return intOf(BigInt(a) ^ BigInt(b));
    case "shl":
      return b < 0 || b > 63 ? 0 : intOf(BigInt(a) << BigInt(b));
    case "shr":
      return b < 0 || b > 63 ? 0 : intOf(BigInt(a) >> BigInt(b));
    default:
      return unreachable(kind);
  }
}

interface Range {
  readonly lo: Int;
  readonly hi: Int;
}

/** The bounds of a term that has been checked to fit 64 bits, as every operand has been before it is used. */
function held(term: Term): Range {
  if (term.kind === "var" || term.kind === "const") return term;
  const lo = greatest(term.lo, intOf(MIN)), hi = least(term.hi, intOf(MAX));
  return lo <= hi ? { lo, hi } : term;
}

function rangeOf(kind: ArithmeticKind, a: Term, b: Term): readonly [Int, Int] {
  const x = held(a), y = held(b);
  switch (kind) {
    case "add":
      return [add(x.lo, y.lo), add(x.hi, y.hi)];
    case "sub":
      return [sub(x.lo, y.hi), sub(x.hi, y.lo)];
    case "mul": {
      const ends = [mul(x.lo, y.lo), mul(x.lo, y.hi), mul(x.hi, y.lo), mul(x.hi, y.hi)];
      return [ends.reduce(least), ends.reduce(greatest)];
    }
    case "div":
    case "shr": {
      const most = greatest(greatest(x.hi, neg(x.lo)), 0);
      return [neg(most), most];
    }
    case "bitAnd":
    case "bitOr":
    case "bitXor": {
      const most = add(greatest(x.hi, neg(x.lo)), greatest(y.hi, neg(y.lo)));
      return [x.lo >= 0 && y.lo >= 0 ? 0 : neg(most), most];
    }
    case "shl": {
      const most = mul(greatest(greatest(x.hi, neg(x.lo)), 0), intOf(1n << 63n));
      return [neg(most), most];
    }
    default:
      return unreachable(kind);
  }
}
