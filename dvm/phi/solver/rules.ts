/**
 * Bounds propagation: what each constraint implies for the bounds of its quantities. Every rule is monotone: from tighter
 * bounds it concludes at least as much. The checker has rules of its own that conclude at least as much as these.
 *
 * @module
 */
import { unreachable } from "../../base/result.ts";
import { add, floorDiv, greatest, type Int, least, mul, neg, sub } from "../number/integer.ts";
import type { Bounds, Side } from "./bounds.ts";
import { propagateOperation } from "./operations.ts";
import { type Constraint, type View, viewRange } from "./space.ts";
import { fix, isWorth, literalValue, setLiteral, setView } from "./views.ts";

/** Tightens the quantities of one constraint. Stops when bounds have crossed. */
export function propagate(constraint: Constraint, index: number, bounds: Bounds): void {
  switch (constraint.kind) {
    case "row":
      return propagateRow(constraint, index, bounds);
    case "fixed":
      return fix(bounds, constraint.truth, constraint.value, index);
    case "atMost":
      return propagateLimit(constraint, index, bounds, 1);
    case "atLeast":
      return propagateLimit(constraint, index, bounds, -1);
    case "equal":
      return propagateEqual(constraint, index, bounds);
    case "and":
      return propagateJunction(constraint, index, bounds, 1);
    case "or":
      return propagateJunction(constraint, index, bounds, 0);
    case "operation":
      return propagateOperation(constraint, index, bounds);
    case "choice":
      return propagateChoice(constraint, index, bounds);
    default:
      return unreachable(constraint);
  }
}

function propagateRow(
  { q, form }: Extract<Constraint, { kind: "row" }>,
  index: number,
  bounds: Bounds,
): void {
  const { lo, hi } = bounds;
  const { vars, coefs } = form;
  let min: Int = 0, max: Int = 0;
  for (let i = 0; i < vars.length; i++) {
    const coef = coefs[i] ?? 0, x = vars[i] ?? 0;
    const low = mul(coef, lo[x] ?? 0), high = mul(coef, hi[x] ?? 0);
    min = add(min, coef > 0 ? low : high);
    max = add(max, coef > 0 ? high : low);
  }
  bounds.raise(q, min, index);
  if (bounds.crossed >= 0) return;
  bounds.lower(q, max, index);
  if (bounds.crossed >= 0) return;
  const above = sub(hi[q] ?? 0, min), below = sub(max, lo[q] ?? 0);
  for (let i = 0; i < vars.length; i++) {
    const coef = coefs[i] ?? 0, x = vars[i] ?? 0;
    const low = lo[x] ?? 0, high = hi[x] ?? 0;
    if (low === high) continue;
    // x may exceed its least part by `above` / |coef|, and fall short of its greatest by `below` / |coef|.
    const size = coef > 0 ? coef : neg(coef);
    const up = floorDiv(above, size), down = floorDiv(below, size);
    const newHigh = add(low, coef > 0 ? up : down);
    const newLow = sub(high, coef > 0 ? down : up);
    if (newHigh < high && isWorth(low, high, sub(high, newHigh))) {
      bounds.lower(x, newHigh, index);
      if (bounds.crossed >= 0) return;
    }
    if (newLow > low && isWorth(low, high, sub(newLow, low))) {
      bounds.raise(x, newLow, index);
      if (bounds.crossed >= 0) return;
    }
  }
}

/** `sign` 1: truth ⇔ q ≤ limit; -1: truth ⇔ q ≥ limit. */
function propagateLimit(
  { truth, q, limit }: Extract<Constraint, { kind: "atMost" | "atLeast" }>,
  index: number,
  bounds: Bounds,
  sign: 1 | -1,
): void {
  const low = bounds.lo[q] ?? 0, high = bounds.hi[q] ?? 0;
  const holds = sign === 1 ? high <= limit : low >= limit;
  const fails = sign === 1 ? low > limit : high < limit;
  if (holds) return bounds.raise(truth, 1, index);
  if (fails) return bounds.lower(truth, 0, index);
  if (bounds.lo[truth] === 1) {
    if (sign === 1) bounds.lower(q, limit, index);
    else bounds.raise(q, limit, index);
  } else if (bounds.hi[truth] === 0) {
    if (sign === 1) bounds.raise(q, add(limit, 1), index);
    else bounds.lower(q, sub(limit, 1), index);
  }
}

function propagateEqual(
  { truth, q, value }: Extract<Constraint, { kind: "equal" }>,
  index: number,
  bounds: Bounds,
): void {
  const low = bounds.lo[q] ?? 0, high = bounds.hi[q] ?? 0;
  if (low > value || high < value) return bounds.lower(truth, 0, index);
  if (low === high) return bounds.raise(truth, 1, index);
  if (bounds.lo[truth] === 1) return fix(bounds, q, value, index);
  if (bounds.hi[truth] !== 0) return;
  if (low === value) bounds.raise(q, add(value, 1), index);
  else if (high === value) bounds.lower(q, sub(value, 1), index);
}

/** `decisive` 1 for `and`, 0 for `or`: what every literal is when the whole is that, and any other literal decides. */
function propagateJunction(
  { truth, literals }: Extract<Constraint, { kind: "and" | "or" }>,
  index: number,
  bounds: Bounds,
  decisive: 0 | 1,
): void {
  let open: View | undefined, openCount = 0;
  for (const literal of literals) {
    const value = literalValue(literal, bounds);
    if (value === 1 - decisive) return fix(bounds, truth, 1 - decisive, index);
    if (value >= 0) continue;
    open = literal;
    openCount++;
  }
  if (openCount === 0) return fix(bounds, truth, decisive, index);
  const isWhole = decisive === 1 ? bounds.lo[truth] === 1 : bounds.hi[truth] === 0;
  if (isWhole) {
    for (const literal of literals) {
      if (literalValue(literal, bounds) < 0) setLiteral(literal, decisive, index, bounds);
      if (bounds.crossed >= 0) return;
    }
    return;
  }
  const isOpposite = decisive === 1 ? bounds.hi[truth] === 0 : bounds.lo[truth] === 1;
  if (isOpposite && openCount === 1 && open !== undefined) {
    setLiteral(open, decisive === 1 ? 0 : 1, index, bounds);
  }
}

const ZERO = { lo: 0, hi: 0 };

function propagateChoice(
  { q, when, a, b, isA, isB }: Extract<Constraint, { kind: "choice" }>,
  index: number,
  bounds: Bounds,
): void {
  const chosen = literalValue(when, bounds);
  if (chosen >= 0) return setView(chosen === 1 ? isA : isB, ZERO, index, bounds);
  const canBeA = containsZero(isA, bounds), canBeB = containsZero(isB, bounds);
  if (!canBeA && !canBeB) {
    setLiteral(when, 0, index, bounds);
    return setView(isB, ZERO, index, bounds);
  }
  if (!canBeA) return setLiteral(when, 0, index, bounds);
  if (!canBeB) return setLiteral(when, 1, index, bounds);
  const x = viewRange(a, bounds.lo, bounds.hi), y = viewRange(b, bounds.lo, bounds.hi);
  bounds.raise(q, least(x.lo, y.lo), index);
  if (bounds.crossed < 0) bounds.lower(q, greatest(x.hi, y.hi), index);
}

function containsZero(view: View, bounds: Bounds): boolean {
  const { lo, hi } = viewRange(view, bounds.lo, bounds.hi);
  return lo <= 0 && hi >= 0;
}

/**
 * The bounds that a constraint's conclusion about one bound of `q` rests on.
 * Rows are precise; for the others it is every bound of what they mention.
 */
export function premisesOf(
  constraint: Constraint,
  q: number,
  side: Side,
  visit: (q: number, side: Side) => void,
): void {
  if (constraint.kind === "row") return rowPremises(constraint, q, side, visit);
  for (const other of mentionedBy(constraint)) {
    if (other < 0) continue;
    visit(other, "lo");
    visit(other, "hi");
  }
}

function rowPremises(
  row: Extract<Constraint, { kind: "row" }>,
  q: number,
  side: Side,
  visit: (q: number, side: Side) => void,
): void {
  const { vars, coefs } = row.form;
  const isWhole = q === row.q;
  const own = isWhole ? 1 : coefs[vars.indexOf(q)] ?? 0;
  // For an upper bound of the whole (or from it), the greatest value of each part counts; and so on by sign.
  const wantsMost = isWhole ? side === "hi" : (side === "hi") !== (own > 0);
  if (!isWhole) visit(row.q, (side === "hi") === (own > 0) ? "hi" : "lo");
  for (let i = 0; i < vars.length; i++) {
    const x = vars[i] ?? 0;
    if (x === q) continue;
    visit(x, ((coefs[i] ?? 0) > 0) === wantsMost ? "hi" : "lo");
  }
}

/** The quantities that a constraint mentions; -1 stands for a constant. */
export function mentionedBy(constraint: Constraint): readonly number[] {
  switch (constraint.kind) {
    case "row":
      return [constraint.q, ...constraint.form.vars];
    case "fixed":
      return [constraint.truth];
    case "atMost":
    case "atLeast":
    case "equal":
      return [constraint.truth, constraint.q];
    case "and":
    case "or":
      return [constraint.truth, ...constraint.literals.map(({ q }) => q)];
    case "operation":
      return [constraint.q, constraint.a.q, constraint.b.q];
    case "choice": {
      const { q, when, a, b, isA, isB } = constraint;
      return [q, when.q, a.q, b.q, isA.q, isB.q];
    }
    default:
      return unreachable(constraint);
  }
}
