/**
 * A refutation: a tree of case splits whose leaves are conflicts. It lists which constraints to propagate, which combinations
 * of bounds to add and what to split on, but no derived bounds: these the checker computes.
 *
 * `docs/certificates.md` specifies the format.
 *
 * @module
 */
import type { Int } from "../number/integer.ts";
import type { Combination } from "./bounds.ts";
import type { Constraint } from "./constraint.ts";
import type { ConstraintSystem } from "./constraint_system.ts";

/** The version of the certificate format. */
export const CERTIFICATE_FORMAT = "dustrun-phi-refutation/2";

/** A node: the texts of its steps, and the text of its end, which is empty for a conflict. */
export interface Refutation {
  readonly steps: readonly string[];
  readonly end: string;
}

/** A conflict without further steps. */
export const CLOSED: Refutation = { steps: [], end: "" };

/** Writes the parts of one certificate. A part must be written while the variables it mentions exist. */
export class CertificateWriter {
  readonly #system: ConstraintSystem;
  readonly #forms = new Map<string, number>();

  constructor(system: ConstraintSystem) {
    this.#system = system;
  }

  /** The step that propagates a constraint. */
  constraint(constraint: Constraint): string {
    if (constraint.kind === "digits") {
      const { of } = constraint;
      return `["digits",${of.kind === "row" ? this.#reference(of.q) : of.term}]`;
    }
    return constraint.kind === "row" ? this.#reference(constraint.q) : String(constraint.term);
  }

  /** The step that adds up bounds. */
  combination(combination: Combination): string {
    const parts = combination.map(({ q, side, factor }) =>
      `[${this.#reference(q)},"${side}",${number(factor)}]`
    );
    return `[${parts.join(",")}]`;
  }

  /** The end of a case in which a row has no solution. */
  noSum(q: number): string {
    return `,${this.#reference(q)}`;
  }

  /** The end of a case that is split. */
  split(q: number, at: Int, cases: { readonly atMost: Refutation; readonly above: Refutation }) {
    return `,${this.#reference(q)},${number(at)},${node(cases.atMost)},${node(cases.above)}`;
  }

  /** The end of a case that is split by the residue of a variable. */
  residues(q: number, cases: readonly Refutation[]): string {
    return `,${this.#reference(q)},${cases.length},[${cases.map(node).join(",")}]`;
  }

  /** The whole text. */
  certificate(conjuncts: readonly number[], tree: Refutation): string {
    return certificateText(conjuncts, [...this.#forms.keys()], tree);
  }

  #reference(q: number): string {
    const row = this.#system.rows[q];
    if (row === undefined) return String(this.#system.termOf[q]);
    const { vars, coefs } = row.form;
    const parts = vars.map((v, i) => `[${this.#system.termOf[v]},${number(coefs[i] ?? 0)}]`);
    const text = `[${parts.join(",")}]`;
    const index = this.#forms.get(text) ?? this.#forms.size;
    this.#forms.set(text, index);
    return String(-1 - index);
  }
}

/** The text of a certificate. */
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
