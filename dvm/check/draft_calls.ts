/**
 * Calls of operations of draft v0.2: whether their arguments fit the signatures of `dvm/dir/draft_operations.ts`.
 *
 * An argument whose type is not known fits.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { type DraftOperation, draftOperation, type DraftType } from "../dir/draft_operations.ts";
import { procsNamed, resolveCallee } from "../dir/lookup.ts";
import type { Proc, Program } from "../dir/model.ts";
import { hasSeed, spawnedPath } from "../dir/operations.ts";
import { exprTextsOf, stmtsOf } from "../dir/walk.ts";
import type { CallExpr } from "../expr/ast.ts";
import { callsOf } from "../expr/walk.ts";
import type { Inferred } from "../typing/assignable.ts";
import { typingOf } from "../typing/typing.ts";

/** The operation that a call of this name means; `undefined` where a process of the program has the name. */
export function operationNamed(program: Program, callee: string): DraftOperation | undefined {
  const name = spawnedPath(callee) === undefined ? callee : "spawn";
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
  };
  for (const stmt of stmtsOf(proc)) {
    for (const { expr } of exprTextsOf(stmt)) {
      for (const call of callsOf(expr)) {
        const operation = operationNamed(program, call.callee);
        if (operation !== undefined && !fitsOperation(reader, call, operation)) unfit.add(call);
      }
    }
  }
  return unfit;
}

interface ArgumentReader {
  readonly program: Program;
  readonly proc: Proc;
  readonly argumentTypes: ReadonlyMap<CallExpr, readonly Inferred[]>;
}

function fitsOperation(
  { program, proc, argumentTypes }: ArgumentReader,
  call: CallExpr,
  { params }: DraftOperation,
): boolean {
  if (params === undefined) return true;
  const types = argumentTypes.get(call) ?? [];
  const path = spawnedPath(call.callee);
  if (path !== undefined) {
    return mayBeProcess(program, proc, path) && (!hasSeed(call.callee) || isOf(types.at(-1), SEED));
  }
  const required = params.filter(({ isOptional }) => !isOptional).length;
  if (call.args.length < required || call.args.length > params.length) return false;
  return params.every(({ types: taken }, position) => isOf(types[position], taken));
}

const SEED: readonly DraftType[] = ["integer"];

function isOf(inferred: Inferred, taken: readonly DraftType[]): boolean {
  const type = draftTypeOf(inferred);
  return type === undefined || taken.some((known) => known === type);
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

/** Whether a path is that of a K process (CCY-04), as far as that is known. */
function mayBeProcess(program: Program, { forge, slotNames }: Proc, path: string): boolean {
  const resolution = resolveCallee(program, forge, path);
  switch (resolution.kind) {
    case "found":
      return resolution.callee.kind === "proc" && resolution.callee.proc.regime === "K";
    case "ambiguous":
      return true;
    case "missing":
      return !slotNames.includes(path) && draftOperation(path) === undefined;
    default:
      return unreachable(resolution);
  }
}
