/**
 * Whether floats occur in a program, so that a literal may be one.
 *
 * @module
 */
import { memoize } from "../base/memoize.ts";
import type { Proc, Program } from "../dir/model.ts";
import type { Type } from "../dir/type.ts";
import { exprTextsOf, stmtsOf } from "../dir/walk.ts";
import type { Expr, Pattern } from "../expr/ast.ts";
import { somePart } from "../expr/walk.ts";

/** Whether a literal of the process can be a float at all. Most programs have no floats. */
export function hasFloats(program: Program, proc: Proc): boolean {
  return declaresFloats(program) ||
    stmtsOf(proc).some((stmt) => exprTextsOf(stmt).some(({ expr }) => hasFraction(expr)));
}

const declaresFloats = memoize(({ procs, types }: Program) =>
  types.shapes.some(({ fields }) => fields.some(({ type }) => isFloat(type))) ||
  procs.some(({ params, locals, ret }) =>
    params.some(({ type }) => isFloat(type)) || locals.some(({ type }) => isFloat(type)) ||
    (ret !== undefined && isFloat(ret))
  )
);

/** Whether a type is one of floats, or of arrays of them. */
function isFloat(type: Type): boolean {
  return type.kind === "float" || (type.kind === "array" && isFloat(type.element));
}

function hasFraction(expr: Expr): boolean {
  if (expr.kind === "match" && expr.arms.some(({ pattern }) => hasFractions(pattern))) return true;
  return expr.kind === "float" || somePart(expr, hasFraction);
}

function hasFractions(pattern: Pattern): boolean {
  return pattern.kind === "literals" && pattern.values.some(({ kind }) => kind === "float");
}
