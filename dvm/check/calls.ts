/**
 * Calls: every callee is exactly one process, and a call to another regime needs a bind (DIR-25, BND-01, Q-13).
 *
 * @module
 */
import { EXPR_CALLS_MAX } from "../base/limits.ts";
import { memoize } from "../base/memoize.ts";
import { bindsBetween } from "../dir/contract.ts";
import { effectsOf } from "../dir/effects.ts";
import {
  type DraftOperation,
  draftOperation,
  renderDraftOperation,
} from "../dir/draft_operations.ts";
import { operationName, spawnedPath } from "../dir/operations.ts";
import { pathList, type Resolution, resolveCallee } from "../dir/lookup.ts";
import type { ExprText, Proc, Program, Stmt } from "../dir/model.ts";
import { exprTextsOf, stmtsOf, wholeExprOf } from "../dir/walk.ts";
import type { CallExpr } from "../expr/ast.ts";
import { callsOf } from "../expr/walk.ts";
import type { At, Violation } from "../typing/violation.ts";
import { operationNamed, unfitDraftCalls } from "./draft_calls.ts";
import { fullPathHelp, nearestHelp } from "./nearest_help.ts";
import type { Report } from "./report.ts";

/** Checks every call of the program. */
export function checkCalls(program: Program, report: Report): void {
  const tools: CallTools = {
    report,
    isEffectful: effectsOf(program),
    unfitCalls: memoize((proc) => unfitDraftCalls(program, proc)),
  };
  for (const proc of program.procs) {
    if (proc.calledPaths.size === 0) continue;
    for (const stmt of stmtsOf(proc)) {
      for (const expr of exprTextsOf(stmt)) {
        const calls = callsOf(expr.expr);
        if (calls.length > EXPR_CALLS_MAX) reportTooMany(proc, stmt, expr, report);
        for (const call of calls) {
          checkCall(program, { proc, stmt, expr, span: call }, call, tools);
        }
      }
    }
  }
}

interface CallTools {
  readonly report: Report;
  readonly isEffectful: (proc: Proc) => boolean;
  /** The calls of operations of the draft whose arguments do not fit. */
  readonly unfitCalls: (proc: Proc) => ReadonlySet<CallExpr>;
}

function checkCall(
  program: Program,
  at: At & { readonly proc: Proc },
  call: CallExpr,
  tools: CallTools,
): void {
  const { proc } = at;
  const callee = proc.callees.get(call.callee);
  if (callee === undefined) {
    reportUnresolved(program, at, call, tools);
    return;
  }
  if (callee.kind === "intrinsic") {
    if (proc.regime === "Q") return;
    tools.report.add(at, {
      code: "DR0407",
      message: `${callee.name} is available in regime Q only`,
      label: `called in a ${proc.regime} process`,
      help: "move it into a Q process, and call that process over a bind",
    });
    return;
  }
  if (callee.kind === "operation" || spawnedPath(call.callee) !== undefined) {
    checkOperation(program, at, call, tools);
    return;
  }
  if (callee.proc.regime === proc.regime) return;
  const target = `${callee.proc.regime}::${callee.proc.name}`;
  if (bindsBetween(program, proc, callee.proc).length === 0) {
    tools.report.add(at, {
      code: "DR0602",
      message: `${proc.regime}::${proc.name} calls ${target} without a bind`,
      label: "this call crosses regimes",
      help: `declare bind ${proc.regime}::${proc.name} -> ${target} contract { … }`,
      origin: { at: { proc: callee.proc }, label: "the callee" },
    });
  } else if (proc.regime !== "K" && tools.isEffectful(callee.proc)) {
    tools.report.add(at, {
      code: "DR0603",
      message: `a ${proc.regime} process may call ${target} only if that has no effects`,
      label: "this callee has effects",
      help: "call it from a K process",
      origin: { at: { proc: callee.proc }, label: "it has effects, directly or through calls" },
    });
  }
}

/** An operation: in K, as all that its statement executes (TYP-24, X-36), in an artifact that may use it. */
function checkOperation(
  program: Program,
  at: At & { readonly proc: Proc },
  call: CallExpr,
  { report, unfitCalls }: CallTools,
): void {
  const { proc, stmt } = at;
  const isSpawn = spawnedPath(call.callee) !== undefined;
  const name = isSpawn ? "spawn" : operationName(call.callee);
  const isStatement = !isSpawn && name !== call.callee;
  if (!isStatement && program.artifacts.length > 1 && unfitCalls(proc).has(call)) {
    report.add(at, missingCallee(program, name, draftOperation(name)));
    return;
  }
  if (proc.regime !== "K") {
    report.add(at, {
      code: "DR0318",
      message: `${name} is an operation of K processes`,
      label: `called in a ${proc.regime} process`,
      help: "move it into a K process",
    });
  } else if (stmt !== undefined && wholeExprOf(stmt) !== call) {
    report.add(at, {
      code: "DR0222",
      message: `${name} is called inside a larger expression`,
      label: "an operation inside an expression",
      help: `bind it first: let r = ${name}(…)`,
    });
  }
  if (stmt !== undefined && draftOperation(name)?.returns === undefined && usesResult(stmt)) {
    report.add(at, {
      code: "DR0311",
      message: `${name} returns no value`,
      label: "a value is expected here",
      help: "call it as a statement",
    });
  }
  if (program.statedVersions[proc.place.artifact] === "0.1") {
    report.add(at, {
      code: "DR0221",
      message: `${name} is an operation of DIR 0.2, and the artifact states version 0.1`,
      label: "an operation of DIR 0.2",
      help: 'state "version": "0.2", or none',
    });
  }
}

/** Whether a statement does something with the value of its whole expression. */
function usesResult(stmt: Stmt): boolean {
  if (stmt.kind === "Call") return stmt.result !== undefined;
  return stmt.kind === "Let" || stmt.kind === "Assign" || stmt.kind === "Return";
}

function reportTooMany(proc: Proc, stmt: Stmt, expr: ExprText, report: Report): void {
  report.add({ proc, stmt, expr }, {
    code: "DR0217",
    message: `an expression has at most ${EXPR_CALLS_MAX} calls`,
    label: "has more",
    help: "bind some of the results with let before it",
  });
}

function reportUnresolved(
  program: Program,
  at: At & { readonly proc: Proc },
  call: CallExpr,
  { report, unfitCalls }: CallTools,
): void {
  const started = spawnedPath(call.callee);
  const callee = started ?? call.callee;
  const isUnfit = program.artifacts.length > 1 && unfitCalls(at.proc).has(call);
  if (started !== undefined && isUnfit) {
    report.add(at, missingCallee(program, "spawn", draftOperation("spawn")));
    return;
  }
  const resolution = resolveCallee(program, at.proc.forge, callee);
  if (resolution.kind === "ambiguous") {
    const { candidates } = resolution;
    report.add(at, {
      code: "DR0202",
      message: `${callee} matches ${candidates.length} processes: ${pathList(candidates)}`,
      label: "ambiguous",
      help: fullPathHelp(candidates),
    });
    return;
  }
  if (callee === "phi_witness") {
    report.add(at, {
      code: "DR0314",
      message: "phi_witness would forge a witness",
      label: "no call makes a witness",
      help: "write prove NAME from CANDIDATE",
    });
    return;
  }
  if (started !== undefined) {
    const isValue = resolution.kind === "found" || at.proc.slotNames.includes(started);
    report.add(at, isValue ? notStarted(started, resolution) : missingCallee(program, started));
    return;
  }
  const operation = operationNamed(program, callee);
  // A linked set may lack a process; one artifact alone is complete, so it means the operation.
  const isProcess = operation === undefined || isUnfit;
  report.add(
    at,
    isProcess
      ? missingCallee(program, callee, operation)
      : callee === "spawn"
      ? notStarted(undefined, resolution)
      : draftCall(callee),
  );
}

/** `spawn` is not given a K process. */
function notStarted(path: string | undefined, resolution: Resolution): Violation {
  const proc = resolution.kind === "found" && resolution.callee.kind === "proc"
    ? resolution.callee.proc
    : undefined;
  return {
    code: "DR0324",
    message: path === undefined
      ? "spawn starts a K process, and at most one seed follows it"
      : `spawn starts a K process, and ${path} is none`,
    label: proc === undefined ? "no process is named" : `${path} is a ${proc.regime} process`,
    help: "write spawn(p), spawn(p(a, b)) or spawn(p, seed)",
    ...(proc === undefined ? {} : { origin: { at: { proc }, label: "declared here" } }),
  };
}

/** `operation` is the one of the draft with the same name, which the arguments do not fit. */
function missingCallee(
  program: Program,
  name: string,
  operation?: DraftOperation,
): Violation {
  const help = "define the process, or link the artifact that has it";
  return {
    code: "DR0201",
    message: `no process named ${name}`,
    label: "called here, not defined",
    help: operation === undefined
      ? nearestHelp(program, name) ?? help
      : `${help}; the operation of draft v0.2 is ${renderDraftOperation(name, operation)}`,
  };
}

function draftCall(name: string): Violation {
  return {
    code: "DR0220",
    message: `${name} is an operation of draft v0.2 of the language, which is not executed`,
    label: "an operation of the draft",
    help: `remove the call, or link an artifact that defines a process named ${name}`,
  };
}
