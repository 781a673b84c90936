/**
 * Walking statements in document order.
 *
 * @module
 */
import type { Expr, NameExpr } from "../expr/ast.ts";
import { partsOf, somePart } from "../expr/walk.ts";
import type { Block, EffectStmt, ExprText, Proc, Stmt } from "./model.ts";
import { memoize } from "../base/memoize.ts";
import { blocksOf } from "./statement_paths.ts";

/** Every statement of a process, nested ones after the statement that contains them. Memoized. */
export const stmtsOf: (proc: Proc) => readonly Stmt[] = memoize(({ body }) => {
  if (!body.some(hasBlocks)) return body;
  const stmts: Stmt[] = [];
  collectStmts(body, stmts);
  return stmts;
});

/** Every statement of a process, constraints last: they may mention names that are bound after them. */
export function stmtsConstraintsLast(proc: Proc): readonly Stmt[] {
  const stmts = stmtsOf(proc);
  const constraints = stmts.filter(({ kind }) => kind === "Constrain");
  if (constraints.length === 0) return stmts;
  return [...stmts.filter(({ kind }) => kind !== "Constrain"), ...constraints];
}

/** The statements of a process that are effects. Memoized. */
export const effectStmtsOf: (proc: Proc) => readonly EffectStmt[] = memoize((proc) =>
  stmtsOf(proc).filter((stmt) => stmt.kind === "Effect")
);

function hasBlocks(stmt: Stmt): boolean {
  return blocksOf(stmt).length > 0;
}

function collectStmts(block: Block, into: Stmt[]): void {
  for (const stmt of block) {
    into.push(stmt);
    for (const inner of blocksOf(stmt)) collectStmts(inner, into);
  }
}

/** The expressions of a statement, in evaluation order. */
export function exprTextsOf(stmt: Stmt): readonly ExprText[] {
  switch (stmt.kind) {
    case "Let":
    case "Assign":
      return [stmt.expr];
    case "Constrain":
      return [stmt.predicate];
    case "Prove":
      return [stmt.from];
    case "Effect":
      return [stmt.payload];
    case "Return":
      return stmt.expr === undefined ? [] : [stmt.expr];
    case "If":
    case "While":
      return [stmt.condition];
    case "For":
      return [stmt.start, stmt.end];
    case "Call":
      return [stmt.call];
    case "Index":
    case "Field":
      return [stmt.access];
    case "Break":
    case "Continue":
      return [];
  }
}

/** The name a statement binds in its own block, if it binds one. An assignment binds nothing. */
export function boundNameOf(stmt: Stmt): string | undefined {
  switch (stmt.kind) {
    case "Let":
    case "Prove":
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
 * The expression that is all a statement executes, the only position of an effectful call: the right side of a let or assignment,
 * a call statement, a returned expression, an expression statement.
 */
export function wholeExprOf(stmt: Stmt): Expr | undefined {
  switch (stmt.kind) {
    case "Let":
    case "Assign":
      return stmt.expr.expr;
    case "Call":
      return stmt.call.expr;
    case "Return":
      return stmt.expr?.expr;
    case "Effect":
      return stmt.effect === "expr" ? stmt.payload.expr : undefined;
    default:
      return undefined;
  }
}

/** Whether an expression mentions a name that is not bound in its scope. */
export function hasUnboundName(expr: Expr): boolean {
  return expr.kind === "name" ? expr.slot < 0 : somePart(expr, hasUnboundName);
}

/** The names that an expression reads as values. The type in `q_alloc(QBit)` is not one. */
export function valueNamesOf(expr: Expr, proc: Proc): NameExpr[] {
  if (expr.kind === "name") return [expr];
  if (expr.kind === "call" && isAllocation(expr.callee, proc)) return [];
  return partsOf(expr).flatMap((part) => valueNamesOf(part, proc));
}

function isAllocation(callee: string, proc: Proc): boolean {
  const resolved = proc.callees.get(callee);
  return resolved?.kind === "intrinsic" && resolved.name === "q_alloc";
}
