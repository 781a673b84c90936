/**
 * Evaluation in a frame: what a decision reads besides the state.
 *
 * @module
 */
import type { ExprText, Proc } from "../dir/model.ts";
import type { Shape } from "../dir/type.ts";
import { evaluate, evaluateAll, type Scope, type Stopped } from "../eval/evaluate.ts";
import type { Evaluated } from "../eval/evaluated.ts";
import type { Frame } from "../event/state.ts";
import type { Value } from "../value/value.ts";
import type { Analysis } from "./analysis.ts";

/** Where the expressions of a frame are evaluated; one object serves all frames in turn. */
export class FrameScope implements Scope {
  /** The cells of the frame. */
  cells: readonly (Value | undefined)[] = [];
  /** The results of the calls that the current statement has made. */
  results: readonly Value[] = [];
  readonly #analysis: Analysis;
  #proc: Proc | undefined;

  /** A scope for the frames of one program. */
  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** Evaluates an expression of the frame; `kept` has values of names whose scope has ended. */
  evaluate(frame: Frame, { expr }: ExprText, kept: ReadonlyMap<number, Value> = NONE): Evaluated {
    const scope = this.#of(frame);
    if (kept.size > 0) this.cells = frame.cells.map((value, slot) => kept.get(slot) ?? value);
    return evaluate(expr, scope);
  }

  /** Evaluates several expressions of the frame as if they were one. */
  evaluateAll(frame: Frame, exprs: readonly ExprText[]): readonly Value[] | Stopped {
    return evaluateAll(exprs.map(({ expr }) => expr), this.#of(frame));
  }

  /** The shape that a name means in the frame's process. */
  findShape(name: string): Shape | undefined {
    return this.#proc === undefined ? undefined : this.#analysis.findShape(this.#proc)(name);
  }

  /** Whether a callee is one of the Q intrinsics there. */
  isIntrinsic(callee: string): boolean {
    return this.#proc?.callees.get(callee)?.kind === "intrinsic";
  }

  #of(frame: Frame): this {
    this.cells = frame.cells;
    this.results = frame.results;
    this.#proc = frame.proc;
    return this;
  }
}

const NONE: ReadonlyMap<number, Value> = new Map();
