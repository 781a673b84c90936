/**
 * Bounds propagation: the bounds that each constraint implies. Every propagator is monotone: from tighter bounds it derives
 * bounds at least as tight. The certificate checker has propagators of its own, which derive at least as much as these.
 *
 * @module
 */
import { unreachable } from "../../base/result.ts";
import { add, floorDiv, type Int, max, min, mul, neg, sub } from "../number/integer.ts";
import type { WorkBudget } from "../number/work_budget.ts";
import type { Bounds } from "./bounds.ts";
import {
  type ChoiceConstraint,
  type Constraint,
  type EqualConstraint,
  isIdempotent,
  type JunctionConstraint,
  type LimitConstraint,
  type RowConstraint,
} from "./constraint.ts";
import { type AffineView, viewRange } from "./linear_form.ts";
import { propagateDigits } from "./digit_propagators.ts";
import { assign, assignLiteral, isWorthwhile, literalValue, restrictView } from "./narrowing.ts";
import { propagateOperation } from "./nonlinear_propagators.ts";
import type { VariableStore } from "./variable_store.ts";

/** Propagates all queued constraints to a fixpoint or a conflict. @throws BudgetExhausted */
export function propagateQueued(store: VariableStore, bounds: Bounds, work: WorkBudget): void {
  let cost = 0;
  while (bounds.conflict < 0) {
    const index = bounds.dequeue();
    const constraint = store.constraints[index];
    if (constraint === undefined) break;
    propagate(constraint, index, bounds);
    cost += costOf(constraint);
    if (cost >= 256) {
      work.spend(cost >> 1);
      cost &= 1;
    }
  }
  work.spend((cost + 1) >> 1);
}

/** Propagates the next queued constraint; returns what that costs, in halves of a step, and 0 if none is queued. */
export function propagateNext(store: VariableStore, bounds: Bounds): number {
  const index = bounds.dequeue(), constraint = store.constraints[index];
  if (constraint === undefined) return 0;
  propagate(constraint, index, bounds);
  return costOf(constraint);
}

/** What a propagation costs, in halves of a step: more for a longer row or junction. */
function costOf(constraint: Constraint): number {
  switch (constraint.kind) {
    case "row":
      return 1 + (constraint.form.vars.length >> 2);
    case "and":
    case "or":
      return 1 + (constraint.literals.length >> 3);
    case "digits":
      return constraint.of.kind === "row" ? 8 * (constraint.of.form.vars.length + 1) ** 2 : 48;
    case "operation":
    case "choice":
      return 2;
    case "fixed":
    case "atMost":
    case "atLeast":
    case "equal":
      return 1;
    default:
      return unreachable(constraint);
  }
}

/** Tightens the bounds of the variables of one constraint; stops at a conflict. */
function propagate(constraint: Constraint, index: number, bounds: Bounds): void {
  bounds.asleep = isIdempotent(constraint) ? index : -1;
  derive(constraint, index, bounds);
  bounds.asleep = -1;
}

function derive(constraint: Constraint, index: number, bounds: Bounds): void {
  switch (constraint.kind) {
    case "row":
      return propagateRow(constraint, index, bounds);
    case "fixed":
      return assign(bounds, constraint.truth, constraint.value, index);
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
    case "digits":
      return propagateDigits(constraint, index, bounds);
    default:
      return unreachable(constraint);
  }
}

function propagateRow(
  { q, form }: RowConstraint,
  index: number,
  bounds: Bounds,
): void {
  const { lo, hi } = bounds, height = bounds.trail.length;
  const { vars, coefs } = form;
  let lowest: Int = 0, highest: Int = 0;
  for (let i = 0; i < vars.length; i++) {
    const coef = coefs[i] ?? 0, x = vars[i] ?? 0;
    const low = mul(coef, lo[x] ?? 0), high = mul(coef, hi[x] ?? 0);
    lowest = add(lowest, coef > 0 ? low : high);
    highest = add(highest, coef > 0 ? high : low);
  }
  bounds.raise(q, lowest, index);
  if (bounds.conflict >= 0) return;
  bounds.lower(q, highest, index);
  if (bounds.conflict >= 0) return;
  const above = sub(hi[q] ?? 0, lowest), below = sub(highest, lo[q] ?? 0);
  let isExact = true;
  for (let i = 0; i < vars.length; i++) {
    const coef = coefs[i] ?? 0, x = vars[i] ?? 0;
    const low = lo[x] ?? 0, high = hi[x] ?? 0;
    if (low === high) continue;
    // x can be at most `above` / |coef| away from its end that minimizes the sum, and `below` / |coef| from the other.
    const size = coef > 0 ? coef : neg(coef);
    const up = floorDiv(above, size), down = floorDiv(below, size);
    const newHigh = add(low, coef > 0 ? up : down);
    const newLow = sub(high, coef > 0 ? down : up);
    if (newHigh < high) {
      if (isWorthwhile(low, high, sub(high, newHigh))) bounds.lower(x, newHigh, index);
      else isExact = false;
      if (bounds.conflict >= 0) return;
    }
    if (newLow > low) {
      if (isWorthwhile(low, high, sub(newLow, low))) bounds.raise(x, newLow, index);
      else isExact = false;
      if (bounds.conflict >= 0) return;
    }
  }
  if (!isExact && bounds.trail.length > height) bounds.enqueue(index); // another step may be worthwhile now
}

/** `sign` 1: truth ⇔ q ≤ limit; -1: truth ⇔ q ≥ limit. */
function propagateLimit(
  { truth, q, limit }: LimitConstraint,
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
  { truth, q, value }: EqualConstraint,
  index: number,
  bounds: Bounds,
): void {
  const low = bounds.lo[q] ?? 0, high = bounds.hi[q] ?? 0;
  if (low > value || high < value) return bounds.lower(truth, 0, index);
  if (low === high) return bounds.raise(truth, 1, index);
  if (bounds.lo[truth] === 1) return assign(bounds, q, value, index);
  if (bounds.hi[truth] !== 0) return;
  if (low === value) bounds.raise(q, add(value, 1), index);
  else if (high === value) bounds.lower(q, sub(value, 1), index);
}

/** `neutral` is 1 for `and` and 0 for `or`: the junction has this value if all literals have it, else the other value. */
function propagateJunction(
  { truth, literals }: JunctionConstraint,
  index: number,
  bounds: Bounds,
  neutral: 0 | 1,
): void {
  let open: AffineView | undefined, openCount = 0;
  for (const literal of literals) {
    const value = literalValue(literal, bounds);
    if (value === 1 - neutral) return assign(bounds, truth, 1 - neutral, index);
    if (value >= 0) continue;
    open = literal;
    openCount++;
  }
  if (openCount === 0) return assign(bounds, truth, neutral, index);
  const allNeutral = neutral === 1 ? bounds.lo[truth] === 1 : bounds.hi[truth] === 0;
  if (allNeutral) {
    for (const literal of literals) {
      if (literalValue(literal, bounds) < 0) assignLiteral(literal, neutral, index, bounds);
      if (bounds.conflict >= 0) return;
    }
    return;
  }
  const oneOpposite = neutral === 1 ? bounds.hi[truth] === 0 : bounds.lo[truth] === 1;
  if (oneOpposite && openCount === 1 && open !== undefined) {
    assignLiteral(open, neutral === 1 ? 0 : 1, index, bounds);
  }
}

const ZERO = { lo: 0, hi: 0 };

function propagateChoice(
  { q, when, a, b, isA, isB }: ChoiceConstraint,
  index: number,
  bounds: Bounds,
): void {
  const chosen = literalValue(when, bounds);
  if (chosen >= 0) return restrictView(chosen === 1 ? isA : isB, ZERO, index, bounds);
  const canBeA = containsZero(isA, bounds), canBeB = containsZero(isB, bounds);
  if (!canBeA && !canBeB) {
    assignLiteral(when, 0, index, bounds);
    return restrictView(isB, ZERO, index, bounds);
  }
  if (!canBeA) return assignLiteral(when, 0, index, bounds);
  if (!canBeB) return assignLiteral(when, 1, index, bounds);
  const x = viewRange(a, bounds.lo, bounds.hi), y = viewRange(b, bounds.lo, bounds.hi);
  bounds.raise(q, min(x.lo, y.lo), index);
  if (bounds.conflict < 0) bounds.lower(q, max(x.hi, y.hi), index);
}

function containsZero(view: AffineView, bounds: Bounds): boolean {
  const { lo, hi } = viewRange(view, bounds.lo, bounds.hi);
  return lo <= 0 && hi >= 0;
}
