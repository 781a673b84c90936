/**
 * Types in the model: what each expression is, and whether it may stand there (TYP-02 to TYP-10, X-35).
 *
 * @module
 */
import { type Binary, type Expression, namesIn } from "./expression.ts";
import type { Resolve } from "./lookup.ts";
import type { ModelProc, ModelProgram } from "./program.ts";
import type { Rules } from "./rules.ts";
import { type ModelType, shapeNamed, typeNamed } from "./types.ts";

/** A type, or `undefined` where it is not known: nothing is concluded from that. */
export type Known = ModelType | undefined;

/** What the types of expressions depend on. */
export interface TypeContext {
  readonly program: ModelProgram;
  readonly proc: ModelProc;
  readonly rules: Rules;
  readonly typeOf: (name: string) => Known;
  readonly resolve: Resolve;
  /** Reports one violation of the statement that is looked at. */
  readonly fault: () => void;
}

/** The type of an expression; faults in it are reported. */
export function inferType(expr: Expression, context: TypeContext): Known {
  switch (expr.kind) {
    case "int":
      return { kind: "int", bits: 64, signed: true };
    case "float":
      return { kind: "float", bits: 64 };
    case "bool":
    case "string":
      return { kind: expr.kind };
    case "name":
      return context.typeOf(expr.name);
    case "call":
      return callType(expr, context, true);
    case "field":
      return fieldType(expr, context);
    case "index": {
      const index = inferType(expr.index, context);
      if (index !== undefined && index.kind !== "int") context.fault();
      const base = inferType(expr.base, context);
      if (base !== undefined && base.kind !== "array") context.fault();
      return base?.kind === "array" ? base.element : undefined;
    }
    case "array": {
      const types = expr.items.map((item) => inferType(item, context));
      const [first] = types;
      if (types.some((type) => !fits(type, first, context.rules))) context.fault();
      return first && { kind: "array", element: first, length: types.length };
    }
    case "shape":
      return shapeType(expr, context);
    case "unary": {
      const operand = inferType(expr.operand, context);
      const isRight = expr.op === "Not" ? operand?.kind === "bool" : isNumber(operand);
      if (operand !== undefined && !isRight) context.fault();
      return operand;
    }
    case "binary":
      return binaryType(expr, context);
  }
}

/** Whether a value of one type may stand where another is declared. Ranges are looked at when it does. */
export function fits(found: Known, expected: Known, rules: Rules): boolean {
  if (found === undefined || expected === undefined) return true;
  if (rules.breaks("bools and integers convert")) {
    if (["int", "bool"].includes(found.kind) && ["int", "bool"].includes(expected.kind)) {
      return true;
    }
  }
  if (found.kind === "shape" && expected.kind === "shape") {
    if (rules.breaks("shapes compared by structure")) {
      const fieldsOf = (type: typeof found) => JSON.stringify(type.shape.fields.map((f) => f.name));
      return fieldsOf(found) === fieldsOf(expected);
    }
    return found.shape === expected.shape;
  }
  if (found.kind === "array" && expected.kind === "array") {
    return found.length === expected.length && fits(found.element, expected.element, rules);
  }
  return found.kind === expected.kind;
}

/** Reports an expression that may not stand where a type is declared. */
export function expectType(expr: Expression, expected: Known, context: TypeContext): void {
  const found = inferType(expr, context);
  if (expected?.kind === "float" && isIntLiteral(expr)) return;
  if (expr.kind === "array" && expected?.kind === "array") {
    if (expr.items.length !== expected.length) context.fault();
    for (const item of expr.items) expectType(item, expected.element, context);
    return;
  }
  if (!fits(found, expected, context.rules)) context.fault();
  else if (expected?.kind === "int" && expr.kind === "int") {
    const bits = BigInt(expected.bits);
    const isInside = expected.signed
      ? BigInt.asIntN(expected.bits, expr.value) === expr.value
      : expr.value >= 0n && expr.value < 2n ** bits;
    const isLoose = context.rules.breaks("declared width ignored") ||
      context.rules.breaks("value truncated to its width");
    if (!isInside && !isLoose) context.fault();
  }
}

/** The type of a call; `isBound` says that its value is wanted. */
export function callType(
  expr: Extract<Expression, { kind: "call" }>,
  context: TypeContext,
  isBound: boolean,
): Known {
  const { rules } = context;
  const target = context.resolve(expr.callee);
  if (target.kind === "intrinsic") {
    const [operand] = expr.args;
    const isForm = operand !== undefined && expr.args.length === 1 &&
      (expr.callee === "q_alloc" || operand.kind === "name");
    if (!isForm) {
      context.fault();
      return undefined;
    }
    return expr.callee === "q_move" ? inferType(operand, context) : { kind: "unit" };
  }
  const callee = target.kind === "proc" ? target.proc : undefined;
  const isArityRight = callee === undefined || callee.params.length === expr.args.length;
  if (!isArityRight && !rules.breaks("number of arguments unchecked")) context.fault();
  expr.args.forEach((arg, position) => {
    const param = callee?.params[position];
    const isChecked = callee !== undefined && param !== undefined && isArityRight;
    if (isChecked) {
      expectType(arg, typeNamed(context.program, callee.forge, param.ty), context);
    } else inferType(arg, context);
  });
  if (callee === undefined) return undefined;
  if (callee.ret === undefined) {
    if (isBound && !rules.breaks("untyped result can be bound")) context.fault();
    return undefined;
  }
  return typeNamed(context.program, callee.forge, callee.ret);
}

function fieldType(expr: Extract<Expression, { kind: "field" }>, context: TypeContext): Known {
  const base = inferType(expr.base, context);
  if (base === undefined) return undefined;
  const field = base.kind === "shape"
    ? base.shape.fields.find(({ name }) => name === expr.field)
    : undefined;
  if (field !== undefined) return typeNamed(context.program, context.proc.forge, field.ty);
  if (!context.rules.breaks("missing field is zero")) context.fault();
  return undefined;
}

function shapeType(expr: Extract<Expression, { kind: "shape" }>, context: TypeContext): Known {
  const { program, proc, rules } = context;
  if (expr.name === "PhiWitness") {
    if (!rules.breaks("witness forged by a literal")) context.fault();
    return { kind: "witness" };
  }
  const shape = shapeNamed(program, proc.forge, expr.name);
  if (shape === undefined) {
    context.fault();
    for (const { value } of expr.fields) inferType(value, context);
    return undefined;
  }
  const isLoose = rules.breaks("shape literal unchecked");
  for (const { name, value } of expr.fields) {
    const field = shape.fields.find((declared) => declared.name === name);
    if (field === undefined || isLoose) inferType(value, context);
    else expectType(value, typeNamed(program, proc.forge, field.ty), context);
  }
  const given = expr.fields.map(({ name }) => name).sort();
  const declared = shape.fields.map(({ name }) => name).sort();
  if (JSON.stringify(given) !== JSON.stringify(declared) && !isLoose) context.fault();
  return { kind: "shape", shape };
}

const RESULT_BOOL = ["Eq", "Ne", "Lt", "Le", "Gt", "Ge", "And", "Or"];

function binaryType(expr: Binary, context: TypeContext): Known {
  const { rules } = context;
  const left = inferType(expr.left, context);
  const right = inferType(expr.right, context);
  const common = commonType(expr, left, right, rules);
  if (left !== undefined && right !== undefined) {
    const isRight = common !== undefined && accepts(expr.op, common, rules);
    const isEquality = expr.op === "Eq" || expr.op === "Ne";
    if (!isRight && !(isEquality && rules.breaks("equality across types"))) context.fault();
  }
  if (RESULT_BOOL.includes(expr.op)) return { kind: "bool" };
  const operand = common ?? left ?? right;
  return isNumber(operand) ? operand : undefined;
}

function commonType(expr: Binary, left: Known, right: Known, rules: Rules): Known {
  if (left?.kind === "float" && isIntLiteral(expr.right)) return left;
  if (right?.kind === "float" && isIntLiteral(expr.left)) return right;
  return left !== undefined && fits(left, right, rules) ? left : undefined;
}

function accepts(op: string, type: ModelType, rules: Rules): boolean {
  const isText = type.kind === "string" && rules.breaks("text operations on strings");
  switch (op) {
    case "Add":
    case "Lt":
    case "Le":
    case "Gt":
    case "Ge":
      return isNumber(type) || isText ||
        (type.kind === "bool" && rules.breaks("bools and integers convert"));
    case "Sub":
    case "Mul":
    case "Div":
      return isNumber(type);
    case "And":
    case "Or":
      return type.kind === "bool" ||
        (type.kind === "int" && rules.breaks("bools and integers convert"));
    case "Eq":
    case "Ne":
      return true;
    default:
      return type.kind === "int";
  }
}

function isNumber(type: Known): boolean {
  return type?.kind === "int" || type?.kind === "float";
}

function isIntLiteral(expr: Expression): boolean {
  return expr.kind === "int" ||
    (expr.kind === "unary" && expr.op === "Neg" && isIntLiteral(expr.operand));
}

/** Whether an expression mentions only names that `isKnown` knows. */
export function mentionsOnly(expr: Expression, isKnown: (name: string) => boolean): boolean {
  return namesIn(expr).every(isKnown);
}
