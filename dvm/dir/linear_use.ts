/**
 * The linear names that a statement mentions, and how it uses each. Static: `dvm/regime/linear_events.ts` decides at run time which
 * event a use causes next.
 *
 * @module
 */
import { memoize } from "../base/memoize.ts";
import { unreachable } from "../base/result.ts";
import type { Expr, MatchArm, MatchExpr, NameExpr } from "../expr/ast.ts";
import { partsOf } from "../expr/walk.ts";
import type { ExprText, Proc, QIntrinsic, Stmt } from "./model.ts";
import { stmtsOf, wholeExprOf } from "./walk.ts";

/** How a linear value is consumed. */
export type ConsumeReason = "measured" | "returned" | "passed" | "projected" | "freed";

/** How a mention uses its name. */
export type NameUse = ConsumeReason | "moved" | "borrowed";

/** One mention of a name. */
export interface Mention {
  readonly kind: "mention";
  readonly name: NameExpr;
  readonly use: NameUse;
  /** Whether the name is the base of a field access. */
  readonly isField: boolean;
  /** The expression of the statement that contains it. */
  readonly expr: ExprText;
}

/** The arms of a `match`, after the mentions of its subject: one of them is evaluated. */
export interface Arms {
  readonly kind: "arms";
  readonly match: MatchExpr;
  readonly arms: readonly { readonly arm: MatchArm; readonly uses: readonly Use[] }[];
  /** The expression of the statement that contains it. */
  readonly expr: ExprText;
}

/** What evaluating a part of an expression uses. */
export type Use = Mention | Arms;

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
  // Nothing may be assigned to the variable of a loop or to a witness; that is reported as such.
  for (const stmt of stmtsOf(proc)) {
    if (stmt.kind === "For" || stmt.kind === "Prove") slots.delete(stmt.slot);
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

/** The mentions of a statement that are uses, in the order of its text, whichever arms of a `match` are evaluated. */
export function mentionsOf(stmt: Stmt, proc: Proc): Mention[] {
  return usesOf(stmt, proc).flatMap(mentionsIn);
}

function mentionsIn(use: Use): Mention[] {
  return use.kind === "mention" ? [use] : use.arms.flatMap(({ uses }) => uses.flatMap(mentionsIn));
}

/**
 * The mentions that an evaluation makes, in evaluation order. `chosen` is the arm that it takes of a `match`; they end before
 * the first `match` whose arm is not known yet.
 */
export function mentionsAlong(
  uses: readonly Use[],
  chosen: (match: MatchExpr) => MatchArm | undefined,
): Mention[] {
  const mentions: Mention[] = [];
  const visit = (uses: readonly Use[]): boolean =>
    uses.every((use) => {
      if (use.kind === "mention") return mentions.push(use) > 0;
      const taken = chosen(use.match);
      return taken !== undefined && visit(use.arms.find(({ arm }) => arm === taken)?.uses ?? []);
    });
  visit(uses);
  return mentions;
}

/** Every use of a statement, in evaluation order. */
export function usesOf(stmt: Stmt, proc: Proc): readonly Use[] {
  switch (stmt.kind) {
    case "Constrain":
    case "Prove":
    case "Break":
    case "Continue":
      return [];
    case "Let":
    case "Assign":
      return usesIn(stmt.expr, "moved", proc);
    case "Effect":
      return usesIn(stmt.payload, stmt.effect === "observe" ? "measured" : "passed", proc);
    case "Return":
      return stmt.expr === undefined ? [] : usesIn(stmt.expr, "returned", proc);
    case "If":
    case "While":
      return usesIn(stmt.condition, "projected", proc);
    case "For":
      return [stmt.start, stmt.end].flatMap((bound) => usesIn(bound, "projected", proc));
    case "Call":
      return usesIn(stmt.call, "moved", proc);
    case "Index":
    case "Field":
      return usesIn(stmt.access, "projected", proc);
    default:
      return unreachable(stmt);
  }
}

/** The uses of one expression of a statement. */
function usesIn(expr: ExprText, use: NameUse, proc: Proc): Use[] {
  const visit = (part: Expr, use: NameUse, isField: boolean): Use[] => {
    switch (part.kind) {
      case "name":
        return part.slot < 0 ? [] : [{ kind: "mention", name: part, use, isField, expr }];
      case "field":
        return visit(part.base, isProjected(part.base) ? "projected" : use, true);
      case "call": {
        const callee = proc.callees.get(part.callee);
        const argUse = callee?.kind === "intrinsic" ? INTRINSIC_USE[callee.name] : "passed";
        return argUse === undefined ? [] : part.args.flatMap((arg) => visit(arg, argUse, false));
      }
      case "shape":
      case "array": {
        // Only a name by itself is moved or measured; as a part of another value it is passed.
        const inner = use === "moved" || use === "measured" ? "passed" : use;
        return partsOf(part).flatMap((item) => visit(item, inner, false));
      }
      case "match": {
        // The value of an arm is the value of the match.
        const arms = part.arms.map((arm) => ({ arm, uses: visit(arm.body, use, false) }));
        return [
          ...visit(part.subject, "projected", false),
          { kind: "arms", match: part, arms, expr },
        ];
      }
      default:
        return partsOf(part).flatMap((inner) => visit(inner, "projected", false));
    }
  };
  return visit(expr.expr, use, false);
}

/** Whether reading a field of this expression projects the names whose value it may have. */
function isProjected({ kind }: Expr): boolean {
  return kind === "name" || kind === "match";
}

/** How the operand of each intrinsic is used; that of `q_alloc` is the name of a type, and no use. */
const INTRINSIC_USE: { readonly [name in QIntrinsic]: NameUse | undefined } = {
  q_alloc: undefined,
  q_move: "moved",
  q_use: "borrowed",
  q_consume: "freed",
};
