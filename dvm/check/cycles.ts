/**
 * Recursion: DIR 0.1 has none, DIR 0.2 allows it in K processes (K-09, X-37). A cycle is reported once, at the first call in it.
 *
 * @module
 */
import { callsOf } from "../expr/walk.ts";
import { cyclesOf } from "./strong_components.ts";
import type { Proc, Program } from "../dir/model.ts";
import type { Report } from "./report.ts";
import { exprTextsOf, stmtsOf } from "../dir/walk.ts";

/** Checks the call graph of the program. */
export function checkCycles(program: Program, report: Report): void {
  const component = cyclesOf(program.procs.map(calleeIds));
  const allowed = new Set(component);
  for (const { id, regime } of program.procs) {
    if (program.version === "0.1" || regime !== "K") allowed.delete(component[id] ?? -1);
  }
  const settled = new Set([-1, ...allowed]);
  for (const proc of program.procs) {
    const own = component[proc.id] ?? -1;
    if (settled.has(own)) continue;
    settled.add(own);
    reportCycle(proc, component, { program, report });
  }
}

function calleeIds(proc: Proc): number[] {
  return [...proc.callees.values()].flatMap((callee) =>
    callee.kind === "proc" ? [callee.proc.id] : []
  );
}

/** Reports the first call of `proc` that stays in its cycle. */
function reportCycle(
  proc: Proc,
  component: readonly number[],
  { program, report }: { readonly program: Program; readonly report: Report },
): void {
  const help = program.version === "0.1"
    ? "DIR 0.1 has no recursion: write the steps out, or use a loop of DIR 0.2"
    : "only K processes may be recursive";
  for (const stmt of stmtsOf(proc)) {
    for (const expr of exprTextsOf(stmt)) {
      for (const call of callsOf(expr.expr)) {
        const callee = proc.callees.get(call.callee);
        if (callee?.kind !== "proc" || component[callee.proc.id] !== component[proc.id]) continue;
        const isItself = callee.proc === proc;
        report.add({ proc, stmt, expr, span: call }, {
          code: "DR0212",
          message: isItself
            ? `${proc.name} calls itself`
            : `${proc.name} and ${callee.proc.name} call each other in a cycle`,
          label: "this call is part of a cycle",
          help,
          ...(isItself ? {} : { origin: { at: { proc: callee.proc }, label: "calls back" } }),
        });
        return;
      }
    }
  }
}
