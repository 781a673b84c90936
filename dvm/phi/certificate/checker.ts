/**
 * The certificate checker: whether a certificate proves conjuncts of a problem unsatisfiable. It shares no code with the solver and
 * trusts no bounds: a certificate (`docs/certificates.md`) only lists which terms to propagate, which bounds to add up and where to
 * split. All terms share one propagator: given whether a relation can hold within ranges, it cuts off the ends where it cannot.
 *
 * @module
 */
import {
  DEPTH_MAX,
  IllFormed,
  integer,
  list,
  parseCanonical,
  refuse,
  tuples,
} from "./canonical_text.ts";
import { applyOperation, applySum, type DigitStore, type View } from "./digit_rules.ts";
import {
  both,
  type Digits,
  digitsWithin,
  firstFrom,
  gcd,
  lastUpTo,
  multiplied,
  solved,
  UNKNOWN,
  withResidue,
} from "./digits.ts";
import type { StatedTerm, Statement } from "./statement.ts";

type Range = readonly [bigint, bigint]; // all integers from the first to the second
const ZERO: Range = [0n, 0n], CUT = 1n << 128n; // where products are cut

/** Limits of a check: its elementary steps, the size of a number in it, and that of one whose digits are looked at. */
const WORK_MAX = 2 ** 28, SIZE_MAX = 1n << 65_536n, DIGITS_SIZE_MAX = 1n << 1_024n;

/** What a propagation of digits costs for each pair of its views. */
const DIGITS_WORK = 16;

/** Coefficients of base terms (unknowns, booleans, nonlinear operations) by id, and a constant. */
type Form = Pick<View, "parts" | "constant">;

/** Whether a text proves that the conjuncts it names, which must be conjuncts of the statement, have no configuration. */
export function isRefutation(statement: Statement, text: string): boolean {
  try {
    return refutes(statement, parseCanonical(text));
  } catch (thrown) {
    if (thrown instanceof IllFormed) return false;
    throw thrown;
  }
}

/** The same for a parsed text. @throws IllFormed if it has not the form of a refutation, or exceeds a limit */
export function refutes(statement: Statement, certificate: unknown): boolean {
  const [format, conjuncts, forms, tree] = list(certificate, 4);
  if (format !== "dustrun-phi-refutation/2") return refuse();
  const known = new Set<unknown>(statement.conjuncts.map(({ term }) => term.id));
  if (!list(conjuncts).every((id) => known.has(id))) return refuse();
  const checker = new Checker(statement, list(conjuncts), list(forms));
  checker.parse(list(tree), 0);
  return checker.isClosed(list(tree));
}

class Checker implements DigitStore<View> {
  readonly #statement: Statement;
  readonly #forms = new Map<unknown, Form>(); // by reference: of terms, and of the certificate
  #bounds = new Map<string, Range>(); // of variables, in the current case
  #digits = new Map<string, Digits>(); // of variables, in the current case
  #isClosed = false; // whether the current case has no configuration
  #work = 0;

  constructor(statement: Statement, conjuncts: readonly unknown[], forms: readonly unknown[]) {
    this.#statement = statement;
    for (const term of statement.terms) {
      const form = this.#linearForm(term), base = { parts: new Map([[term.id, 1n]]), constant: 0n };
      this.#forms.set(term.id, form ?? base);
      if (form === undefined) this.#bounds.set(viewOf(base).key, this.#initialRange(term));
    }
    for (const [index, parts] of forms.entries()) {
      const add = (sum: Form, [id, coef]: readonly unknown[]) =>
        this.#plus(sum, this.#form(id), integer(coef));
      this.#forms.set(-1 - index, tuples(parts, 2).reduce(add, constant(0n)));
    }
    for (const id of conjuncts) this.#set(viewOf(this.#form(id)), [1n, 1n]);
  }

  /** The form of a term that is linear in its operands; `undefined` for a base term. */
  #linearForm(term: StatedTerm): Form | undefined {
    if (term.kind === "const") return constant(BigInt(term.value));
    if (term.kind === "not") return this.#plus(constant(1n), this.#form(term.a.id), -1n);
    if (term.kind !== "add" && term.kind !== "sub" && term.kind !== "mul") return undefined;
    const a = this.#form(term.a.id), b = this.#form(term.b.id);
    if (term.kind !== "mul") return this.#plus(a, b, term.kind === "add" ? 1n : -1n);
    if (a.parts.size === 0) return this.#plus(constant(0n), b, a.constant);
    return b.parts.size === 0 ? this.#plus(constant(0n), a, b.constant) : undefined;
  }

  #initialRange(term: StatedTerm): Range {
    const unknown = term.kind === "var" ? this.#statement.unknowns[term.index] : undefined;
    if (unknown !== undefined) return [BigInt(unknown.lo), BigInt(unknown.hi)];
    if (term.isBool) return [0n, 1n];
    if (!("b" in term)) return refuse();
    const x = this.#rangeOf(this.#view(term.a)), y = this.#rangeOf(this.#view(term.b));
    const ends = (term.kind === "ite" ? [x, y] : outcomes(term.kind, x, y)).flat();
    return spanOf(ends.map(bounded));
  }

  /** Refuses what is no node of a tree, whether or not the check reaches it. */
  parse(node: readonly unknown[], depth: number): void {
    const [steps, reference, at, ...cases] = node;
    if (![1, 2, 4, 5].includes(node.length) || depth > DEPTH_MAX) refuse();
    for (const step of list(steps)) this.#parseStep(step);
    if (node.length > 1) this.#form(reference);
    if (node.length > 2) integer(at);
    if (node.length === 4 && !(integer(at) >= 2n && integer(at) <= 64n)) refuse();
    for (const each of node.length === 4 ? list(cases[0], Number(at)) : cases) {
      this.parse(list(each), depth + 1);
    }
  }

  #parseStep(step: unknown): void {
    if (!Array.isArray(step)) this.#form(step);
    else if (step[0] === "digits") this.#form(list(step, 2)[1]);
    else {
      for (const [id, side, factor] of tuples(step, 3)) {
        this.#form(id);
        if ((side !== "lo" && side !== "hi") || integer(factor) <= 0n) refuse();
      }
    }
  }

  /** Whether a node of the tree refutes the current case. */
  isClosed(node: readonly unknown[]): boolean {
    const [steps, reference, at, ...cases] = node;
    for (const step of list(steps)) {
      if (this.#isClosed) return true;
      if (!Array.isArray(step)) this.#propagateConstraint(step);
      else if (step[0] === "digits") this.#propagateDigits(step[1]);
      else this.#addUp(tuples(step, 3));
    }
    if (this.#isClosed || node.length === 1) return this.#isClosed;
    const variable = this.#variable(reference), limit = node.length > 2 ? integer(at) : 0n;
    if (node.length === 2) return this.#hasNoSum(variable);
    const [lo, hi] = this.#rangeOf(variable), bounds = this.#bounds, digits = this.#digits;
    const isByResidue = node.length === 4;
    for (const [index, each] of (isByResidue ? list(cases[0]) : cases).entries()) {
      this.#spend(bounds.size + digits.size);
      this.#bounds = new Map(bounds);
      this.#digits = new Map(digits);
      this.#isClosed = false;
      if (isByResidue) this.know(variable, withResidue(BigInt(index), limit));
      else this.#set(variable, index === 0 ? [lo, limit] : [limit + 1n, hi]);
      if (!this.isClosed(list(each))) return false;
    }
    return true;
  }

  #spend(steps: number): void {
    this.#work += steps;
    if (this.#work > WORK_MAX) refuse();
  }

  #plus(a: Form, b: Form, factor: bigint): Form {
    this.#spend(1 + a.parts.size + b.parts.size);
    return plus(a, b, factor);
  }

  #form(reference: unknown): Form {
    return this.#forms.get(reference) ?? refuse();
  }

  #variable(reference: unknown): View {
    return { ...viewOf(this.#form(reference)), scale: 1n, constant: 0n };
  }

  /** term - factor · other. */
  #view(term: StatedTerm, other = term, factor = 0n): View {
    return viewOf(this.#plus(this.#form(term.id), this.#form(other.id), -factor));
  }

  #boundsOf(view: View): Range {
    return this.#bounds.get(view.key) ?? sumOf(partsOf(view).map((part) => this.#rangeOf(part)));
  }

  #rangeOf(view: View): Range {
    const { scale, constant } = view, [lo, hi] = this.#boundsOf(view);
    const [a, b] = [lo * scale + constant, hi * scale + constant];
    return scale < 0n ? [b, a] : [a, b];
  }

  /** Restricts a view to a range, which may be open at one end, rounded to values that it can have. */
  #set(view: View, ends: readonly [bigint | undefined, bigint | undefined]): void {
    const { key, scale, constant } = view, [lo, hi] = this.#boundsOf(view);
    const [from, to] = scale < 0n ? [ends[1], ends[0]] : ends;
    const least = from === undefined ? lo : max(lo, -floor(constant - from, scale));
    const most = to === undefined ? hi : min(hi, floor(to - constant, scale));
    this.#bounds.set(key, [least, most]);
    this.#isClosed ||= least > most;
  }

  /** Adds up positive multiples of bounds to an implied inequality. */
  #addUp(step: readonly (readonly unknown[])[]): void {
    let form = constant(0n), limit = 0n;
    for (const [reference, side, multiple] of step) {
      const variable = this.#variable(reference), factor = integer(multiple);
      const [lo, hi] = this.#rangeOf(variable);
      form = this.#plus(form, variable, side === "hi" ? factor : -factor);
      limit = bounded(limit + factor * (side === "hi" ? hi : -lo));
    }
    const view = viewOf(form);
    this.#set(view, [min(this.#rangeOf(view)[0], limit), limit]);
  }

  /** Cuts off the ends of the range of each view within which the relation cannot hold. */
  #propagate(views: readonly View[], mayHold: (ranges: readonly Range[]) => boolean): void {
    for (const [index, isLow] of views.flatMap((_, i) => [[i, true], [i, false]] as const)) {
      const view = views[index], ranges = views.map((other) => this.#rangeOf(other));
      if (this.#isClosed || view === undefined) return;
      const [lo, hi] = this.#rangeOf(view), width = hi - lo + 1n;
      const fits = (length: bigint) => {
        this.#spend(views.length);
        return mayHold(ranges.with(index, isLow ? [lo, lo + length - 1n] : [hi - length + 1n, hi]));
      };
      let gone = 0n, enough = 1n; // the end of length `gone` is cut off
      for (; gone < width && !fits(enough); enough = min(2n * enough, width)) gone = enough;
      while (gone < width && enough - gone > 1n) {
        const middle = (gone + enough) / 2n;
        [gone, enough] = fits(middle) ? [gone, middle] : [middle, enough];
      }
      this.#set(view, isLow ? [lo + gone, hi] : [lo, hi - gone]);
    }
  }

  /** What a base term says of itself and its operands, or a named form of its parts. */
  #propagateConstraint(reference: unknown): void {
    const own = this.#variable(reference), term = this.#statement.terms[Number(reference)];
    if (term === undefined) {
      this.#propagate([own, ...partsOf(own)], ([sum = ZERO, ...parts]) => meets(sum, sumOf(parts)));
    } else if (term.kind === "and" || term.kind === "or") {
      const whole = term.kind === "and" ? 1n : 0n; // what the operands share when the term has it too
      this.#propagate([own, ...term.args.map((arg) => this.#view(arg))], ([t = ZERO, ...args]) => {
        const all = args.every((arg) => has(arg, whole));
        const some = args.some((arg) => has(arg, 1n - whole));
        return (has(t, whole) && all) || (has(t, 1n - whole) && some);
      });
    } else if (term.kind === "le" || term.kind === "eq") {
      const isLe = term.kind === "le", view = this.#view(term.a, term.b, 1n);
      const canBeZero = view.constant % view.scale === 0n;
      this.#propagate([own, view], ([t = ZERO, [lo, hi] = ZERO]) => {
        const mayHold = lo <= 0n && (isLe || (hi >= 0n && canBeZero));
        return (has(t, 1n) && mayHold) || (has(t, 0n) && (hi > 0n || (!isLe && lo < 0n)));
      });
    } else if (term.kind === "ite") {
      const views = [own, ...[term.when, term.a, term.b].map((operand) => this.#view(operand))];
      views.push(this.#view(term, term.a, 1n), this.#view(term, term.b, 1n)); // their differences
      this.#propagate(views, ([t = ZERO, w = ZERO, a = ZERO, b = ZERO, x = ZERO, y = ZERO]) => {
        const mayBeFirst = has(w, 1n) && meets(t, a) && has(x, 0n);
        return mayBeFirst || (has(w, 0n) && meets(t, b) && has(y, 0n));
      });
    } else if ("b" in term && term.kind !== "add" && term.kind !== "sub") {
      this.#propagateOperation(term, term.kind);
    }
  }

  #propagateOperation(
    term: StatedTerm & { a: StatedTerm; b: StatedTerm },
    kind: StatedTerm["kind"],
  ): void {
    const own = this.#view(term), a = this.#view(term.a), b = this.#view(term.b);
    const gap = this.#view(term.a, term.b, 1n), isSquare = gap.key === "" && gap.constant === 0n;
    const of = isSquare ? [own, a] : [own, a, b];
    this.#propagate(of, ([t = ZERO, x = ZERO, y]) => outcomes(kind, x, y).some((r) => meets(t, r)));
    const [j, jMost] = this.#rangeOf(a), [k, kMost] = this.#rangeOf(b), isShift = /^sh/.test(kind);
    const [t, tMost] = this.#rangeOf(own), isBelow = j < 0n, isOneSided = k > 0n || kMost < 0n;
    const isProduct = kind === "mul" && -CUT < t && tMost < CUT; // of which nothing is cut
    if (isProduct && j === jMost) this.#set(this.#view(term, term.b, j), ZERO);
    if (kind === "div" && t === tMost && isOneSided && !(isBelow && jMost > 0n)) {
      // With a known quotient, the dividend is between two multiples of the divisor.
      const next = this.#view(term.a, term.b, t + (isBelow === k > 0n ? -1n : 1n));
      this.#set(this.#view(term.a, term.b, t), isBelow ? [undefined, 0n] : [0n, undefined]);
      this.#set(next, isBelow ? [1n, undefined] : [undefined, -1n]);
    }
    if (this.#isClosed || k !== kMost || (isShift && (k < 0n || k > 63n))) return;
    // With a known second operand, a product is a multiple of the first, and a quotient has a bounded remainder.
    const by = isShift ? 1n << k : k, rest = max(by, -by) - 1n, left = this.#view(term.a, term, by);
    if (isProduct || kind === "shl") this.#set(this.#view(term, term.a, by), ZERO);
    if (kind === "shr") this.#set(left, [0n, rest]);
    if (kind === "div" && k !== 0n) this.#set(left, [j < 0n ? -rest : 0n, jMost > 0n ? rest : 0n]);
  }

  /** The digits of a view: those known of its variable, and what its range says. */
  digitsOf(view: View): Digits {
    const known = this.#digits.get(view.key) ?? UNKNOWN;
    const own = both(known, this.#digitsWithin({ ...view, scale: 1n, constant: 0n }));
    const { scale, constant } = view;
    const met = own && both(multiplied(own, scale, constant), this.#digitsWithin(view));
    this.#isClosed ||= met === undefined;
    return met ?? UNKNOWN;
  }

  #digitsWithin(view: View): Digits {
    const [lo, hi] = this.#rangeOf(view), size = max(max(lo, -lo), max(hi, -hi));
    return size < DIGITS_SIZE_MAX ? digitsWithin(lo, hi) : UNKNOWN;
  }

  /** Adds digits of a view, and moves the bounds of its variable to the nearest integers with them. */
  know(view: View, found: Digits | undefined): void {
    const { key, scale, constant } = view, x = found && solved(found, scale, constant);
    const met = x && both(this.#digits.get(key) ?? UNKNOWN, x);
    if (met !== undefined && met.modulus >= DIGITS_SIZE_MAX) refuse();
    const [lo, hi] = this.#boundsOf(view);
    const least = met && firstFrom(met, lo), most = met && lastUpTo(met, hi);
    if (met !== undefined) this.#digits.set(key, met);
    if (least !== undefined && most !== undefined) this.#bounds.set(key, [least, most]);
    this.#isClosed ||= least === undefined || most === undefined || least > most;
  }

  /** What a named form, a product, a bitwise operation or a shift says of the digits of its parts. */
  #propagateDigits(reference: unknown): void {
    const term = this.#statement.terms[Number(reference)], sum = this.#variable(reference);
    const views = term === undefined
      ? [sum, ...partsOf(sum)]
      : "b" in term
      ? [term, term.a, term.b].map((each) => this.#view(each))
      : [];
    this.#spend(DIGITS_WORK * views.length * views.length);
    const [lo, hi] = views[0] === undefined ? ZERO : this.#rangeOf(views[0]);
    if (term?.kind === "mul" && (lo <= -CUT || hi >= CUT)) return;
    if (term !== undefined && views.length > 0) applyOperation(term.kind, views, this);
    if (term === undefined) applySum(views, this);
  }

  /** Whether no values of the parts of a variable add up to within its bounds, by meeting in the middle. */
  #hasNoSum(variable: View): boolean {
    const [lo, hi] = this.#rangeOf(variable), halves = [[0n], [0n]];
    const parts = partsOf(variable).map((part) => {
      const [from, to] = this.#rangeOf(part), step = max(part.scale, -part.scale);
      return { from, step, size: (to - from) / step + 1n };
    });
    for (const { from, step, size } of parts.sort((a, b) => Number(a.size - b.size))) {
      const index = halves.findIndex((sums) => BigInt(sums.length) * size <= 1n << 14n);
      this.#spend(index < 0 ? Infinity : 1 << 14);
      const addends = Array.from({ length: Number(size) }, (_, i) => from + step * BigInt(i));
      halves[index] = halves[index]?.flatMap((sum) => addends.map((each) => sum + each)) ?? [];
    }
    const [right = [], left = []] = halves.map((sums) => sums.sort((a, b) => a < b ? -1 : 1));
    return !left.some((sum) => {
      while (right.length > 0 && sum + (right.at(-1) ?? 0n) > hi) right.pop();
      return right.length > 0 && sum + (right.at(-1) ?? 0n) >= lo;
    });
  }
}

/** A form divided by the greatest common divisor of its coefficients, the first coefficient made positive. */
function viewOf({ parts, constant }: Form): View {
  const sorted = [...parts].sort(([a], [b]) => a - b), [, first = 1n] = sorted[0] ?? [];
  const content = sorted.reduce((common, [, coef]) => gcd(common, coef), 0n) || 1n;
  const scale = first < 0n ? -content : content;
  const primitive = sorted.map(([id, coef]) => [id, coef / scale] as const);
  const key = primitive.map(([id, coef]) => `${coef}t${id}`).join("+");
  return { key, parts: new Map(primitive), scale, constant };
}

/** a + factor · b. */
function plus(a: Form, b: Form, factor: bigint): Form {
  const parts = new Map(a.parts);
  for (const [id, coef] of b.parts) parts.set(id, bounded((parts.get(id) ?? 0n) + coef * factor));
  for (const [id, coef] of parts) if (coef === 0n) parts.delete(id);
  return { parts, constant: bounded(a.constant + b.constant * factor) };
}

/** The base terms of a variable, with their coefficients. */
const partsOf = ({ parts }: View) =>
  Array.from(parts, (part) => viewOf({ parts: new Map([part]), constant: 0n }));
const constant = (value: bigint): Form => ({ parts: new Map(), constant: value });
const min = (a: bigint, b: bigint) => a < b ? a : b;
const max = (a: bigint, b: bigint) => a > b ? a : b;
const floor = (a: bigint, b: bigint) => a / b - (a % b !== 0n && (a < 0n) !== (b < 0n) ? 1n : 0n);
const has = ([lo, hi]: Range, value: bigint) => lo <= value && value <= hi;
const meets = ([a, b]: Range, [c, d]: Range) => a <= d && c <= b;
const spanOf = (ends: readonly bigint[]): Range => [ends.reduce(min), ends.reduce(max)];
const sumOf = (all: readonly Range[]) => all.reduce(([a, b], [c, d]) => [a + c, b + d], ZERO);
const piecesOf = ([lo, hi]: Range): Range[] =>
  ([[lo, -1n], [0n, 0n], [1n, 63n], [64n, hi]] as const)
    .map(([a, b]) => [max(a, lo), min(b, hi)] as const).filter(([a, b]) => a <= b);

/** A number of a size that the checker computes with. */
const bounded = (value: bigint) => -SIZE_MAX < value && value < SIZE_MAX ? value : refuse();

/** The nonlinear operations; all but the bitwise ones are monotone in each operand within each piece. */
const OPERATIONS: { readonly [kind in StatedTerm["kind"]]?: (a: bigint, b: bigint) => bigint } = {
  mul: (a, b) => max(min(a * b, CUT), -CUT),
  div: (a, b) => b === 0n ? 0n : a / b,
  shl: (a, b) => b < 0n || b > 63n ? 0n : a << b,
  shr: (a, b) => b < 0n || b > 63n ? 0n : a >> b,
  bitAnd: (a, b) => a & b,
  bitOr: (a, b) => a | b,
  bitXor: (a, b) => a ^ b,
};

/** Ranges that contain every result of an operation; without a second operand, of its application to equal operands. */
function outcomes(kind: StatedTerm["kind"], x: Range, y?: Range): Range[] {
  const compute = OPERATIONS[kind] ?? refuse();
  const pairs = piecesOf(x).flatMap((p) => (y ? piecesOf(y) : [p]).map((q) => [p, q] as const));
  return pairs.map(([[a, b], [c, d]]) => {
    const isExact = !kind.startsWith("bit") || (a === b && c === d);
    if (isExact) return spanOf([compute(a, c), compute(a, d), compute(b, c), compute(b, d)]);
    return bitwise(kind, [a, b], [c, d]);
  });
}

/** The results of a bitwise operation on operands of one sign each. "Or" is "and" of complements. */
function bitwise(kind: string, [a, b]: Range, [c, d]: Range): Range {
  const not = ([lo, hi]: Range): Range => [-1n - hi, -1n - lo];
  if (kind === "bitOr") return not(bitwise("bitAnd", not([a, b]), not([c, d])));
  if (kind === "bitAnd") {
    if (b < 0n && d < 0n) return [a + c + 1n, min(b, d)];
    return [0n, b < 0n ? d : d < 0n ? b : min(b, d)];
  }
  const most = (b < 0n ? -1n - a : b) + (d < 0n ? -1n - c : d);
  return b < 0n === d < 0n ? [0n, most] : not([0n, most]);
}
