/**
 * Effects: which effects a regime has, and the positions of effectful calls (Q-09, Q-10, PHI-01, EFF-14).
 *
 * @module
 */
import { effectsOf } from "../dir/effects.ts";
import { linearSlots } from "../dir/linear_use.ts";
import type { EffectStmt, Proc, Program, Stmt } from "../dir/model.ts";
import { exprTextsOf, stmtsOf, wholeExprOf } from "../dir/walk.ts";
import { callsOf } from "../expr/walk.ts";
import type { Report } from "./report.ts";

/** Checks the effects of one process. */
export function checkEffects(program: Program, proc: Proc, report: Report): void {
  if (proc.regime === "K" && proc.callees.size === 0) return; // a K process may have any effect
  const isEffectful = effectsOf(program);
  const proved = new Map<string, Stmt>();
  for (const stmt of stmtsOf(proc)) {
    if (stmt.kind === "Effect" && stmt.effect !== "expr") {
      if (proc.regime === "Q") checkInQ(proc, stmt, report);
      if (proc.regime === "Φ") checkInPhi(proc, stmt, proved, report);
    }
    if (stmt.kind === "Prove") proved.set(stmt.name, stmt);
    if (proc.callees.size > 0) checkNested(proc, stmt, isEffectful, report);
  }
}

function checkInQ(proc: Proc, stmt: EffectStmt, report: Report): void {
  const { expr } = stmt.payload;
  if (stmt.effect !== "observe") {
    report.add({ proc, stmt }, {
      code: "DR0501",
      message: `${stmt.effect} is not available in a Q process`,
      label: `${stmt.effect} in regime Q`,
      help: `return the value, and ${stmt.effect} it in a K process bound to this one`,
    });
  } else if (
    expr.kind !== "name" || (expr.slot >= 0 && !linearSlots(proc).has(expr.slot))
  ) {
    report.add({ proc, stmt, expr: stmt.payload }, {
      code: "DR0502",
      message: "observe in a Q process measures one linear name",
      label: expr.kind === "name" ? `${expr.name} is not linear` : "this is not a name",
      help: "bind the value with let, and observe that name",
    });
  }
}

function checkInPhi(
  proc: Proc,
  stmt: EffectStmt,
  proved: ReadonlyMap<string, Stmt>,
  report: Report,
): void {
  const { expr } = stmt.payload;
  // An unbound name is reported by the name checks.
  if (expr.kind === "name" && (proved.has(expr.name) || expr.slot < 0)) return;
  report.add({ proc, stmt, expr: stmt.payload }, {
    code: "DR0503",
    message: "an effect in a Φ process reports a witness proved before it",
    label: "not a witness that this process has proved",
    help: `write prove w from the candidate, then ${stmt.effect} w`,
  });
}

function checkNested(
  proc: Proc,
  stmt: Stmt,
  isEffectful: (proc: Proc) => boolean,
  report: Report,
): void {
  const whole = wholeExprOf(stmt);
  for (const expr of exprTextsOf(stmt)) {
    for (const call of callsOf(expr.expr)) {
      const callee = proc.callees.get(call.callee);
      if (call === whole || callee?.kind !== "proc" || !isEffectful(callee.proc)) continue;
      report.add({ proc, stmt, expr, span: call }, {
        code: "DR0504",
        message: `${callee.proc.name} has effects and is called inside a larger expression`,
        label: "a call with effects inside an expression",
        help: `bind it first: let r = ${call.callee}(…)`,
        origin: { at: { proc: callee.proc }, label: "it has effects, directly or through calls" },
      });
    }
  }
}
