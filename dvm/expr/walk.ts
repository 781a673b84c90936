/**
 * Walking expression trees: parts, names, calls.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { CallExpr, Expr, NameExpr } from "./ast.ts";

/** The direct parts of an expression, in evaluation order. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "int":
    case "float":
    case "bool":
    case "string":
    case "char":
    case "name":
      return [];
    case "call":
      return expr.args;
    case "field":
      return [expr.base];
    case "index":
      return [expr.base, expr.index];
    case "shape":
      return expr.fields.map((field) => field.value);
    case "array":
      return expr.items;
    case "unary":
      return [expr.operand];
    case "binary":
      return [expr.left, expr.right];
    case "match":
      return [expr.subject, ...expr.arms.map((arm) => arm.body)];
    default:
      return unreachable(expr);
  }
}

/** Whether the test holds for a direct part of an expression. Makes no list, unlike {@link partsOf}. */
export function somePart(expr: Expr, test: (part: Expr) => boolean): boolean {
  switch (expr.kind) {
    case "int":
    case "float":
    case "bool":
    case "string":
    case "char":
    case "name":
      return false;
    case "binary":
      return test(expr.left) || test(expr.right);
    default:
      return partsOf(expr).some(test);
  }
}

/** Whether an expression contains a call. */
export function hasCall(expr: Expr): boolean {
  return expr.kind === "call" || somePart(expr, hasCall);
}

/** Every name mentioned, in evaluation order, repetitions included. */
export function namesOf(expr: Expr): NameExpr[] {
  if (expr.kind === "name") return [expr];
  return partsOf(expr).flatMap(namesOf);
}

/** Every call, arguments before the call itself. */
export function callsOf(expr: Expr): readonly CallExpr[] {
  if (!hasCall(expr)) return NO_CALLS;
  const inner = partsOf(expr).flatMap(callsOf);
  return expr.kind === "call" ? [...inner, expr] : inner;
}

const NO_CALLS: readonly CallExpr[] = [];

/** The cells that an expression reads, each once, without those that its match arms bind. */
export function slotsOf(expr: Expr): number[] {
  const bound = new Set<number>();
  collectArmSlots(expr, bound);
  return [...new Set(namesOf(expr).map((name) => name.slot))].filter((slot) => !bound.has(slot));
}

function collectArmSlots(expr: Expr, into: Set<number>): void {
  if (expr.kind === "match") {
    for (const arm of expr.arms) if (arm.pattern.kind === "bind") into.add(arm.pattern.slot);
  }
  for (const part of partsOf(expr)) collectArmSlots(part, into);
}
