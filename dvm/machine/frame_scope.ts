/**
 * Evaluation in a frame: what a decision reads besides the state.
 *
 * @module
 */
import type { ExprText, Proc, Stmt } from "../dir/model.ts";
import type { Shape } from "../dir/type.ts";
import { exprTextsOf } from "../dir/walk.ts";
import { evaluate, evaluateAll, type Scope, type Stopped } from "../eval/evaluate.ts";
import type { Evaluated } from "../eval/evaluated.ts";
import type { MatchArm, MatchExpr } from "../expr/ast.ts";
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

  /**
   * The arm of each `match` that evaluating a statement's expressions takes, as far as it gets with the results of the calls
   * made so far.
   */
  chosenArms(frame: Frame, stmt: Stmt): ReadonlyMap<MatchExpr, MatchArm> {
    const chosen = new Map<MatchExpr, MatchArm>();
    const exprs = exprTextsOf(stmt).map(({ expr }) => expr);
    const scope = this.#of(frame);
    evaluateAll(exprs, {
      cells: scope.cells,
      results: scope.results,
      findShape: (name) => scope.findShape(name),
      isIntrinsic: (callee) => scope.isIntrinsic(callee),
      onArm: (match, arm) => void chosen.set(match, arm),
    });
    return chosen;
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
