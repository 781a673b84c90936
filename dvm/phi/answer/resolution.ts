/**
 * What a Φ resolution answers. `dvm/machine` asks through `resolvePhi` in `dvm/phi/answer/resolve.ts`; this is the answer's form.
 *
 * @module
 */
import type { NamedValue } from "../../value/value.ts";

/** The exact answer, or that the work budget ended before there was one (semantics X-07: never a guess). */
export type PhiResolution = PhiAdmissible | PhiInadmissible | PhiUndecided;

/** A configuration exists; this is the canonical one (lexicographically least: 0, 1, -1, 2, -2, …; false before true). */
export interface PhiAdmissible {
  readonly verdict: "admissible";
  /** One value per parameter, in declaration order, given arguments included. */
  readonly configuration: readonly NamedValue[];
  readonly work: number;
}

/** No configuration exists. */
export interface PhiInadmissible {
  readonly verdict: "inadmissible";
  /** The minimal conflict: statement paths (`body[0]`; with `Regime::name.` before it where the statement is a callee's). */
  readonly conflict: readonly string[];
  /**
   * Parameters (flattened names such as `c.x`) whose declared range takes part: without any one of these ranges the conflict
   * would have a configuration among 128-bit integers (or that was not decided within {@link RANGE_WORK_MAX} steps in all).
   */
  readonly bounds: readonly string[];
  readonly work: number;
  /** The refutation in its canonical text, for `dvm/phi/certificate/checker.ts`. */
  readonly certificate: string;
}

/** Steps that the questions about declared ranges may take, out of the budget that is for the verdict and all that is told with it. */
export const RANGE_WORK_MAX = 20_000;

/** The budget ended first. */
export interface PhiUndecided {
  readonly verdict: "undecided";
  readonly work: number;
}
