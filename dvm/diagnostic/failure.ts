/**
 * The kinds of failure a program can end in, and the diagnostic that explains one.
 *
 * @module
 */

/** Every failure kind; the order is the order of precedence where several apply at one stage. */
export const FAILURE_KINDS = [
  "DirLoad",
  "DirValidate",
  "EntrypointNotFound",
  "UnsupportedRegime",
  "Inadmissible",
  "ConstraintFailure",
  "ContractViolation",
  "ResourceUnavailable",
  "EffectViolation",
  "TimeViolation",
  "Runtime",
] as const;

/** One of the eleven failure kinds (clauses FAI-05, FAI-06; semantics X-30). */
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Why a diagnostic points at a place. */
export type MarkRole =
  /** The offence itself. A diagnostic has at most one, as its first mark. */
  | "main"
  /** An earlier or other place that the offence follows from: the first use, the return, the callee. */
  | "origin"
  /** What gave a name that the offence mentions the value that it has there. */
  | "binding"
  /** A call that was being executed, with its arguments. */
  | "call"
  /** The contract, at the clause that decides. */
  | "clause"
  /** The declaration that is not met. */
  | "declaration"
  /** Another statement, or a parameter's range, that takes part in a conflict. */
  | "conflict";

/** A place in an artifact that a diagnostic points at. */
export interface Mark {
  /** Why the diagnostic points here. */
  readonly role: MarkRole;
  /** The artifact's name as given to `load`, usually its file name. */
  readonly artifact: string;
  /** The process it is in, `Forge::Q::step`; absent outside of processes. */
  readonly proc?: string;
  /** The DIR path, `forges[0].procs[2].body[5]`; empty for the whole artifact. */
  readonly path: string;
  /** The number of the statement in its process, from 1 in the order of the text; absent where the place is no statement. */
  readonly statement?: number;
  /** 1-based line in the artifact's text; 0 when unknown. */
  readonly line: number;
  /** 1-based column in UTF-16 units; 0 when unknown. */
  readonly column: number;
  /** What is shown there: the statement or declaration, rendered readably on one line; empty where only the label is shown. */
  readonly text: string;
  /** The offending part of `text`, `[start, end)` in UTF-16 units; the whole text when absent. */
  readonly span?: { readonly start: number; readonly end: number };
  /** What the mark shows, one short phrase. */
  readonly label: string;
}

/** Why a program was refused or failed: data, from which every rendering is made. */
export interface Diagnostic {
  /** Stable code such as `DR0301`; never renamed or reused. See `dvm/diagnostic/registry.ts`. */
  readonly code: string;
  /** The kind of failure that the code belongs to. */
  readonly kind: FailureKind;
  /** One sentence with the particulars. It is the `error.message` of the trace: no host data in it. */
  readonly message: string;
  /** The places it points at, the offence itself first; empty only when there is no artifact to point at. */
  readonly marks: readonly Mark[];
  /** The smallest fix, one line. */
  readonly help?: string;
}
