/**
 * A sealed name is not assigned (EFF-16, X-29). It may be read, and sealed again.
 *
 * @module
 */
import type { Expr } from "../expr/ast.ts";
import { analyzeFlow } from "./dataflow.ts";
import type { EffectStmt, Proc, Stmt } from "../dir/model.ts";
import type { Report } from "./report.ts";
import { effectStmtsOf } from "../dir/walk.ts";

/** Checks the assignments of one process. */
export function checkSealed(proc: Proc, report: Report): void {
  if (!effectStmtsOf(proc).some(isSeal)) return;
  analyzeFlow<Stmt>(proc.body, {
    join: (earlier) => earlier,
    gains: (stmt) => {
      if (!isSeal(stmt)) return [];
      const slot = sealedSlot(stmt.payload.expr);
      return slot === undefined ? [] : [[slot, stmt]];
    },
    visit: (stmt, facts) => {
      if (stmt.kind !== "Assign") return;
      const sealedBy = facts.get(stmt.slot);
      if (sealedBy === undefined) return;
      report.add({ proc, stmt }, {
        code: "DR0215",
        message: `${stmt.name} is sealed and cannot be assigned`,
        label: "assigned here",
        help: "assign it before the seal, or seal another name",
        origin: { at: { proc, stmt: sealedBy }, label: "sealed here" },
      });
    },
  });
}

function isSeal(stmt: Stmt): stmt is EffectStmt {
  return stmt.kind === "Effect" && stmt.effect === "seal";
}

/** The name whose value, or a part of it, is the payload; a computed value belongs to no name. */
function sealedSlot(payload: Expr): number | undefined {
  if (payload.kind === "field" || payload.kind === "index") return sealedSlot(payload.base);
  return payload.kind === "name" && payload.slot >= 0 ? payload.slot : undefined;
}
