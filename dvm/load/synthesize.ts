/**
 * Makes expressions of the calls and accesses that DIR v0.2 has as statements, so that calls and accesses have one form everywhere.
 *
 * @module
 */
import type { Expr, MatchArm, Pattern } from "../expr/ast.ts";
import { unreachable } from "../base/result.ts";
import { statementCallee } from "../dir/operations.ts";
import type { ExprText, MemoryOperation } from "../dir/model.ts";

/** `target(arg, arg)`. */
export function callExpr(target: string, args: readonly ExprText[], offset: number): ExprText {
  return callOf(target, target, args, offset);
}

/** The call that a memory statement is. Its callee is a name that no call in an artifact can have. */
export function operationExpr(
  operation: MemoryOperation,
  args: readonly ExprText[],
  offset: number,
): ExprText {
  return callOf(operation, statementCallee(operation), args, offset);
}

function callOf(
  target: string,
  callee: string,
  args: readonly ExprText[],
  offset: number,
): ExprText {
  let text = `${target}(`;
  const shifted = args.map((arg, index) => {
    if (index > 0) text += ", ";
    const expr = shift(arg.expr, text.length);
    text += arg.text;
    return expr;
  });
  text += ")";
  return {
    text,
    expr: { kind: "call", callee, args: shifted, start: 0, end: text.length },
    offset,
  };
}

/** `target[index]`, or `target.field` where the second part is a name. */
export function accessExpr(target: ExprText, part: ExprText | string): ExprText {
  const start = 0;
  if (typeof part === "string") {
    const text = `${target.text}.${part}`;
    return {
      text,
      expr: { kind: "field", base: target.expr, field: part, start, end: text.length },
      offset: target.offset,
    };
  }
  const text = `${target.text}[${part.text}]`;
  const index = shift(part.expr, target.text.length + 1);
  return {
    text,
    expr: { kind: "index", base: target.expr, index, start, end: text.length },
    offset: target.offset,
  };
}

/** The same tree with all spans moved right by `by` units. */
function shift(expr: Expr, by: number): Expr {
  const span = { start: expr.start + by, end: expr.end + by };
  switch (expr.kind) {
    case "int":
    case "float":
    case "bool":
    case "string":
    case "char":
    case "name":
      return { ...expr, ...span };
    case "call":
      return { ...expr, ...span, args: expr.args.map((arg) => shift(arg, by)) };
    case "field":
      return { ...expr, ...span, base: shift(expr.base, by) };
    case "index":
      return { ...expr, ...span, base: shift(expr.base, by), index: shift(expr.index, by) };
    case "array":
      return { ...expr, ...span, items: expr.items.map((item) => shift(item, by)) };
    case "unary":
      return { ...expr, ...span, operand: shift(expr.operand, by) };
    case "binary":
      return { ...expr, ...span, left: shift(expr.left, by), right: shift(expr.right, by) };
    case "shape":
      return {
        ...expr,
        ...span,
        fields: expr.fields.map((field) => ({
          name: field.name,
          value: shift(field.value, by),
          start: field.start + by,
          end: field.end + by,
        })),
      };
    case "match":
      return {
        ...expr,
        ...span,
        subject: shift(expr.subject, by),
        arms: expr.arms.map((arm): MatchArm => ({
          pattern: shiftPattern(arm.pattern, by),
          body: shift(arm.body, by),
          start: arm.start + by,
          end: arm.end + by,
        })),
      };
    default:
      return unreachable(expr);
  }
}

function shiftPattern(pattern: Pattern, by: number): Pattern {
  if (pattern.kind !== "literals") return pattern;
  const values = pattern.values.map((value) => ({
    ...value,
    start: value.start + by,
    end: value.end + by,
  }));
  return { kind: "literals", values };
}
