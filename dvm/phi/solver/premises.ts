/**
 * The premises of a derived bound: the bounds that its constraint has used.
 *
 * @module
 */
import { unreachable } from "../../base/result.ts";
import type { Aspect, Side } from "./bounds.ts";
import type { Constraint, RowConstraint } from "./constraint.ts";

/**
 * Visits that from which a constraint has derived one bound, or the digits, of `q`: for a row exactly the bounds that it used, for any
 * other constraint all bounds of the variables that it mentions, and for a constraint on digits their digits too.
 */
export function premisesOf(
  constraint: Constraint,
  q: number,
  side: Aspect,
  visit: (q: number, side: Aspect) => void,
): void {
  if (constraint.kind === "row" && side !== "digits") {
    return rowPremises(constraint, q, side, visit);
  }
  for (const other of mentionedBy(constraint)) {
    if (other < 0) continue;
    visit(other, "lo");
    visit(other, "hi");
    if (constraint.kind === "digits") visit(other, "digits");
  }
}

function rowPremises(
  row: RowConstraint,
  q: number,
  side: Side,
  visit: (q: number, side: Side) => void,
): void {
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
