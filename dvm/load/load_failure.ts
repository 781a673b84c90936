/**
 * Failures of loading an artifact.
 *
 * @module
 */
import type { ExprFailure } from "../expr/syntax_failure.ts";
import type { JsonFailure } from "../text/json_failure.ts";

/** A failure in the text of an artifact, before it becomes a diagnostic. */
export interface LoadFailure {
  readonly code: LoadCode;
  readonly message: string;
  /** What to write instead, where it is more than the help of the code. */
  readonly help?: string;
  readonly offset: number;
  readonly path: string;
  /** The expression at fault, and the part of it. */
  readonly within?: { readonly text: string; readonly start: number; readonly end: number };
}

/** Codes of load failures above the JSON level. */
export type LoadCode =
  | JsonFailure["code"]
  | ExprFailure["code"]
  /** No forge, or an empty name. */
  | "DR0108"
  /** An unknown regime. */
  | "DR0117"
  /** An unknown qualifier. */
  | "DR0118"
  /** An unknown effect kind. */
  | "DR0119"
  /** An unknown statement. */
  | "DR0120"
  /** A malformed contract clause. */
  | "DR0121"
  /** A version that is not supported, or older than the features in use. */
  | "DR0122"
  /** A type declaration that is not supported. */
  | "DR0123";
