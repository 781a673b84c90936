/**
 * Holders of memory whose state is the same in every run, the names that have them, and what makes them unknown.
 *
 * @module
 */
import type { Proc, Stmt } from "../dir/model.ts";
import { blocksOf } from "../dir/statement_paths.ts";
import { exprTextsOf } from "../dir/walk.ts";
import type { Expr } from "../expr/ast.ts";
import { namesOf } from "../expr/walk.ts";
import type { At } from "../typing/violation.ts";

/** A holder whose state is the same in every run. */
export interface CertainHolder {
  /** Where it was made. */
  readonly origin: At;
  /** Where it was freed; `undefined` while it is live. */
  freed: At | undefined;
  /** It was reported, or may be live in one run and freed in another: nothing more is said of it. */
  isSettled: boolean;
}

/** How control continues: `stop` where it is not the same in every run. */
export type Flow = "next" | "break" | "continue" | "return" | "stop";

/** A process while it is walked. A parameter names the holder of the caller, a local has its own. */
export interface WalkedFrame {
  readonly proc: Proc;
  readonly params: ReadonlyMap<number, CertainHolder>;
  readonly locals: Map<number, CertainHolder>;
  /** What the caller gets. */
  returned: CertainHolder | undefined;
}

/** The holder that an expression names. */
export function holderOf({ params, locals }: WalkedFrame, expr: Expr): CertainHolder | undefined {
  if (expr.kind !== "name") return undefined;
  return locals.get(expr.slot) ?? params.get(expr.slot);
}

/** Every holder that an expression mentions may be freed by it or may not. */
export function forget(frame: WalkedFrame, expr: Expr): void {
  for (const name of namesOf(expr)) {
    const holder = holderOf(frame, name);
    if (holder !== undefined) holder.isSettled = true;
  }
}

/** The same for a statement that not every run executes alike. It may leave the block too. */
export function forgetIn(frame: WalkedFrame, stmt: Stmt): Flow {
  for (const { expr } of exprTextsOf(stmt)) forget(frame, expr);
  if (stmt.kind === "Assign") {
    const holder = frame.locals.get(stmt.slot);
    if (holder !== undefined) holder.isSettled = true;
    frame.locals.delete(stmt.slot);
  }
  let flow: Flow = "next";
  for (const block of blocksOf(stmt)) {
    for (const inner of block) {
      const isLeaving = inner.kind === "Return" || inner.kind === "Break" ||
        inner.kind === "Continue" || forgetIn(frame, inner) === "stop";
      if (isLeaving) flow = "stop";
    }
  }
  return flow;
}
