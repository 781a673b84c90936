/**
 * A refutation: a tree of case splits whose leaves are closed by bounds that cross. It says which constraint to propagate
 * next, which combination of bounds to add, and what to split on; what follows from that is for the checker to see.
 *
 * @module
 */
import type { Combination } from "./bounds.ts";
import type { Int } from "./exact.ts";
import type { Space } from "./space.ts";

/** One step: propagate a constraint (by index), or add up bounds. */
export type Step = number | Combination;

/** A node: its steps, and how the case goes on after them. */
export interface Refutation {
  readonly steps: readonly Step[];
  readonly end: Ending;
}

/** How a case ends. */
export type Ending =
  /** Bounds have crossed. */
  | { readonly kind: "crossed" }
  /** No values of a quantity's parts give a sum within its bounds. */
  | { readonly kind: "noSum"; readonly q: number }
  /** Two cases: q ≤ at, and q > at. */
  | {
    readonly kind: "split";
    readonly q: number;
    readonly at: Int;
    readonly atMost: Refutation;
    readonly above: Refutation;
  };

/** Version of the certificate's text. */
export const CERTIFICATE_FORMAT = "dustrun-phi-refutation/1";

/**
 * The canonical text of a refutation, compact JSON:
 * `{"format", "conjuncts": [term id], "forms": [[[term id, coefficient], …], …], "tree"}`.
 *
 * A *reference* to a quantity is a term id, or -1-k for form k. A form means its linear combination divided by the greatest
 * common divisor of the coefficients over base terms, its first coefficient made positive. A node of the tree is
 * `[steps]` (bounds have crossed), `[steps, reference]` (no sum within bounds) or
 * `[steps, reference, at, atMost, above]` (a split). A step is a reference (propagate that term's own constraint, or that
 * form's row) or `[[reference, "lo" | "hi", factor], …]`. Numbers that are no safe integers are strings.
 */
export function certificateText(
  space: Space | undefined,
  conjuncts: readonly number[],
  refutation: Refutation,
): string {
  const forms: string[] = [];
  const formIndex = new Map<number, number>();
  const reference = (q: number): number => {
    const row = space?.rows[q];
    if (row === undefined) return space?.termOf[q] ?? -1;
    let index = formIndex.get(q);
    if (index === undefined) {
      const { vars, coefs } = row.form;
      const parts = vars.map((v, i) => `[${space?.termOf[v] ?? -1},${number(coefs[i] ?? 0)}]`);
      index = forms.push(`[${parts.join(",")}]`) - 1;
      formIndex.set(q, index);
    }
    return -1 - index;
  };
  const step = (one: Step): string => {
    if (typeof one !== "number") {
      const parts = one.map(({ q, side, factor }) =>
        `[${reference(q)},"${side}",${number(factor)}]`
      );
      return `[${parts.join(",")}]`;
    }
    const constraint = space?.constraints[one];
    if (constraint === undefined) return "";
    return String(constraint.kind === "row" ? reference(constraint.q) : constraint.term);
  };
  const node = ({ steps, end }: Refutation): string => {
    const list = `[${steps.map(step).join(",")}]`;
    switch (end.kind) {
      case "crossed":
        return `[${list}]`;
      case "noSum":
        return `[${list},${reference(end.q)}]`;
      case "split":
        return `[${list},${reference(end.q)},${number(end.at)},${node(end.atMost)},${
          node(end.above)
        }]`;
    }
  };
  const tree = node(refutation);
  return `{"format":"${CERTIFICATE_FORMAT}","conjuncts":[${conjuncts.join(",")}],"forms":[${
    forms.join(",")
  }],"tree":${tree}}`;
}

function number(value: Int): string {
  return typeof value === "number" ? String(value) : `"${value}"`;
}
