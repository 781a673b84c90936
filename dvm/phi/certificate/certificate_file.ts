/**
 * A certificate by itself: the statement and its refutation in one text, which is checked without the program.
 *
 * @module
 */
import { IllFormed, list, parseCanonical, refuse } from "./canonical_text.ts";
import { refutes } from "./checker.ts";
import { parseStatement } from "./statement.ts";

/** What the check of a certificate file shows. */
export type CheckedFile =
  /** The file proves that some conjuncts of its statement have no configuration. */
  | {
    readonly kind: "proof";
    /** The process, as the file names it. */
    readonly proc: string;
    /** The paths of the conjuncts that have no configuration together. */
    readonly conflict: readonly string[];
  }
  /** The refutation leaves a case in which there may be a configuration. */
  | { readonly kind: "no-proof" }
  /** The text has not the form of a certificate file, or exceeds a limit of the checker. */
  | { readonly kind: "refused" };

/** Checks a certificate file. A line feed at its end is no part of it. */
export function checkCertificateText(file: string): CheckedFile {
  try {
    const [format, proc, unknowns, terms, conjuncts, refutation] = list(
      parseCanonical(file.replace(/\n$/, "")),
      6,
    );
    if (format !== "dustrun-phi-certificate/1" || typeof proc !== "string") return refuse();
    const statement = parseStatement(unknowns, terms, conjuncts);
    if (!refutes(statement, refutation)) return { kind: "no-proof" };
    const [, named] = list(refutation);
    const conflict = [...new Set(list(named))].map((id) =>
      statement.conjuncts.find(({ term }) => term.id === id)?.path ?? refuse()
    );
    return { kind: "proof", proc, conflict };
  } catch (thrown) {
    if (thrown instanceof IllFormed) return { kind: "refused" };
    throw thrown;
  }
}
