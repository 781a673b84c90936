/**
 * The checker of refutations: whether a certificate proves that conjuncts of a problem cannot hold together. It says valid or
 * invalid, nothing else, and shares no code with the solver.
 *
 * It trusts no bound, because a certificate has none: it says which term to look at, which bounds to add up and where to split,
 * and every conclusion is drawn here. A term's relation to its operands is one predicate, "may hold somewhere in these ranges";
 * ends of ranges where it may not are cut off. The format is described in `refutation.ts`.
 *
 * @module
 */
import type { Problem } from "./problem.ts";
import type { Term } from "./term.ts";
import { ceil, constant, floor, type Form, gcd, has, hull, max } from "./checker_arithmetic.ts";
import { meets, min, outcomes, plus, type Range, sumOf, ZERO } from "./checker_arithmetic.ts";

/** `scale` · quantity + `constant`; the key of a quantity is its form's text. A constant has no key. */
interface View {
  readonly key: string;
  readonly scale: bigint;
  readonly constant: bigint;
}

const SUMS_MAX = 1n << 14n; // that one half of a sum met in the middle may have

/** Whether `certificate` proves that the conjuncts it names, which must be the problem's, have no configuration. */
export function isRefutation(problem: Problem, certificate: string): boolean {
  try {
    const [format, conjuncts, forms, tree] = list(JSON.parse(certificate));
    if (format !== "dustrun-phi-refutation/1") return false;
    const checker = new Checker(problem, list(forms));
    for (const id of list(conjuncts)) checker.assert(Number(integer(id)));
    return checker.isClosed(list(tree));
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return false;
    throw thrown;
  }
}

class Checker {
  readonly #problem: Problem;
  readonly #linear = new Map<number, Form>();
  readonly #quantities = new Map<string, Form>();
  readonly #named: readonly string[];
  /** Bounds of quantities in the case at hand; a case without configurations is closed. */
  #bounds = new Map<string, Range>();
  #isClosed = false;

  constructor(problem: Problem, forms: readonly unknown[]) {
    this.#problem = problem;
    for (const term of problem.terms) {
      const form = this.#linearForm(term), base = { parts: new Map([[term.id, 1n]]), constant: 0n };
      this.#linear.set(term.id, form ?? base);
      if (form === undefined) this.#bounds.set(this.#view(base).key, this.#initialRange(term));
    }
    this.#named = forms.map((parts) => {
      let form = constant(0n);
      for (const [id, coef] of list(parts).map(list)) {
        form = plus(form, this.#form(id), integer(coef));
      }
      return this.#view(form).key;
    });
  }

  /** The form of a term that is linear in its operands. */
  #linearForm(term: Term): Form | undefined {
    if (term.kind === "const") return constant(BigInt(term.value));
    if (term.kind === "not") return plus(constant(1n), this.#form(term.a.id), -1n);
    if (term.kind !== "add" && term.kind !== "sub" && term.kind !== "mul") return undefined;
    const a = this.#form(term.a.id), b = this.#form(term.b.id);
    if (term.kind !== "mul") return plus(a, b, term.kind === "add" ? 1n : -1n);
    if (a.parts.size === 0) return plus(constant(0n), b, a.constant);
    return b.parts.size === 0 ? plus(constant(0n), a, b.constant) : undefined;
  }

  #initialRange(term: Term): Range {
    const unknown = term.kind === "var" ? this.#problem.unknowns[term.index] : undefined;
    if (unknown !== undefined) return [BigInt(unknown.lo), BigInt(unknown.hi)];
    if (term.isBool) return [0n, 1n];
    if (!("b" in term)) throw new SyntaxError();
    const [x, y] = [this.#rangeOf(this.#term(term.a)), this.#rangeOf(this.#term(term.b))];
    return hull(term.kind === "ite" ? [x, y] : outcomes(term.kind, x, y));
  }

  /** The conjunct with this term holds. */
  assert(id: number): void {
    const conjunct = this.#problem.conjuncts.find(({ term }) => term.id === id);
    if (conjunct === undefined) throw new SyntaxError();
    this.#set(this.#term(conjunct.term), [1n, 1n]);
  }

  /** Whether a node of the tree closes the case at hand. */
  isClosed([steps, reference, at, atMost, above]: readonly unknown[]): boolean {
    for (const step of list(steps)) {
      if (this.#isClosed) return true;
      if (Array.isArray(step)) this.#addUp(step.map(list));
      else if (integer(step) < 0n) this.#propagateSum(this.#key(step));
      else this.#propagateTerm(this.#problem.terms[Number(step)]);
    }
    if (this.#isClosed || reference === undefined) return this.#isClosed;
    const key = this.#key(reference), [lo, hi] = this.#boundsOf(key), kept = this.#bounds;
    if (at === undefined) return this.#hasNoSum(key);
    const limit = integer(at);
    for (const [node, range] of [[atMost, [lo, limit]], [above, [limit + 1n, hi]]] as const) {
      this.#bounds = new Map(kept);
      this.#isClosed = false;
      this.#set({ key, scale: 1n, constant: 0n }, range);
      if (!this.isClosed(list(node))) return false;
    }
    return true;
  }

  #form(id: unknown): Form {
    const form = this.#linear.get(Number(integer(id)));
    if (form === undefined) throw new SyntaxError();
    return form;
  }

  /** The quantity that a reference of the certificate means. */
  #key(reference: unknown): string {
    const index = Number(integer(reference));
    const key = index < 0 ? this.#named[-1 - index] : this.#view(this.#form(index)).key;
    if (key === undefined || key === "") throw new SyntaxError();
    return key;
  }

  /** A form divided by its content, the first coefficient made positive. */
  #view({ parts, constant }: Form): View {
    const sorted = [...parts].sort(([a], [b]) => a - b);
    const content = sorted.reduce((common, [, coef]) => gcd(common, coef), 0n);
    const scale = (sorted[0]?.[1] ?? 0n) < 0n ? -content : content;
    const primitive = sorted.map(([id, coef]) => [id, coef / scale] as const);
    const key = primitive.map(([id, coef]) => `${coef}t${id}`).join("+");
    this.#quantities.set(key, { parts: new Map(primitive), constant: 0n });
    return { key, scale, constant };
  }

  #term(term: Term): View {
    return this.#view(this.#form(term.id));
  }

  /** a - factor · b. */
  #difference(a: Term, b: Term, factor = 1n): View {
    return this.#view(plus(this.#form(a.id), this.#form(b.id), -factor));
  }

  #partsOf(key: string): View[] {
    const { parts } = this.#quantities.get(key) ?? constant(0n);
    return [...parts].map(([id, scale]) => ({ key: `1t${id}`, scale, constant: 0n }));
  }

  #boundsOf(key: string): Range {
    if (key === "") return ZERO;
    const known = this.#bounds.get(key);
    return known ?? sumOf(this.#partsOf(key).map((part) => this.#rangeOf(part)));
  }

  #rangeOf({ key, scale, constant }: View): Range {
    const [lo, hi] = this.#boundsOf(key);
    const ends: Range = scale < 0n ? [hi * scale, lo * scale] : [lo * scale, hi * scale];
    return [ends[0] + constant, ends[1] + constant];
  }

  /** Puts a view between two ends, rounded to what it can be. */
  #set({ key, scale, constant }: View, [from, to]: Range): void {
    const [lo, hi] = this.#boundsOf(key);
    const [a, b] = [from - constant, to - constant];
    if (key === "") this.#isClosed ||= a > 0n || b < 0n;
    else {
      const least = max(lo, ceil(scale < 0n ? b : a, scale));
      const most = min(hi, floor(scale < 0n ? a : b, scale));
      this.#bounds.set(key, [least, most]);
      this.#isClosed ||= least > most;
    }
  }

  /** Positive multiples of bounds add up to an inequality. */
  #addUp(step: readonly (readonly unknown[])[]): void {
    let form = constant(0n), limit = 0n;
    for (const [reference, side, multiple] of step) {
      const key = this.#key(reference), factor = integer(multiple), [lo, hi] = this.#boundsOf(key);
      if (factor <= 0n || (side !== "lo" && side !== "hi")) throw new SyntaxError();
      form = plus(form, this.#quantities.get(key) ?? form, side === "hi" ? factor : -factor);
      limit += factor * (side === "hi" ? hi : -lo);
    }
    const view = this.#view(form);
    this.#set(view, [min(this.#rangeOf(view)[0], limit), limit]);
  }

  /** Cuts off the ends of each view with which the relation of all may not hold. */
  #propagate(views: readonly View[], mayHold: (ranges: readonly Range[]) => boolean): void {
    for (const [index, isLow] of views.flatMap((_, i) => [[i, true], [i, false]] as const)) {
      const view = views[index], ranges = views.map((other) => this.#rangeOf(other));
      if (this.#isClosed || view === undefined) return;
      const [lo, hi] = ranges[index] ?? ZERO, width = hi - lo + 1n;
      const fits = (length: bigint) =>
        mayHold(ranges.with(index, isLow ? [lo, lo + length - 1n] : [hi - length + 1n, hi]));
      let gone = 0n, enough = 1n; // the end of length `gone` does not fit
      for (; gone < width && !fits(enough); enough = min(2n * enough, width)) gone = enough;
      while (gone < width && enough - gone > 1n) {
        if (fits((gone + enough) / 2n)) enough = (gone + enough) / 2n;
        else gone = (gone + enough) / 2n;
      }
      this.#set(view, isLow ? [lo + gone, hi] : [lo, hi - gone]);
    }
  }

  #propagateSum(key: string): void {
    const views = [{ key, scale: 1n, constant: 0n }, ...this.#partsOf(key)];
    this.#propagate(views, ([sum = ZERO, ...parts]) => meets(sum, sumOf(parts)));
  }

  /** What a base term says of itself and its operands. */
  #propagateTerm(term: Term | undefined): void {
    if (term === undefined || this.#linearForm(term) !== undefined) throw new SyntaxError();
    const own = this.#term(term);
    if (term.kind === "and" || term.kind === "or") {
      const whole = term.kind === "and" ? 1n : 0n; // what the operands share when the term has it too
      this.#propagate(
        [own, ...term.args.map((arg) => this.#term(arg))],
        ([t = ZERO, ...args]) =>
          (has(t, whole) && args.every((arg) => has(arg, whole))) ||
          (has(t, 1n - whole) && args.some((arg) => has(arg, 1n - whole))),
      );
    } else if (term.kind === "le" || term.kind === "eq") {
      const isLe = term.kind === "le", view = this.#difference(term.a, term.b);
      const canBeZero = view.key === "" || view.constant % view.scale === 0n;
      this.#propagate(
        [own, view],
        ([t = ZERO, [lo, hi] = ZERO]) =>
          (has(t, 1n) && lo <= 0n && (isLe || (hi >= 0n && canBeZero))) ||
          (has(t, 0n) && (hi > 0n || (!isLe && lo < 0n))),
      );
    } else if (term.kind === "ite") {
      const views = [own, this.#term(term.when), this.#term(term.a), this.#term(term.b)];
      views.push(this.#difference(term, term.a), this.#difference(term, term.b));
      this.#propagate(
        views,
        ([t = ZERO, w = ZERO, a = ZERO, b = ZERO, x = ZERO, y = ZERO]) =>
          (has(w, 1n) && meets(t, a) && has(x, 0n)) || (has(w, 0n) && meets(t, b) && has(y, 0n)),
      );
    } else if ("b" in term) this.#propagateOperation(own, term, term.kind);
  }

  #propagateOperation(own: View, term: Term & { a: Term; b: Term }, kind: Term["kind"]): void {
    const a = this.#term(term.a), b = this.#term(term.b);
    const isSquare = a.key === b.key && a.scale === b.scale && a.constant === b.constant;
    this.#propagate(
      isSquare ? [own, a] : [own, a, b],
      ([t = ZERO, x = ZERO, y]) => outcomes(kind, x, y).some((outcome) => meets(t, outcome)),
    );
    const [j, jMost] = this.#rangeOf(a), [k, kMost] = this.#rangeOf(b);
    if (kind === "mul" && j === jMost) this.#set(this.#difference(term, term.b, j), ZERO);
    if (this.#isClosed || k !== kMost || k < 0n && kind !== "mul" && kind !== "div") return;
    // With a known second operand, a product is a multiple of the first one, and a quotient leaves a rest.
    const by = kind === "shl" || kind === "shr" ? 1n << min(k, 64n) : k, rest = max(by, -by) - 1n;
    if (kind === "mul" || (kind === "shl" && k < 64n)) {
      this.#set(this.#difference(term, term.a, by), ZERO);
    }
    const left = this.#difference(term.a, term, by);
    if (kind === "shr" && k < 64n) this.#set(left, [0n, rest]);
    if (kind === "div" && k !== 0n) this.#set(left, [j < 0n ? -rest : 0n, jMost > 0n ? rest : 0n]);
  }

  /** Whether no values of a quantity's parts add up to within its bounds: one half's sums against the other's. */
  #hasNoSum(key: string): boolean {
    const [lo, hi] = this.#boundsOf(key);
    const sizeOf = ({ key }: View) => this.#boundsOf(key)[1] - this.#boundsOf(key)[0] + 1n;
    const count = (some: readonly View[]) => some.reduce((n, part) => n * sizeOf(part), 1n);
    const parts = this.#partsOf(key).sort((a, b) => sizeOf(a) < sizeOf(b) ? 1 : -1);
    const halves = parts.map((_, index) => [parts.slice(0, index), parts.slice(index)])
      .find((pair) => pair.every((half) => count(half) <= SUMS_MAX));
    if (halves === undefined) throw new SyntaxError();
    const [left = [], right = []] = halves.map((half) => {
      let sums = [0n];
      for (const { key, scale } of half) {
        const known = sums, [from, to] = this.#boundsOf(key);
        sums = [];
        for (let x = from; x <= to; x++) sums.push(...known.map((sum) => sum + scale * x));
      }
      return sums.sort((a, b) => a < b ? -1 : 1);
    });
    return !left.some((sum) => {
      while (right.length > 0 && sum + (right.at(-1) ?? 0n) > hi) right.pop();
      return right.length > 0 && sum + (right.at(-1) ?? 0n) >= lo;
    });
  }
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new SyntaxError();
  return value;
}

function integer(value: unknown): bigint {
  const isInteger = typeof value === "number"
    ? Number.isSafeInteger(value)
    : typeof value === "string";
  if (!isInteger || !/^-?[0-9]+$/.test(String(value))) throw new SyntaxError();
  return BigInt(String(value));
}
