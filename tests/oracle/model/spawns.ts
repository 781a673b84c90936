/**
 * `spawn(p)` is `spawn(p())`: what it names is a process that is called, not a value (X-58, TYP-22).
 *
 * @module
 */
import type { Expression } from "./expression.ts";
import { Lookup } from "./lookup.ts";
import type { ModelProc, ModelProgram, Statement } from "./program.ts";
import type { Rules } from "./rules.ts";

/** A program in which every spawn has a call. */
export function withSpawnedCalls(program: ModelProgram, rules: Rules): ModelProgram {
  const lookup = new Lookup(program, rules);
  return {
    ...program,
    forges: program.forges.map((forge) => ({
      ...forge,
      procs: forge.procs.map((proc) => ({
        ...proc,
        body: proc.body.map((statement) => ofStatement(lookup, proc, statement)),
      })),
    })),
  };
}

function ofStatement(lookup: Lookup, proc: ModelProc, statement: Statement): Statement {
  const ofBlock = (block: readonly Statement[]) =>
    block.map((each) => ofStatement(lookup, proc, each));
  switch (statement.kind) {
    case "If":
      return {
        ...statement,
        then: ofBlock(statement.then),
        otherwise: statement.otherwise && ofBlock(statement.otherwise),
      };
    case "While":
    case "For":
      return { ...statement, body: ofBlock(statement.body) };
    case "Call":
      return { ...statement, expr: ofCall(lookup, proc, statement.expr) };
    case "Let":
    case "Assign":
    case "Effect":
      return { ...statement, expr: ofWhole(lookup, proc, statement.expr) };
    case "Return":
      return { ...statement, expr: statement.expr && ofWhole(lookup, proc, statement.expr) };
    default:
      return statement;
  }
}

function ofWhole(lookup: Lookup, proc: ModelProc, expr: Expression): Expression {
  return expr.kind === "call" ? ofCall(lookup, proc, expr) : expr;
}

function ofCall(
  lookup: Lookup,
  proc: ModelProc,
  expr: Extract<Expression, { kind: "call" }>,
): Extract<Expression, { kind: "call" }> {
  const [named, ...others] = expr.args;
  const isSpawn = expr.callee === "spawn" && lookup.meaningOf(proc, expr).kind === "operation";
  if (!isSpawn || named?.kind !== "name") return expr;
  return { ...expr, args: [{ kind: "call", callee: named.name, args: [] }, ...others] };
}
