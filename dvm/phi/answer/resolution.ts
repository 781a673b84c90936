/**
 * The result of a Φ resolution, as returned by `resolvePhi` in `dvm/phi/answer/resolve.ts`.
 *
 * @module
 */
import type { NamedValue } from "../../value/value.ts";

/** The exact verdict, or `undecided` if its budget was exhausted first (X-07: never a guess). */
export type PhiResolution = PhiAdmissible | PhiInadmissible | PhiUndecided;

/** A configuration exists. */
export interface PhiAdmissible {
  readonly verdict: "admissible";
  /** A configuration: one value per parameter, in declaration order, given arguments included. `undefined` if only the verdict was asked for. */
  readonly configuration: readonly NamedValue[] | undefined;
  /**
   * Whether the configuration is known to be the canonical one, lexicographically least (0, 1, -1, 2, -2, …; false before true). If
   * not, its budget was exhausted first, and the configuration is the least one found.
   */
  readonly isLeast: boolean;
  /** Solver steps spent. */
  readonly work: number;
}

/** No configuration exists. */
export interface PhiInadmissible {
  readonly verdict: "inadmissible";
  /** Solver steps spent on the verdict. */
  readonly work: number;
  /** Computes why, with budgets of its own: the verdict alone does not pay for it. The result is the same every time. */
  readonly explain: () => PhiConflict;
}

/** Why no configuration exists. */
export interface PhiConflict {
  /** Statements that have no configuration, as paths: `body[0]`, or `Φ::callee.body[0]` for a statement of a callee. */
  readonly conflict: readonly string[];
  /**
   * Whether these statements are known to be the preferred minimal conflict. If not, the budget was exhausted first, and they are the
   * smallest one found.
   */
  readonly isMinimal: boolean;
  /**
   * Parameters (flattened names such as `c.x`) whose declared range the conflict needs: if any one of these ranges is widened to
   * 128 bits, the statements are satisfiable (or this was not decided within {@link RANGE_WORK_LIMIT} steps for all together).
   */
  readonly bounds: readonly string[];
  /** Solver steps spent, on the verdict too. */
  readonly work: number;
  /** The refutation of the conflict, for `isRefutation` in `dvm/phi/certificate/checker.ts`. */
  readonly certificate: string;
}

/** The most solver steps spent on which declared ranges a conflict needs. */
export const RANGE_WORK_LIMIT = 20_000;

/** The budget of the verdict was exhausted before it was known. */
export interface PhiUndecided {
  readonly verdict: "undecided";
  /** Solver steps spent. */
  readonly work: number;
}
