/**
 * A certificate by itself: the statement and its refutation in one text, which is checked without the program.
 *
 * @module
 */
import type { Problem } from "../problem/problem.ts";
import { IllFormed, list, parseCanonical, refuse, stringText } from "./canonical_text.ts";
import { refutes } from "./checker.ts";
import { parseStatement, statementText } from "./statement.ts";

/** The version of the format of certificate files. */
export const CERTIFICATE_FILE_FORMAT = "dustrun-phi-certificate/1";

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
    if (format !== CERTIFICATE_FILE_FORMAT || typeof proc !== "string") return refuse();
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

/** The certificate file of a refutation of a problem, without a line feed at its end. */
export function certificateFileText(problem: Problem, refutation: string): string {
  return `${headOf(problem)},${refutation}]`;
}

/** Whether a certificate file states the problem, that is, whether it is about the same process and the same open parameters. */
export function statesProblem(problem: Problem, file: string): boolean {
  return file.startsWith(`${headOf(problem)},["`);
}

function headOf(problem: Problem): string {
  const proc = stringText(problem.proc.reference);
  return `["${CERTIFICATE_FILE_FORMAT}",${proc},${statementText(problem)}`;
}
