/**
 * Types of calls: arguments against parameters, results, and the forms of the Q intrinsics (TYP-09, X-52).
 *
 * @module
 */
import {
  draftOperation,
  type DraftParam,
  type DraftType,
  renderDraftOperation,
} from "../dir/draft_operations.ts";
import type { Operation, Proc, QIntrinsic } from "../dir/model.ts";
import { hasSeed, spawnedPath } from "../dir/operations.ts";
import { HANDLES, isHandleName, renderType, threadOf, type Type } from "../dir/type.ts";
import { wholeExprOf } from "../dir/walk.ts";
import type { CallExpr } from "../expr/ast.ts";
import { fits, type Inferred, INT } from "./assignable.ts";
import { expectType } from "./expectation.ts";
import { type Inference, known } from "./inference.ts";

const UNIT: Type = { kind: "unit" };
const STRING: Type = { kind: "string" };

/** The type of a call. `usesResult` is false where the call is a statement whose result, if any, is discarded. */
export function inferCall(inference: Inference, call: CallExpr, usesResult: boolean): Inferred {
  const callee = inference.proc.callees.get(call.callee);
  if (callee?.kind === "intrinsic") return inferIntrinsic(inference, call, callee.name);
  if (callee?.kind === "operation") return inferOperation(inference, call, callee.name);
  const params = callee?.proc.params ?? [];
  const given = call.args.map((arg, position) => inference.infer(arg, params[position]?.type));
  const isSpawn = spawnedPath(call.callee) !== undefined;
  if (isSpawn || (callee === undefined && draftOperation(call.callee) !== undefined)) {
    inference.draftCall(call, given);
  }
  if (callee === undefined) return undefined;
  const { proc } = callee;
  if (isSpawn) return inferSpawn(inference, call, given, proc);
  if (given.length === proc.params.length) expectArguments(inference, call, given, proc);
  else reportCount(inference, call, proc, given.length);
  if (proc.ret === undefined && usesResult) {
    inference.report(call, {
      code: "DR0311",
      message: `${proc.name} returns no value`,
      label: "a value is expected here",
      help: `call it as a statement, or declare a return type for ${proc.name}`,
      origin: { at: { proc }, label: "no return type is declared" },
    });
    return undefined;
  }
  return known(proc.ret);
}

/** Type rules of a `spawn`: those of a call of the process, whose arguments the seed follows. */
function inferSpawn(
  inference: Inference,
  call: CallExpr,
  given: readonly Inferred[],
  proc: Proc,
): Inferred {
  const seed = hasSeed(call.callee) ? call.args.at(-1) : undefined;
  const args = seed === undefined ? given : given.slice(0, -1);
  if (seed !== undefined) {
    const type = given.at(-1);
    const isLinked = inference.program.artifacts.length > 1;
    if (isLinked && type !== undefined && !fits(type, INT)) return undefined; // it means a process
    expectType(inference, seed, type, { type: INT, what: "parameter seed of spawn is" });
  }
  if (args.length === proc.params.length) expectArguments(inference, call, args, proc);
  else reportCount(inference, call, proc, args.length);
  return threadOf(proc.ret);
}

/**
 * Type rules of an operation. In a linked set a call that does not fit the operation means a process that is missing. That is
 * reported with the calls, and so is a result that is used where there is none.
 */
function inferOperation(inference: Inference, call: CallExpr, name: Operation): Inferred {
  const { params = [], returns } = draftOperation(name) ?? {};
  const given = call.args.map((arg) => inference.infer(arg));
  inference.draftCall(call, given);
  const types = params.map((param, position) => takenType(param, given[position]));
  if (inference.program.artifacts.length > 1) {
    const isFit = given.length === types.length &&
      types.every((type, position) => {
        const found = given[position];
        return found === undefined || type === undefined || fits(found, type);
      });
    if (!isFit) return undefined;
  } else if (given.length !== types.length) {
    inference.report(call, {
      code: "DR0305",
      message: `${name} takes ${countOf(params.length)}, not ${given.length}`,
      label: `${countOf(given.length)} given`,
      help: `call ${renderDraftOperation(name, { params, returns })}`,
    });
  } else {
    for (const [position, type] of types.entries()) {
      const arg = call.args[position];
      const what = `parameter ${params[position]?.name} of ${name} is`;
      if (arg !== undefined) expectType(inference, arg, given[position], { type, what });
    }
  }
  if (returns !== "result") return returns === undefined ? undefined : typeOf(returns);
  return resultOfThread(inference, call, given[0]);
}

/** What a `join` gives. In a linked set a call of what is no thread means a process that is missing, and is reported with the calls. */
function resultOfThread(inference: Inference, call: CallExpr, thread: Inferred): Inferred {
  const [arg] = call.args;
  if (thread === undefined || arg === undefined) return undefined;
  if (thread.kind === "handle" && thread.name === "Thread") return thread.result;
  if (inference.program.artifacts.length > 1) return undefined;
  inference.report(arg, {
    code: "DR0302",
    message: `parameter thread of join is a Thread, not ${renderType(thread)}`,
    label: `this is ${renderType(thread)}`,
    help: "join what spawn has returned",
  });
  return undefined;
}

/** The type of the language that a parameter takes; of two, the one that the argument may have. */
function takenType({ types: [first, ...others] }: DraftParam, found: Inferred): Inferred {
  const other = found?.kind === "handle" ? undefined : others[0];
  const type = other ?? first;
  return type === undefined ? undefined : typeOf(type);
}

function typeOf(type: DraftType): Inferred {
  if (isHandleName(type)) return HANDLES[type];
  return type === "integer" ? INT : type === "text" ? STRING : undefined;
}

function expectArguments(
  inference: Inference,
  call: CallExpr,
  given: readonly Inferred[],
  callee: Proc,
): void {
  for (const [position, param] of callee.params.entries()) {
    const arg = call.args[position];
    if (arg === undefined) continue;
    expectType(inference, arg, given[position], {
      type: param.type,
      what: `parameter ${param.name} of ${callee.name} is`,
      declared: { proc: callee, param },
    });
  }
}

function reportCount(
  inference: Inference,
  call: CallExpr,
  callee: Proc,
  given: number,
): void {
  const { name, params } = callee;
  const signature = params.map(({ name, typeText }) => `${name}: ${typeText}`).join(", ");
  inference.report(call, {
    code: "DR0305",
    message: `${name} takes ${countOf(params.length)}, not ${given}`,
    label: `${countOf(given)} given`,
    help: `call ${name}(${signature})`,
    origin: { at: { proc: callee }, label: "declared here" },
  });
}

function countOf(args: number): string {
  return args === 1 ? "1 argument" : `${args} arguments`;
}

function inferIntrinsic(inference: Inference, call: CallExpr, name: QIntrinsic): Inferred {
  const [operand] = call.args;
  if (operand?.kind === "name" && call.args.length === 1 && isWholeStmt(inference, call, name)) {
    return name === "q_move" ? inference.infer(operand) : UNIT;
  }
  inference.report(call, {
    code: "DR0316",
    message: INTRINSIC_RULES[name],
    label: "not of that form",
    help: `write ${name === "q_alloc" ? "let x = q_alloc(TYPE)" : `let y = ${name}(x)`}`,
  });
  return undefined;
}

const INTRINSIC_RULES: { readonly [name in QIntrinsic]: string } = {
  q_alloc: "q_alloc takes the name of a type, and its result is bound to a name",
  q_move: "q_move takes one linear name, and its result is bound to another",
  q_use: "q_use takes one linear name, and is a statement or the right side of one",
  q_consume: "q_consume takes one linear name, and is a statement or the right side of one",
};

/** Whether an intrinsic is all that its statement executes; what it creates or moves must be bound to a name there. */
function isWholeStmt({ at }: Inference, call: CallExpr, name: QIntrinsic): boolean {
  const { stmt } = at;
  if (stmt === undefined || stmt.kind === "Return" || wholeExprOf(stmt) !== call) return false;
  const isBound = stmt.kind === "Let" || (stmt.kind === "Call" && stmt.result !== undefined);
  return isBound || name === "q_use" || name === "q_consume";
}
