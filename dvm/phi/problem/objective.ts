/**
 * Objectives: quantities of which the least or the greatest value is asked for. A question about a process, never a part of its
 * meaning.
 *
 * @module
 */
import type { Proc } from "../../dir/model.ts";
import type { Unknown } from "./problem.ts";

/** A quantity that depends on the parameters of a process. */
export interface Objective {
  /** A process with the same parameters, which returns the quantity. */
  readonly proc: Proc;
  /** Whether the unknown has the opposite value. */
  readonly isNegated: boolean;
}

/** The unknown of an objective: any integer of 64 bits, or its opposite. */
export const OBJECTIVE_UNKNOWN: Unknown = {
  name: "",
  isBool: false,
  lo: -(2n ** 63n),
  hi: 2n ** 63n,
};
