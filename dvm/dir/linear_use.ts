/**
 * The linear names that a statement mentions, and how it uses each. Static: `dvm/regime/linear_events.ts` decides at run time which
 * event a use causes next.
 *
 * @module
 */
import { memoize } from "../base/memoize.ts";
import { unreachable } from "../base/result.ts";
import type { Expr, NameExpr } from "../expr/ast.ts";
import { partsOf } from "../expr/walk.ts";
import type { ExprText, Proc, QIntrinsic, Stmt } from "./model.ts";
import { stmtsOf, wholeExprOf } from "./walk.ts";

/** How a linear value is consumed. */
export type ConsumeReason = "measured" | "returned" | "passed" | "projected" | "freed";

/** How a mention uses its name. */
export type NameUse = ConsumeReason | "moved" | "borrowed";

/** One mention of a name. */
export interface Mention {
  readonly name: NameExpr;
  readonly use: NameUse;
  /** Whether the name is the base of a field access. */
  readonly isField: boolean;
  /** The expression of the statement that contains it. */
  readonly expr: ExprText;
}

/** Whether every name of the process is linear: all of Q, and what carries the qualifier. */
export function isLinearProc(proc: Proc): boolean {
  return proc.regime === "Q" || proc.qualifiers.includes("linear");
}

/** The cell of the linear name `name` that a statement mentions; -1 if it mentions none. */
export function mentionedSlot(stmt: Stmt, proc: Proc, name: string): number {
  const slots = linearSlots(proc);
  const mention = mentionsOf(stmt, proc).find((mention) =>
    mention.name.name === name && slots.has(mention.name.slot)
  );
  return mention?.name.slot ?? -1;
}

/** The cells of the linear names of a process: its parameters, and the names that its statements bind. */
export const linearSlots: (proc: Proc) => ReadonlySet<number> = memoize((proc) => {
  const slots = new Set(proc.params.keys());
  for (const stmt of stmtsOf(proc)) {
    if ("slot" in stmt && stmt.slot >= 0 && bindsLinear(stmt, proc)) slots.add(stmt.slot);
  }
  return slots;
});

/** The name that a statement gives a value: it binds it or assigns to it. */
export function targetName(stmt: Stmt): string | undefined {
  switch (stmt.kind) {
    case "Let":
    case "Assign":
    case "Prove":
    case "For":
      return stmt.name;
    case "Call":
    case "Index":
    case "Field":
      return stmt.result;
    default:
      return undefined;
  }
}

/**
 * Whether the name that a statement binds is linear: a witness, a loop variable and the results of `q_use` and `q_consume` are
 * not.
 */
export function bindsLinear(stmt: Stmt, proc: Proc): boolean {
  if (stmt.kind === "Prove" || stmt.kind === "For") return false;
  const intrinsic = wholeIntrinsic(stmt, proc);
  return intrinsic !== "q_use" && intrinsic !== "q_consume";
}

/** The intrinsic that is the whole right side of a statement, if one is. A process of that name hides it (DIR-26). */
export function wholeIntrinsic(stmt: Stmt, proc: Proc): QIntrinsic | undefined {
  const expr = wholeExprOf(stmt);
  const callee = expr?.kind === "call" ? proc.callees.get(expr.callee) : undefined;
  return callee?.kind === "intrinsic" ? callee.name : undefined;
}

/** The mentions of a statement that are uses, in evaluation order. */
export function mentionsOf(stmt: Stmt, proc: Proc): Mention[] {
  switch (stmt.kind) {
    case "Constrain":
    case "Prove":
    case "Break":
    case "Continue":
      return [];
    case "Let":
    case "Assign":
      return mentionsIn(stmt.expr, "moved", proc);
    case "Effect":
      return mentionsIn(stmt.payload, stmt.effect === "observe" ? "measured" : "passed", proc);
    case "Return":
      return stmt.expr === undefined ? [] : mentionsIn(stmt.expr, "returned", proc);
    case "If":
    case "While":
      return mentionsIn(stmt.condition, "projected", proc);
    case "For":
      return [stmt.start, stmt.end].flatMap((bound) => mentionsIn(bound, "projected", proc));
    case "Call":
      return mentionsIn(stmt.call, "moved", proc);
    case "Index":
    case "Field":
      return mentionsIn(stmt.access, "projected", proc);
    case "Alloc":
    case "Dealloc":
    case "Load":
    case "Store":
      return stmt.operands.flatMap((operand) => mentionsIn(operand, "passed", proc));
    default:
      return unreachable(stmt);
  }
}

/** Mentions in one expression of a statement. */
function mentionsIn(expr: ExprText, use: NameUse, proc: Proc): Mention[] {
  const mentions: Mention[] = [];
  const visit = (part: Expr, use: NameUse, isField: boolean): void => {
    switch (part.kind) {
      case "name":
        if (part.slot >= 0) mentions.push({ name: part, use, isField, expr });
        return;
      case "field":
        visit(part.base, part.base.kind === "name" ? "projected" : use, true);
        return;
      case "call": {
        const callee = proc.callees.get(part.callee);
        const argUse = callee?.kind === "intrinsic" ? INTRINSIC_USE[callee.name] : "passed";
        if (argUse !== undefined) { for (const arg of part.args) visit(arg, argUse, false); }
        return;
      }
      case "shape":
      case "array":
        for (const inner of partsOf(part)) {
          // Only a name by itself is moved or measured; as a part of another value it is passed.
          visit(inner, use === "moved" || use === "measured" ? "passed" : use, false);
        }
        return;
      default:
        for (const inner of partsOf(part)) visit(inner, "projected", false);
    }
  };
  visit(expr.expr, use, false);
  return mentions;
}

/** How the operand of each intrinsic is used; that of `q_alloc` is the name of a type, and no use. */
const INTRINSIC_USE: { readonly [name in QIntrinsic]: NameUse | undefined } = {
  q_alloc: undefined,
  q_move: "moved",
  q_use: "borrowed",
  q_consume: "freed",
};
