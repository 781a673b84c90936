/**
 * Questions about an expression's names and calls.
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

/** Whether a direct part of an expression passes the test. Makes no list, for questions that are asked of every expression. */
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

/** Whether an expression holds a call; most hold none. */
export function hasCall(expr: Expr): boolean {
  return expr.kind === "call" || somePart(expr, hasCall);
}

/** Every name mentioned, in evaluation order, repetitions included. */
export function namesOf(expr: Expr): NameExpr[] {
  if (expr.kind === "name") return [expr];
  return partsOf(expr).flatMap(namesOf);
}

/** Every call, inner ones before the call they are arguments of. */
export function callsOf(expr: Expr): readonly CallExpr[] {
  if (!hasCall(expr)) return NO_CALLS;
  const inner = partsOf(expr).flatMap(callsOf);
  return expr.kind === "call" ? [...inner, expr] : inner;
}

const NO_CALLS: readonly CallExpr[] = [];

/** The cells that an expression reads, each once, names bound by its own match arms left out. */
export function slotsOf(expr: Expr): number[] {
  const own = new Set<number>();
  collectArmSlots(expr, own);
  return [...new Set(namesOf(expr).map((name) => name.slot))].filter((slot) => !own.has(slot));
}

function collectArmSlots(expr: Expr, into: Set<number>): void {
  if (expr.kind === "match") {
    for (const arm of expr.arms) if (arm.pattern.kind === "bind") into.add(arm.pattern.slot);
  }
  for (const part of partsOf(expr)) collectArmSlots(part, into);
}
