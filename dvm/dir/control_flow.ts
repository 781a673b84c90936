/**
 * Control flow: whether a statement always leaves its block (TYP-11, X-22).
 *
 * @module
 */
import type { Block, Stmt } from "./model.ts";
import { blocksOf } from "./statement_paths.ts";

/** Whether control never continues after this statement: it returns, breaks, continues, or loops forever. */
export function alwaysLeaves(stmt: Stmt): boolean {
  return stmt.kind === "Break" || stmt.kind === "Continue" || alwaysReturns(stmt) ||
    (stmt.kind === "If" && stmt.elseBody !== undefined && stmt.thenBody.some(alwaysLeaves) &&
      stmt.elseBody.some(alwaysLeaves));
}

/** Whether every path through this statement ends in a return, or never ends (TYP-11). */
export function alwaysReturns(stmt: Stmt): boolean {
  switch (stmt.kind) {
    case "Return":
      return true;
    case "If":
      return stmt.elseBody !== undefined && blockReturns(stmt.thenBody) &&
        blockReturns(stmt.elseBody);
    case "While": {
      const { expr } = stmt.condition;
      return expr.kind === "bool" && expr.value && !breaksOut(stmt.body);
    }
    default:
      return false;
  }
}

/** Whether every path through a block ends in a return, or never ends. */
export function blockReturns(block: Block): boolean {
  return block.some(alwaysReturns);
}

/** Whether the body of a loop contains a break of that loop. */
function breaksOut(block: Block): boolean {
  return block.some((stmt) =>
    stmt.kind === "Break" || (stmt.kind === "If" && blocksOf(stmt).some(breaksOut))
  );
}

/**
 * Whether a statement is a return, or an `If` both of whose branches return. What follows it in its block can never be reached
 * . An endless loop does not: what follows it counts as reachable.
 */
export function endsInReturn(stmt: Stmt): boolean {
  return stmt.kind === "Return" ||
    (stmt.kind === "If" && stmt.elseBody !== undefined && stmt.thenBody.some(endsInReturn) &&
      stmt.elseBody.some(endsInReturn));
}
