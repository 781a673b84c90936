/**
 * Propagation for the checker: all terms share one propagator. Given whether a relation can hold within ranges, it cuts off the ends where
 * it cannot.
 *
 * @module
 */
import { applyOperation, applySum } from "./digit_rules.ts";
import { CUT, has, max, meets, min, outcomes, type Range, sumOf, ZERO } from "./ranges.ts";
import type { RefutedCase } from "./refuted_case.ts";
import type { StatedTerm } from "./statement.ts";
import { partsOf, type View } from "./views.ts";

/** What a propagation of digits costs for each pair of its views. */
const DIGITS_WORK = 16;

/** Propagates what a base term says of itself and its operands, or a named form of its parts. */
export function propagate(of: RefutedCase, reference: unknown): void {
  const own = of.variable(reference), term = of.statement.terms[Number(reference)];
  if (term === undefined) {
    cutOff(of, [own, ...partsOf(own)], ([sum = ZERO, ...parts]) => meets(sum, sumOf(parts)));
  } else if (term.kind === "and" || term.kind === "or") {
    const whole = term.kind === "and" ? 1n : 0n; // what the operands share when the term has it too
    cutOff(of, [own, ...term.args.map((arg) => of.view(arg))], ([t = ZERO, ...args]) => {
      const all = args.every((arg) => has(arg, whole));
      const some = args.some((arg) => has(arg, 1n - whole));
      return (has(t, whole) && all) || (has(t, 1n - whole) && some);
    });
  } else if (term.kind === "le" || term.kind === "eq") {
    const isLe = term.kind === "le", view = of.view(term.a, term.b, 1n);
    const canBeZero = view.constant % view.scale === 0n;
    cutOff(of, [own, view], ([t = ZERO, [lo, hi] = ZERO]) => {
      const mayHold = lo <= 0n && (isLe || (hi >= 0n && canBeZero));
      return (has(t, 1n) && mayHold) || (has(t, 0n) && (hi > 0n || (!isLe && lo < 0n)));
    });
  } else if (term.kind === "ite") {
    const views = [own, ...[term.when, term.a, term.b].map((operand) => of.view(operand))];
    views.push(of.view(term, term.a, 1n), of.view(term, term.b, 1n)); // their differences
    cutOff(of, views, ([t = ZERO, w = ZERO, a = ZERO, b = ZERO, x = ZERO, y = ZERO]) => {
      const mayBeFirst = has(w, 1n) && meets(t, a) && has(x, 0n);
      return mayBeFirst || (has(w, 0n) && meets(t, b) && has(y, 0n));
    });
  } else if ("b" in term && term.kind !== "add" && term.kind !== "sub") {
    propagateOperation(of, term, term.kind);
  }
}

function propagateOperation(
  of: RefutedCase,
  term: StatedTerm & { a: StatedTerm; b: StatedTerm },
  kind: StatedTerm["kind"],
): void {
  const own = of.view(term), a = of.view(term.a), b = of.view(term.b);
  const gap = of.view(term.a, term.b, 1n), isSquare = gap.key === "" && gap.constant === 0n;
  const views = isSquare ? [own, a] : [own, a, b];
  cutOff(of, views, ([t = ZERO, x = ZERO, y]) => outcomes(kind, x, y).some((r) => meets(t, r)));
  const [j, jMost] = of.rangeOf(a), [k, kMost] = of.rangeOf(b), isShift = /^sh/.test(kind);
  const [t, tMost] = of.rangeOf(own), isBelow = j < 0n, isOneSided = k > 0n || kMost < 0n;
  const isProduct = kind === "mul" && -CUT < t && tMost < CUT; // of which nothing is cut
  if (isProduct && j === jMost) of.restrict(of.view(term, term.b, j), ZERO);
  if (kind === "div" && t === tMost && isOneSided && !(isBelow && jMost > 0n)) {
    // With a known quotient, the dividend is between two multiples of the divisor.
    const next = of.view(term.a, term.b, t + (isBelow === k > 0n ? -1n : 1n));
    of.restrict(of.view(term.a, term.b, t), isBelow ? [undefined, 0n] : [0n, undefined]);
    of.restrict(next, isBelow ? [1n, undefined] : [undefined, -1n]);
  }
  if (of.isClosed || k !== kMost || (isShift && (k < 0n || k > 63n))) return;
  // With a known second operand, a product is a multiple of the first, and a quotient has a bounded remainder.
  const by = isShift ? 1n << k : k, rest = max(by, -by) - 1n, left = of.view(term.a, term, by);
  if (isProduct || kind === "shl") of.restrict(of.view(term, term.a, by), ZERO);
  if (kind === "shr") of.restrict(left, [0n, rest]);
  if (kind === "div" && k !== 0n) of.restrict(left, [j < 0n ? -rest : 0n, jMost > 0n ? rest : 0n]);
}

/** What a named form, a product, a bitwise operation or a shift says of the digits of its parts. */
export function propagateDigits(of: RefutedCase, reference: unknown): void {
  const term = of.statement.terms[Number(reference)], sum = of.variable(reference);
  const views = term === undefined
    ? [sum, ...partsOf(sum)]
    : "b" in term
    ? [term, term.a, term.b].map((each) => of.view(each))
    : [];
  of.spend(DIGITS_WORK * views.length * views.length);
  const [lo, hi] = views[0] === undefined ? ZERO : of.rangeOf(views[0]);
  if (term?.kind === "mul" && (lo <= -CUT || hi >= CUT)) return;
  if (term !== undefined && views.length > 0) applyOperation(term.kind, views, of);
  if (term === undefined) applySum(views, of);
}

/** Cuts off the ends of the range of each view within which the relation cannot hold. */
function cutOff(
  of: RefutedCase,
  views: readonly View[],
  mayHold: (ranges: readonly Range[]) => boolean,
): void {
  for (const [index, isLow] of views.flatMap((_, i) => [[i, true], [i, false]] as const)) {
    const view = views[index], ranges = views.map((other) => of.rangeOf(other));
    if (of.isClosed || view === undefined) return;
    const [lo, hi] = of.rangeOf(view), width = hi - lo + 1n;
    const fits = (length: bigint) => {
      of.spend(views.length);
      return mayHold(ranges.with(index, isLow ? [lo, lo + length - 1n] : [hi - length + 1n, hi]));
    };
    let gone = 0n, enough = 1n; // the end of length `gone` is cut off
    for (; gone < width && !fits(enough); enough = min(2n * enough, width)) gone = enough;
    while (gone < width && enough - gone > 1n) {
      const middle = (gone + enough) / 2n;
      [gone, enough] = fits(middle) ? [gone, middle] : [middle, enough];
    }
    of.restrict(view, isLow ? [lo + gone, hi] : [lo, hi - gone]);
  }
}
