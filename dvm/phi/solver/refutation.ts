/**
 * A refutation: a tree of case splits whose leaves are conflicts. It lists which constraints to propagate, which combinations
 * of bounds to add and what to split on, but no derived bounds: these the checker computes.
 *
 * `docs/certificates.md` specifies the format.
 *
 * @module
 */
import { bug } from "../../base/result.ts";
import type { Int } from "../number/integer.ts";
import type { Combination, Reason } from "./bounds.ts";
import type { Constraint } from "./constraint.ts";
import type { ConstraintSystem } from "./constraint_system.ts";
import type { BoundLiteral } from "./nogood.ts";

/** The version of the certificate format. */
export const CERTIFICATE_FORMAT = "dustrun-phi-refutation/3";

/** A node: the texts of its steps, and the text of its end, which is empty for a conflict. */
export interface Refutation {
  readonly steps: readonly string[];
  readonly end: string;
}

/** A conflict without further steps. */
export const CLOSED: Refutation = { steps: [], end: "" };

/** The forms that parts of certificates name, with the numbers by which these parts name them. */
export class FormTable {
  readonly #numbers = new Map<string, number>();

  /** The number of a form. */
  numberOf(form: string): number {
    const known = this.#numbers.get(form) ?? this.#numbers.size;
    this.#numbers.set(form, known);
    return known;
  }

  /** The forms, by number. */
  all(): readonly string[] {
    return [...this.#numbers.keys()];
  }
}

/**
 * Writes the parts of certificates. A part must be written while the variables it mentions exist. What is numbered in a certificate only
 * once it is complete is written in braces: `{f3}` is form 3 of the table, `{n7}` the nogood that is fact 7.
 */
export class CertificateWriter {
  readonly #system: ConstraintSystem;
  readonly #forms: FormTable;

  constructor(system: ConstraintSystem, forms: FormTable) {
    this.#system = system;
    this.#forms = forms;
  }

  /** The step that propagates a constraint. */
  constraint(constraint: Constraint): string {
    if (constraint.kind === "digits") {
      const { of } = constraint;
      return `["digits",${of.kind === "row" ? this.reference(of.q) : of.term}]`;
    }
    return constraint.kind === "row" ? this.reference(constraint.q) : String(constraint.term);
  }

  /** The step by which something implied a change. */
  reason(reason: Exclude<Reason, string>): string {
    if (typeof reason !== "number") {
      return "literals" in reason ? this.nogood(reason.fact.number) : this.combination(reason);
    }
    const constraint = this.#system.constraints[reason];
    return constraint === undefined
      ? bug("a constraint implied the change")
      : this.constraint(constraint);
  }

  /** The step that adds up bounds. */
  combination(combination: Combination): string {
    const parts = combination.map(({ q, side, factor }) =>
      `[${this.reference(q)},"${side}",${number(factor)}]`
    );
    return `[${parts.join(",")}]`;
  }

  /** The end of a case in which a row has no solution. */
  noSum(q: number): string {
    return `,${this.reference(q)}`;
  }

  /** The end of a case that is split. */
  split(q: number, at: Int, cases: { readonly atMost: Refutation; readonly above: Refutation }) {
    return `,${this.reference(q)},${number(at)},${node(cases.atMost)},${node(cases.above)}`;
  }

  /** The end of a case that is split by the residue of a variable. */
  residues(q: number, cases: readonly Refutation[]): string {
    return `,${this.reference(q)},${cases.length},[${cases.map(node).join(",")}]`;
  }

  /** The step that learns a nogood: its literals, and the steps and the end that close the case in which all of them hold. */
  learned(literals: readonly BoundLiteral[], { steps, end }: Refutation): string {
    const bounds = literals.map(({ q, side, value }) =>
      `[${this.reference(q)},"${side}",${number(value)}]`
    );
    return `["learn",[${bounds.join(",")}],${node({ steps, end })}]`;
  }

  /** The step that propagates the nogood that is a fact. */
  nogood(fact: number): string {
    return `["nogood",{n${fact}}]`;
  }

  /** The reference of a variable. */
  reference(q: number): string {
    const row = this.#system.rows[q];
    if (row === undefined) return String(this.#system.termOf[q]);
    const { vars, coefs } = row.form;
    const parts = vars.map((v, i) => `[${this.#system.termOf[v]},${number(coefs[i] ?? 0)}]`);
    return `{f${this.#forms.numberOf(`[${parts.join(",")}]`)}}`;
  }
}

/** The text of a certificate: its forms are numbered in the order in which they occur. */
export function certificateText(
  conjuncts: readonly number[],
  tree: Refutation,
  table: FormTable,
): string {
  const forms = table.all(), numbers = new Map<string, number>();
  const text = node(tree).replaceAll(/\{f(\d+)\}/g, (_, number: string) => {
    const at = numbers.get(number) ?? numbers.size;
    numbers.set(number, at);
    return String(-1 - at);
  });
  const named = [...numbers.keys()].map((number) => forms[Number(number)]);
  return `["${CERTIFICATE_FORMAT}",[${conjuncts.join(",")}],[${named.join(",")}],${text}]`;
}

function node({ steps, end }: Refutation): string {
  return `[[${steps.join(",")}]${end}]`;
}

function number(value: Int): string {
  return typeof value === "number" ? String(value) : `"${value}"`;
}
