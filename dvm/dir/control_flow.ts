/**
 * Control flow: whether a statement always leaves its block (TYP-11), and in which order a block executes.
 *
 * @module
 */
import type { Block, Stmt } from "./model.ts";
import { memoize } from "../base/memoize.ts";
import { blocksOf } from "./statement_paths.ts";

/** Whether control never continues after this statement: it returns, breaks, continues, or loops forever. */
export function alwaysLeaves(stmt: Stmt): boolean {
  return stmt.kind === "Break" || stmt.kind === "Continue" || alwaysReturns(stmt) ||
    (stmt.kind === "If" && stmt.elseBody !== undefined && stmt.thenBody.some(alwaysLeaves) &&
      stmt.elseBody.some(alwaysLeaves));
}

/** Whether every path through this statement ends in a return, or never ends. */
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
 * A block in execution order: constraints after a statement that always leaves the block are moved before it. A constraint governs
 * its whole process wherever it is written (CON-03), so each must be executed.
 */
export const executionOrder: (block: Block) => Block = memoize((block) => {
  const leaving = block.findIndex(alwaysLeaves);
  const late = leaving < 0 ? [] : block.slice(leaving + 1);
  const constraints = late.filter(({ kind }) => kind === "Constrain");
  if (constraints.length === 0) return block;
  const others = late.filter(({ kind }) => kind !== "Constrain");
  const end = block.slice(leaving, leaving + 1);
  return [...block.slice(0, leaving), ...constraints, ...end, ...others];
});
