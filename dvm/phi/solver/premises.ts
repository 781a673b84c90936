/**
 * The premises of a derived bound: the bounds that its constraint has used, each as weak as suffices.
 *
 * @module
 */
import { unreachable } from "../../base/result.ts";
import { add, type Int, sub } from "../number/integer.ts";
import type { Aspect, Bounds, Change } from "./bounds.ts";
import type {
  Constraint,
  EqualConstraint,
  JunctionConstraint,
  LimitConstraint,
  RowConstraint,
} from "./constraint.ts";
import type { AffineView } from "./linear_form.ts";
import type { Side } from "./nogood.ts";

/** Receives a premise: a bound that is at least as tight as `value`, or as tight as it was if there is no value; or digits. */
export type VisitPremise = (q: number, aspect: Aspect, value?: Int) => void;

/** A change with its index in the trail, before which its premises were. */
export type PlacedChange = Pick<Change, "q" | "side" | "after"> & { readonly index: number };

/**
 * Visits that from which a constraint has derived one bound, or the digits, of a variable: of rows, comparisons and junctions what they
 * used, of any other constraint all bounds of the variables that it mentions, and of a constraint on digits their digits too.
 */
export function premisesOf(
  constraint: Constraint,
  change: PlacedChange,
  bounds: Bounds,
  visit: VisitPremise,
): void {
  const { side } = change;
  if (side === "digits") return visitAll(constraint, visit);
  switch (constraint.kind) {
    case "row":
      return rowPremises(constraint, change.q, side, visit);
    case "fixed":
      return;
    case "atMost":
    case "atLeast":
      return limitPremises(constraint, change, visit);
    case "equal":
      return equalPremises(constraint, change, bounds, visit);
    case "and":
    case "or":
      return junctionPremises(constraint, change, bounds, visit);
    case "operation":
    case "choice":
    case "digits":
      return visitAll(constraint, visit);
    default:
      return unreachable(constraint);
  }
}

function rowPremises(row: RowConstraint, q: number, side: Side, visit: VisitPremise): void {
  const { vars, coefs } = row.form;
  const isSum = q === row.q;
  const own = isSum ? 1 : coefs[vars.indexOf(q)] ?? 0;
  // An upper bound of the sum (or one derived from it) uses the greatest value of each part; the sign of a coefficient reverses this.
  const wantsMost = isSum ? side === "hi" : (side === "hi") !== (own > 0);
  if (!isSum) visit(row.q, (side === "hi") === (own > 0) ? "hi" : "lo");
  for (let i = 0; i < vars.length; i++) {
    const x = vars[i] ?? 0;
    if (x === q) continue;
    visit(x, ((coefs[i] ?? 0) > 0) === wantsMost ? "hi" : "lo");
  }
}

function limitPremises(
  { kind, truth, q, limit }: LimitConstraint,
  { q: changed, side }: PlacedChange,
  visit: VisitPremise,
): void {
  if (changed === q) return visitValue(truth, side === (kind === "atMost" ? "hi" : "lo"), visit);
  const holds = side === "lo";
  if (kind === "atMost") holds ? visit(q, "hi", limit) : visit(q, "lo", add(limit, 1));
  else holds ? visit(q, "lo", limit) : visit(q, "hi", sub(limit, 1));
}

function equalPremises(
  { truth, q, value }: EqualConstraint,
  { q: changed, side, index }: PlacedChange,
  bounds: Bounds,
  visit: VisitPremise,
): void {
  if (changed !== truth) {
    const holds = bounds.boundBefore(truth, "lo", index) === 1;
    visitValue(truth, holds, visit);
    if (!holds && side !== "digits") visit(q, side, value); // the end of the range is the value
  } else if (side === "lo") {
    visit(q, "lo", value);
    visit(q, "hi", value);
  } else if (bounds.boundBefore(q, "lo", index) > value) visit(q, "lo", add(value, 1));
  else visit(q, "hi", sub(value, 1));
}

function junctionPremises(
  { kind, truth, literals }: JunctionConstraint,
  { q, side, index }: PlacedChange,
  bounds: Bounds,
  visit: VisitPremise,
): void {
  const neutral = kind === "and" ? 1 : 0, becomesOne = side === "lo";
  if (q === truth) {
    if (becomesOne === (neutral === 1)) {
      for (const literal of literals) visitLiteral(literal, neutral === 1, visit);
      return;
    }
    const decisive = literals.find((literal) =>
      valueBefore(literal, index, bounds) === 1 - neutral
    );
    if (decisive !== undefined) visitLiteral(decisive, neutral !== 1, visit);
    return;
  }
  const changed = literals.find((literal) => literal.q === q);
  const isNeutral = changed !== undefined &&
    ((changed.scale === 1) === becomesOne) === (neutral === 1);
  visitValue(truth, isNeutral === (neutral === 1), visit);
  if (isNeutral) return;
  for (const literal of literals) if (literal.q !== q) visitLiteral(literal, neutral === 1, visit);
}

/** The value that a boolean view had before a change: 0 or 1, or -1 if it was open. */
function valueBefore({ q, scale, offset }: AffineView, index: number, bounds: Bounds): number {
  if (q < 0) return Number(offset);
  const lo = bounds.boundBefore(q, "lo", index);
  if (lo !== bounds.boundBefore(q, "hi", index)) return -1;
  return scale === 1 ? Number(lo) : 1 - Number(lo);
}

function visitLiteral({ q, scale }: AffineView, isTrue: boolean, visit: VisitPremise): void {
  if (q >= 0) visitValue(q, isTrue === (scale === 1), visit);
}

/** A boolean variable is 1, or 0. */
function visitValue(q: number, isOne: boolean, visit: VisitPremise): void {
  if (isOne) visit(q, "lo", 1);
  else visit(q, "hi", 0);
}

function visitAll(constraint: Constraint, visit: VisitPremise): void {
  for (const q of mentionedBy(constraint)) {
    if (q < 0) continue;
    visit(q, "lo");
    visit(q, "hi");
    if (constraint.kind === "digits") visit(q, "digits");
  }
}

/** The variables that a constraint mentions; -1 is a constant. */
function mentionedBy(constraint: Constraint): readonly number[] {
  switch (constraint.kind) {
    case "row":
      return [constraint.q, ...constraint.form.vars];
    case "digits":
      return mentionedBy(constraint.of);
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
