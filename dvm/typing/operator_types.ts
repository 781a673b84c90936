/**
 * The operand and result types of operators.
 *
 * @module
 */
import type { BinaryExpr } from "../expr/ast.ts";
import { unreachable } from "../base/result.ts";
import { type Inferred, INT } from "./assignable.ts";
import type { Type } from "../dir/type.ts";

const BOOL: Type = { kind: "bool" };
/** What an operator does, which decides the types of its operands and result. */
export type Family = "arithmetic" | "bits" | "order" | "equality" | "logic";

/** The family of an operator. */
export function familyOf(op: BinaryExpr["op"]): Family {
  switch (op) {
    case "Add":
    case "Sub":
    case "Mul":
    case "Div":
      return "arithmetic";
    case "BitAnd":
    case "BitOr":
    case "BitXor":
    case "Shl":
    case "Shr":
      return "bits";
    case "Lt":
    case "Le":
    case "Gt":
    case "Ge":
      return "order";
    case "Eq":
    case "Ne":
      return "equality";
    case "And":
    case "Or":
      return "logic";
    default:
      return unreachable(op);
  }
}

const OPERAND_HELP: { readonly [family in Family]: string } = {
  arithmetic: "arithmetic takes two numbers of one type",
  bits: "bit operators take two integers",
  order: "ordering takes two numbers of one type",
  equality: "equality takes two operands of one type",
  logic: "And and Or take two bools",
};

/** The operands that an operator takes, as a sentence. */
export function operandHelp(op: BinaryExpr["op"]): string {
  return OPERAND_HELP[familyOf(op)];
}

/** Whether an operator applies to two operands of this type. */
export function accepts(op: BinaryExpr["op"], operand: Type): boolean {
  switch (familyOf(op)) {
    case "arithmetic":
    case "order":
      return operand.kind === "int" || operand.kind === "float";
    case "bits":
      return operand.kind === "int";
    case "logic":
      return operand.kind === "bool";
    case "equality":
      return true;
  }
}

/** The type of the result of an operation, as far as it is known. */
export function resultOf(expr: BinaryExpr, operand: Inferred): Inferred {
  const family = familyOf(expr.op);
  if (family === "order" || family === "equality" || family === "logic") return BOOL;
  if (family === "bits") return INT;
  return operand !== undefined && (operand.kind === "int" || operand.kind === "float")
    ? operand
    : undefined;
}
