/**
 * One broken static rule (semantics.md, X-30).
 *
 * @module
 */
import type { ModelProc } from "./program.ts";

/** Where in the program, and the kind of failure it is. */
export interface Violation {
  readonly at: number;
  readonly kind: "DirValidate" | "Inadmissible";
  /** Set where the violation refuses only runs that can reach this process (second round, "Binds"). */
  readonly reaching?: ModelProc;
}

/** What a declared name looks like (DIR-21). */
export const IDENTIFIER = /^(?!(?:true|false|match)$)[A-Za-z_][A-Za-z0-9_]*$/;
