/**
 * Where handles may be: in names, parameters and results of K processes, and nowhere else (TYP-24). Handles within expressions are
 * checked by type inference.
 *
 * @module
 */
import { reachableProcs } from "../dir/lookup.ts";
import { usesOperations } from "../dir/operations.ts";
import type { Bind, Proc, Program, Stmt } from "../dir/model.ts";
import { renderBind } from "../dir/notation.ts";
import type { Shape, Type } from "../dir/type.ts";
import { exprTextsOf, stmtsOf } from "../dir/walk.ts";
import type { CallExpr, Expr } from "../expr/ast.ts";
import { callsOf, namesOf } from "../expr/walk.ts";
import { type HandleCells, typingOf } from "../typing/typing.ts";
import { type At, handleInside, VALUE_OF_HANDLE, type Violation } from "../typing/violation.ts";
import type { Report } from "./report.ts";

/** Checks the declarations and binds of the program, and the statements that a handle cannot enter. */
export function checkHandles(program: Program, report: Report): void {
  for (const shape of program.types.shapes) checkShape(shape, report);
  for (const forge of program.forges) for (const bind of forge.binds) checkBind(bind, report);
  for (const proc of program.procs) {
    checkHead(proc, report);
    if (proc.regime === "Φ") checkReach(proc, report);
    const handles = typingOf(program).handles.get(proc) ?? NONE;
    for (const stmt of stmtsOf(proc)) checkStmt(proc, stmt, handles, report);
  }
}

function checkShape({ fields }: Shape, report: Report): void {
  for (const { name, type, typeText, place } of fields) {
    if (holdsHandle(type)) {
      report.addAt(place, `${name}: ${typeText}`, handleInside("a field of a shape"));
    }
  }
}

/** A call between the ends passes its arguments and its result across the bind, whichever end calls. */
function checkBind(bind: Bind, report: Report): void {
  const { sourceProc, targetProc } = bind;
  if (sourceProc === undefined || targetProc === undefined) return;
  const crossing = callWithHandle(sourceProc, targetProc) ?? callWithHandle(targetProc, sourceProc);
  if (crossing === undefined) return;
  const { at, callee } = crossing;
  report.addAt(bind.place, renderBind(bind), {
    code: "DR0323",
    message: "a handle cannot cross a bind",
    label: `${callee.name} takes or returns a handle`,
    help: "remove the bind, or pass values instead of the handle",
    origin: { at, label: "this call exercises the bind" },
  });
}

/** The first call of one process in another that passes a handle. */
function callWithHandle(
  proc: Proc,
  callee: Proc,
): { readonly at: At; readonly callee: Proc } | undefined {
  const types = [...callee.params.map(({ type }) => type), callee.ret];
  if (!types.some((type) => type?.kind === "handle")) return undefined;
  const isCallee = (call: CallExpr) => {
    const called = proc.callees.get(call.callee);
    return called?.kind === "proc" && called.proc === callee;
  };
  for (const stmt of stmtsOf(proc)) {
    for (const expr of exprTextsOf(stmt)) {
      const span = callsOf(expr.expr).find(isCallee);
      if (span !== undefined) return { at: { proc, stmt, expr, span }, callee };
    }
  }
  return undefined;
}

function checkHead(proc: Proc, report: Report): void {
  for (const { name, type, typeText, place } of [...proc.params, ...proc.locals]) {
    const text = `${name}: ${typeText}`;
    if (type.kind === "array" && holdsHandle(type)) {
      report.addAt(place, text, handleInside("an element of an array"));
    } else if (type.kind === "handle" && proc.regime !== "K") {
      report.addAt(place, text, outsideK(proc));
    }
  }
  const { ret } = proc;
  if (ret === undefined) return;
  if (ret.kind === "array" && holdsHandle(ret)) {
    report.add({ proc }, handleInside("an element of an array"));
  } else if (ret.kind === "handle" && proc.regime !== "K") report.add({ proc }, outsideK(proc));
}

/** Existence is decided over values, and nothing that an operation refers to is one. */
function checkReach(proc: Proc, report: Report): void {
  const user = reachableProcs(proc).find((reached) => reached !== proc && usesOperations(reached));
  if (user === undefined) return;
  report.add({ proc }, {
    code: "DR0318",
    message: `${proc.name} is decided by existence, and reaches an operation`,
    label: "a Φ process that reaches an operation",
    help: `compute in ${proc.name} without ${user.name}`,
    origin: { at: { proc: user }, label: "it has an operation" },
  });
}

function outsideK({ regime }: Proc): Violation {
  return {
    code: "DR0318",
    message: "a handle exists in K processes only",
    label: `a handle in a ${regime} process`,
    help: "pass a value instead",
  };
}

function checkStmt(
  proc: Proc,
  stmt: Stmt,
  handles: HandleCells,
  report: Report,
): void {
  const handleIn = (expr: Expr) => expr.kind === "name" ? handles.get(expr.slot) : undefined;
  const payload = stmt.kind === "Effect" ? handleIn(stmt.payload.expr) : undefined;
  if (stmt.kind === "Effect" && payload !== undefined) {
    report.add({ proc, stmt, expr: stmt.payload }, {
      code: "DR0320",
      message: "a handle cannot be a payload",
      label: "this is a handle",
      help: `${VALUE_OF_HANDLE[payload]}, and use that`,
    });
  }
  if (stmt.kind !== "Constrain" && stmt.kind !== "Prove") return;
  const expr = stmt.kind === "Constrain" ? stmt.predicate : stmt.from;
  const handleReturned = (call: CallExpr) => {
    const callee = proc.callees.get(call.callee);
    return callee?.kind === "proc" && callee.proc.ret?.kind === "handle"
      ? callee.proc.ret.name
      : undefined;
  };
  const parts = [
    ...namesOf(expr.expr).map((part) => ({ part, handle: handles.get(part.slot) })),
    ...callsOf(expr.expr).map((part) => ({ part, handle: handleReturned(part) })),
  ];
  for (const { part, handle } of parts) {
    if (handle === undefined) continue;
    report.add({ proc, stmt, expr, span: part }, {
      code: "DR0321",
      message: `a handle cannot be in a ${stmt.kind === "Constrain" ? "constraint" : "proof"}`,
      label: "this is a handle",
      help: `${VALUE_OF_HANDLE[handle]} into a name, and mention that`,
    });
  }
}

const NONE: HandleCells = new Map();

function holdsHandle(type: Type): boolean {
  return type.kind === "handle" || (type.kind === "array" && holdsHandle(type.element));
}
