/**
 * What the generator of a body is given: the process, and what it may use.
 *
 * @module
 */
import type { ProcSketch, ShapeSketch } from "./expressions.ts";
import type { Random } from "./random.ts";

/** A process whose body is to be generated, with the declarations that the body may use. */
export interface BodyPlan {
  readonly random: Random;
  readonly shapes: readonly ShapeSketch[];
  /** Processes that the body may call. */
  readonly callable: readonly ProcSketch[];
  readonly proc: ProcSketch;
  /** Whether branches, loops and assignment may occur (DIR v0.2). */
  readonly hasControlFlow: boolean;
}
