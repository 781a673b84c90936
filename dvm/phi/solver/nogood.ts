/**
 * Nogoods: bounds that cannot all hold. A search learns one from each conflict (lazy clause generation: Ohrimenko, Stuckey and Codish
 * 2009), and a nogood all of whose literals but one hold implies that this one does not.
 *
 * @module
 */
import type { Int } from "../number/integer.ts";
import type { Fact } from "./fact.ts";

/** Which bound of a variable. */
export type Side = "lo" | "hi";

/** A bound: the variable is at least `value` for the side `lo`, at most for `hi`. */
export interface BoundLiteral {
  readonly q: number;
  readonly side: Side;
  readonly value: Int;
}

/** Bounds that cannot all hold, and why. */
export interface Nogood {
  /** Of different bounds. The first two are watched. */
  readonly literals: BoundLiteral[];
  readonly fact: Fact;
  /** How much it was needed of late. */
  activity: number;
  /** Whether it is forgotten, and only kept for what follows from it. */
  isForgotten: boolean;
}
