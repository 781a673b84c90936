/**
 * What has been sealed cannot change any more (EFF-16, X-29). Reading it, and sealing it again, stay legal.
 *
 * @module
 */
import type { Expr } from "../expr/ast.ts";
import { followFlow } from "./dataflow.ts";
import type { EffectStmt, Proc, Stmt } from "../dir/model.ts";
import type { Report } from "./report.ts";
import { effectStmtsOf } from "../dir/walk.ts";

/** Checks the assignments of one process. */
export function checkSealed(proc: Proc, report: Report): void {
  if (!effectStmtsOf(proc).some(isSeal)) return;
  followFlow<Stmt>(proc.body, {
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
        message: `${stmt.name} is sealed and cannot change any more`,
        label: "changed here",
        help: "assign before the seal, or seal another name",
        origin: { at: { proc, stmt: sealedBy }, label: "sealed here" },
      });
    },
  });
}

function isSeal(stmt: Stmt): stmt is EffectStmt {
  return stmt.kind === "Effect" && stmt.effect === "seal";
}

/** The name whose value, or part of it, the payload is: a computed value is nobody's. */
function sealedSlot(payload: Expr): number | undefined {
  if (payload.kind === "field" || payload.kind === "index") return sealedSlot(payload.base);
  return payload.kind === "name" && payload.slot >= 0 ? payload.slot : undefined;
}
