/**
 * A refutation: a tree of case splits whose leaves are closed by bounds that cross. It says which constraint to propagate
 * next, which combination of bounds to add, and what to split on; what follows from that is for the checker to see.
 *
 * The certificate is compact JSON: `[format, [conjunct, …], [form, …], tree]`, where a conjunct is a term id and a form
 * `[[term id, coefficient], …]`.
 *
 * A *reference* to a quantity is a term id, or -1-k for form k. A form means its linear combination divided by the greatest
 * common divisor of the coefficients over base terms, its first coefficient made positive. A node of the tree is
 * `[steps]` (bounds have crossed), `[steps, reference]` (no sum within bounds) or
 * `[steps, reference, at, atMost, above]` (a split). A step is a reference (propagate that term's own constraint, or that
 * form's row) or `[[reference, "lo" | "hi", factor], …]`, bounds that are added up. Numbers that are no safe integers are strings.
 *
 * @module
 */
import type { Combination } from "./bounds.ts";
import type { Int } from "../number/integer.ts";
import type { Constraint, Space } from "./space.ts";

/** Version of the certificate's text. */
export const CERTIFICATE_FORMAT = "dustrun-phi-refutation/1";

/** A node: the texts of its steps, and the text of how the case goes on after them, empty when bounds have crossed. */
export interface Refutation {
  readonly steps: readonly string[];
  readonly end: string;
}

/** A case that needs no step. */
export const CLOSED: Refutation = { steps: [], end: "" };

/** Writes the parts of one certificate. Texts are made while the quantities they mention exist. */
export class CertificateWriter {
  readonly #space: Space;
  readonly #forms = new Map<string, number>();

  constructor(space: Space) {
    this.#space = space;
  }

  constraint(constraint: Constraint): string {
    return constraint.kind === "row" ? this.#reference(constraint.q) : String(constraint.term);
  }

  combination(combination: Combination): string {
    const parts = combination.map(({ q, side, factor }) =>
      `[${this.#reference(q)},"${side}",${number(factor)}]`
    );
    return `[${parts.join(",")}]`;
  }

  noSum(q: number): string {
    return `,${this.#reference(q)}`;
  }

  split(q: number, at: Int, cases: { readonly atMost: Refutation; readonly above: Refutation }) {
    return `,${this.#reference(q)},${number(at)},${node(cases.atMost)},${node(cases.above)}`;
  }

  /** The whole text. */
  certificate(conjuncts: readonly number[], tree: Refutation): string {
    return certificateText(conjuncts, [...this.#forms.keys()], tree);
  }

  #reference(q: number): string {
    const row = this.#space.rows[q];
    if (row === undefined) return String(this.#space.termOf[q]);
    const { vars, coefs } = row.form;
    const parts = vars.map((v, i) => `[${this.#space.termOf[v]},${number(coefs[i] ?? 0)}]`);
    const text = `[${parts.join(",")}]`;
    const index = this.#forms.get(text) ?? this.#forms.size;
    this.#forms.set(text, index);
    return String(-1 - index);
  }
}

/** The certificate's text from its parts. */
export function certificateText(
  conjuncts: readonly number[],
  forms: readonly string[],
  tree: Refutation,
): string {
  return `["${CERTIFICATE_FORMAT}",[${conjuncts.join(",")}],[${forms.join(",")}],${node(tree)}]`;
}

function node({ steps, end }: Refutation): string {
  return `[[${steps.join(",")}]${end}]`;
}

function number(value: Int): string {
  return typeof value === "number" ? String(value) : `"${value}"`;
}
