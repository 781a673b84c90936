/**
 * What the generator of a body is given: the process, and what it may use.
 *
 * @module
 */
import type { ProcSketch, ShapeSketch } from "./expressions.ts";
import type { Random } from "./random.ts";

/** A process whose body is to be generated, with the declarations that the body may use. */
export interface BodyPlan {
  /** The source of choices. */
  readonly random: Random;
  /** Declared shapes. */
  readonly shapes: readonly ShapeSketch[];
  /** Processes that the body may call. */
  readonly callable: readonly ProcSketch[];
  /** The head of the process. */
  readonly proc: ProcSketch;
  /** Whether branches, loops and assignment may occur (DIR v0.2). */
  readonly hasControlFlow: boolean;
}
