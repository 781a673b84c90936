/**
 * Evaluation in a frame: what a decision reads besides the state.
 *
 * @module
 */
import type { ExprText, Stmt } from "../dir/model.ts";
import type { Shape } from "../dir/type.ts";
import { exprTextsOf } from "../dir/walk.ts";
import {
  evaluate,
  evaluateAll,
  Evaluator,
  type Meanings,
  type Scope,
  type Stopped,
} from "../eval/evaluate.ts";
import type { Evaluated } from "../eval/evaluated.ts";
import type { Frame } from "../event/frame.ts";
import type { MatchArm, MatchExpr } from "../expr/ast.ts";
import type { Value } from "../value/value.ts";
import type { Analysis } from "./analysis.ts";

/** Where the expressions of a frame are evaluated; one object serves all frames in turn. */
export class FrameScope implements Meanings {
  readonly #analysis: Pick<Analysis, "findShape">;
  readonly #evaluator = new Evaluator(this);
  /** The frame whose expression is being evaluated. */
  #frame: Frame | undefined;

  /** A scope for the frames of one program. */
  constructor(analysis: Pick<Analysis, "findShape">) {
    this.#analysis = analysis;
  }

  /** Evaluates an expression of the frame. */
  evaluate(frame: Frame, { expr }: Pick<ExprText, "expr">): Evaluated {
    this.#frame = frame;
    return this.#evaluator.evaluate(expr, frame);
  }

  /** The same where `kept` has values of names whose scope has ended. */
  evaluateKept(frame: Frame, { expr }: ExprText, kept: ReadonlyMap<number, Value>): Evaluated {
    this.#frame = frame;
    const cells = frame.cells.map((value, slot) => kept.get(slot) ?? value);
    return evaluate(expr, { ...this.#parts(frame), cells });
  }

  /** Evaluates several expressions of the frame as if they were one. */
  evaluateAll(frame: Frame, exprs: readonly ExprText[]): readonly Value[] | Stopped {
    this.#frame = frame;
    return this.#evaluator.evaluateAll(exprs.map(({ expr }) => expr), frame);
  }

  /**
   * The arm of each `match` that evaluating a statement's expressions takes, as far as it gets with the results of the calls
   * made so far.
   */
  chosenArms(frame: Frame, stmt: Stmt): ReadonlyMap<MatchExpr, MatchArm> {
    const chosen = new Map<MatchExpr, MatchArm>();
    const exprs = exprTextsOf(stmt).map(({ expr }) => expr);
    this.#frame = frame;
    const onArm = (match: MatchExpr, arm: MatchArm) => void chosen.set(match, arm);
    evaluateAll(exprs, { ...this.#parts(frame), onArm });
    return chosen;
  }

  /** The shape that a name means in the frame's process. */
  findShape(name: string): Shape | undefined {
    const frame = this.#frame;
    return frame === undefined ? undefined : this.#analysis.findShape(frame.proc)(name);
  }

  /** Whether a callee is one of the Q intrinsics there. */
  isIntrinsic(callee: string): boolean {
    return this.#frame?.proc.callees.get(callee)?.kind === "intrinsic";
  }

  /** A scope like this one, to be varied. */
  #parts({ cells, results }: Frame): Scope {
    return {
      cells,
      results,
      findShape: (name) => this.findShape(name),
      isIntrinsic: (callee) => this.isIntrinsic(callee),
    };
  }
}
