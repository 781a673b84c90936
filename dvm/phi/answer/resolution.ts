/**
 * The result of a Φ resolution, as returned by `resolvePhi` in `dvm/phi/answer/resolve.ts`.
 *
 * @module
 */
import type { NamedValue } from "../../value/value.ts";

/** The exact verdict, or `undecided` if the work budget was exhausted first (X-07: never a guess). */
export type PhiResolution = PhiAdmissible | PhiInadmissible | PhiUndecided;

/** A configuration exists. */
export interface PhiAdmissible {
  readonly verdict: "admissible";
  /**
   * The canonical configuration, lexicographically least (0, 1, -1, 2, -2, …; false before true): one value per parameter, in
   * declaration order, given arguments included.
   */
  readonly configuration: readonly NamedValue[];
  /** Solver steps spent. */
  readonly work: number;
}

/** No configuration exists. */
export interface PhiInadmissible {
  readonly verdict: "inadmissible";
  /** The first minimal conflict, as statement paths: `body[0]`, or `Φ::callee.body[0]` for a statement of a callee. */
  readonly conflict: readonly string[];
  /**
   * Parameters (flattened names such as `c.x`) whose declared range the conflict needs: if any one of these ranges is widened to
   * 128 bits, the conflict is satisfiable (or this was not decided within {@link RANGE_WORK_LIMIT} steps for all together).
   */
  readonly bounds: readonly string[];
  /** Solver steps spent. */
  readonly work: number;
  /** The refutation of the conflict, for `isRefutation` in `dvm/phi/certificate/checker.ts`. */
  readonly certificate: string;
}

/** The most solver steps spent on which declared ranges a conflict needs; they count towards the budget of the resolution. */
export const RANGE_WORK_LIMIT = 20_000;

/** The work budget was exhausted before the verdict was known. */
export interface PhiUndecided {
  readonly verdict: "undecided";
  /** Solver steps spent. */
  readonly work: number;
}
