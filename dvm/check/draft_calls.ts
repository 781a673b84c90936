/**
 * Calls of operations of draft v0.2: whether their arguments fit the signatures of `dvm/dir/draft_operations.ts`.
 *
 * Handles of threads and locks have no type of the language yet. A name that is bound to the result of an operation, or to such a name,
 * has its type here. An argument whose type is not known fits.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import {
  type DraftOperation,
  draftOperation,
  type DraftParam,
  type DraftType,
} from "../dir/draft_operations.ts";
import { procsNamed, resolveCallee } from "../dir/lookup.ts";
import type { Proc, Program } from "../dir/model.ts";
import { exprTextsOf, stmtsOf, wholeExprOf } from "../dir/walk.ts";
import type { CallExpr, Expr } from "../expr/ast.ts";
import { callsOf } from "../expr/walk.ts";
import type { Inferred } from "../typing/assignable.ts";
import { typingOf } from "../typing/typing.ts";

/** The operation that an unresolved call of this name means; `undefined` where a process of the program has the name. */
export function operationNamed(program: Program, name: string): DraftOperation | undefined {
  const operation = draftOperation(name);
  return operation === undefined || procsNamed(program, name).length > 0 ? undefined : operation;
}

/** The calls in a process that have the name of an operation, and arguments that do not fit it. */
export function unfitDraftCalls(program: Program, proc: Proc): ReadonlySet<CallExpr> {
  const unfit = new Set<CallExpr>();
  const reader: ArgumentReader = {
    program,
    proc,
    argumentTypes: typingOf(program).draftArguments,
    cells: new Map(),
  };
  for (const stmt of stmtsOf(proc)) {
    for (const { expr } of exprTextsOf(stmt)) {
      for (const call of callsOf(expr)) {
        const operation = operationNamed(program, call.callee);
        if (operation !== undefined && !fitsOperation(reader, call, operation)) unfit.add(call);
      }
    }
    const whole = wholeExprOf(stmt);
    if (whole === undefined || (stmt.kind !== "Let" && stmt.kind !== "Call")) continue;
    const type = operationTypeOf(reader, whole, unfit);
    if (type !== undefined) reader.cells.set(stmt.slot, type);
  }
  return unfit;
}

interface ArgumentReader {
  readonly program: Program;
  readonly proc: Proc;
  readonly argumentTypes: ReadonlyMap<CallExpr, readonly Inferred[]>;
  /** The types of the names that are bound to results of operations, by cell. */
  readonly cells: Map<number, DraftType>;
}

/** The type of a name or call that has one as the result of an operation. */
function operationTypeOf(
  { program, cells }: ArgumentReader,
  expr: Expr,
  unfit: ReadonlySet<CallExpr>,
): DraftType | undefined {
  if (expr.kind === "name") return cells.get(expr.slot);
  if (expr.kind !== "call" || unfit.has(expr)) return undefined;
  const returns = operationNamed(program, expr.callee)?.returns;
  return returns === "result" ? undefined : returns;
}

function fitsOperation(
  reader: ArgumentReader,
  call: CallExpr,
  { params }: DraftOperation,
): boolean {
  if (params === undefined) return true;
  const required = params.filter(({ isOptional }) => !isOptional).length;
  if (call.args.length < required || call.args.length > params.length) return false;
  const types = reader.argumentTypes.get(call) ?? [];
  return call.args.every((arg, position) => {
    const param = params[position];
    return param === undefined || fitsParam(reader, arg, types[position], param);
  });
}

function fitsParam(
  reader: ArgumentReader,
  arg: Expr,
  inferred: Inferred,
  { types }: DraftParam,
): boolean {
  if (types.includes("process")) return mayBeProcess(reader, arg);
  const type = draftTypeOf(inferred) ?? operationTypeOf(reader, arg, new Set());
  return type === undefined || types.some((taken) => taken === type);
}

/** The draft's name for an inferred type; `other` for one that no operation takes. */
function draftTypeOf(type: Inferred): DraftType | "other" | undefined {
  switch (type?.kind) {
    case undefined:
    case "unknown":
      return undefined;
    case "int":
      return "integer";
    case "string":
      return "text";
    case "handle":
      return type.name === "Device" ? "other" : type.name;
    case "float":
    case "bool":
    case "char":
    case "unit":
    case "witness":
    case "shape":
    case "array":
      return "other";
    default:
      return unreachable(type);
  }
}

/** Whether the first argument of `spawn` is a K process or a call of one (CCY-04), as far as that is known. */
function mayBeProcess({ program, proc }: ArgumentReader, arg: Expr): boolean {
  if (arg.kind !== "name" && arg.kind !== "call") return false;
  const path = arg.kind === "name" ? arg.name : arg.callee;
  const resolution = resolveCallee(program, proc.forge, path);
  switch (resolution.kind) {
    case "found":
      return resolution.callee.kind === "proc" && resolution.callee.proc.regime === "K";
    case "ambiguous":
      return true;
    case "missing":
      return arg.kind === "name" ? arg.slot < 0 : draftOperation(path) === undefined;
    default:
      return unreachable(resolution);
  }
}
