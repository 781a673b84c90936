/**
 * The evaluator of expressions: tree and cells in, value out. Pure and total: what can go wrong is a value too.
 *
 * A call is not made here. The machine owns frames; the evaluator stops at the first call whose result it does not have,
 * says so, and is started again with one result more (design 2). Expressions are pure, so starting again is harmless.
 *
 * Operands of the wrong kind cannot reach this file: the static checks refuse them (TYP-03), and meeting one is a bug.
 *
 * @module
 */
import { VALUE_TEXT_MAX } from "../base/limits.ts";
import { assert, bug, unreachable } from "../base/result.ts";
import type { Shape } from "../dir/type.ts";
import type {
  BinaryExpr,
  BinaryOperator,
  CallExpr,
  Expr,
  IndexExpr,
  MatchExpr,
  ShapeExpr,
  UnaryExpr,
} from "../expr/ast.ts";
import {
  addInt64,
  bitwiseInt64,
  divideInt64,
  type Int64,
  multiplyInt64,
  negateInt64,
  shiftInt64,
  subtractInt64,
} from "../value/int64.ts";
import { holdsTooMuchText } from "../value/text_size.ts";
import { boolValue, equalValues, intValue, stringValue, UNIT, type Value } from "../value/value.ts";
import { fitValue } from "./fit_value.ts";

/** What an expression is evaluated in. */
export interface Scope {
  /** One cell per name of the process; `undefined` until it is bound. */
  readonly cells: readonly (Value | undefined)[];
  /** Results of the calls finished so far, in evaluation order. */
  readonly results: readonly Value[];
  /** The shape a literal's name means here. */
  readonly findShape: (name: string) => Shape | undefined;
  /** Whether a callee is one of the Q intrinsics, which open no frame. */
  readonly isIntrinsic: (callee: string) => boolean;
}

/** The codes of evaluation failures; all of kind `Runtime`. */
export type EvaluationCode =
  /** An integer result leaves 64 bits. */
  | "DR0801"
  /** Division by zero. */
  | "DR0802"
  /** A shift count outside 0 to 63. */
  | "DR0803"
  /** An index outside the array. */
  | "DR0804"
  /** A float result is not finite. */
  | "DR0805"
  /** No arm of a match fits. */
  | "DR0806"
  /** A value does not fit the declared type of the place it enters. */
  | "DR0807"
  /** A value holds more text than an event can. */
  | "DR0808";

/** Evaluation failed: at which part of the expression, and why. */
export interface EvaluationFailure {
  readonly kind: "failure";
  readonly code: EvaluationCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** Evaluation needs the result of a call before it can go on. */
export interface CallNeeded {
  readonly kind: "call";
  readonly call: CallExpr;
  readonly args: readonly Value[];
}

/** What evaluation comes to. */
export type Evaluated = Value | EvaluationFailure | CallNeeded;

/** Whether evaluation came to a value. */
export function isValue(evaluated: Evaluated): evaluated is Value {
  return evaluated.kind !== "failure" && evaluated.kind !== "call";
}

/**
 * Evaluates `expr` in `scope`. Both operands of every operator are evaluated, left first: there is no short circuit.
 *
 * @example
 * ```ts
 * import { evaluate } from "./evaluate.ts";
 * import { parseExpr } from "../expr/parse.ts";
 * const parsed = parseExpr("1 Add 2 Mul 3");
 * const scope = { cells: [], results: [], findShape: () => undefined, isIntrinsic: () => false };
 * const value = parsed.ok ? evaluate(parsed.value, scope) : undefined;
 * if (value?.kind !== "Int" || value.value !== 7) throw new Error();
 * ```
 */
export function evaluate(expr: Expr, scope: Scope): Evaluated {
  switch (expr.kind) {
    case "int": // the two cases that loops spend their time in
    case "name":
      return expr.kind === "int" ? intValue(expr.value) : readName(expr.name, expr.slot, scope);
    default:
      return new Evaluator(scope).evaluate(expr);
  }
}

/**
 * Evaluates several expressions as if they were one, in order, so that `results` are counted through all of them. Where one
 * does not come to a value, says which.
 */
export function evaluateAll(exprs: readonly Expr[], scope: Scope): readonly Value[] | Stopped {
  const evaluator = new Evaluator(scope);
  const values: Value[] = [];
  for (const [index, expr] of exprs.entries()) {
    const value = evaluator.evaluate(expr);
    if (!isValue(value)) return { index, stop: value };
    values.push(value);
  }
  return values;
}

/** Which of several expressions evaluation stopped in, and why. */
export interface Stopped {
  readonly index: number;
  readonly stop: EvaluationFailure | CallNeeded;
}

function readName(name: string, slot: number, scope: Scope): Value {
  const value = scope.cells[slot];
  assert(value !== undefined, `name ${name} is read before it is bound`);
  return value;
}

/** One evaluation: counts the calls it has passed. */
class Evaluator {
  readonly #scope: Scope;
  /** Cells of match arms' names, which belong to this evaluation only. */
  #bound: Map<number, Value> | undefined;
  #calls = 0;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  evaluate(expr: Expr): Evaluated {
    switch (expr.kind) {
      case "binary":
        return this.#binary(expr);
      case "name":
        return this.#bound?.get(expr.slot) ?? readName(expr.name, expr.slot, this.#scope);
      case "int":
        return intValue(expr.value);
      case "bool":
        return boolValue(expr.value);
      case "string":
        return bounded(stringValue(expr.value), expr);
      case "float":
        return { kind: "Float", value: expr.value };
      case "char":
        return { kind: "Char", value: expr.value };
      case "field": {
        const base = this.evaluate(expr.base);
        if (!isValue(base)) return base;
        assert(base.kind === "Struct", "a field is read from what is no shape");
        const value = base.fields.get(expr.field);
        assert(value !== undefined, `a ${base.ty} has no field ${expr.field}`);
        return value;
      }
      case "index":
        return this.#index(expr);
      case "unary":
        return this.#unary(expr);
      case "call":
        return this.#call(expr);
      case "shape":
        return this.#shape(expr);
      case "array": {
        const items = this.#list(expr.items);
        return isStop(items) ? items : bounded({ kind: "Array", items: sameNumbers(items) }, expr);
      }
      case "match":
        return this.#match(expr);
      default:
        return unreachable(expr);
    }
  }

  #binary(expr: BinaryExpr): Evaluated {
    const left = this.evaluate(expr.left);
    if (!isValue(left)) return left;
    const right = this.evaluate(expr.right);
    if (!isValue(right)) return right;
    if (left.kind === "Int" && right.kind === "Int") {
      return intOperation(expr, left.value, right.value);
    }
    if (expr.isSingle) {
      return singleOperation(expr, floatOperand(left), floatOperand(right));
    }
    switch (expr.op) {
      case "Eq":
        return boolValue(equalOperands(left, right));
      case "Ne":
        return boolValue(!equalOperands(left, right));
      case "And":
      case "Or":
        assert(left.kind === "Bool" && right.kind === "Bool", `${expr.op} of what is no Bool`);
        return boolValue(expr.op === "And" ? left.value && right.value : left.value || right.value);
      default:
        return floatOperation(expr, floatOperand(left), floatOperand(right));
    }
  }

  #unary(expr: UnaryExpr): Evaluated {
    const operand = this.evaluate(expr.operand);
    if (!isValue(operand)) return operand;
    if (expr.op === "Not") {
      assert(operand.kind === "Bool", "Not of what is no Bool");
      return boolValue(!operand.value);
    }
    if (operand.kind === "Float") return { kind: "Float", value: -operand.value };
    assert(operand.kind === "Int", "Neg of what is no number");
    const negated = negateInt64(operand.value);
    return negated === undefined
      ? failed("DR0801", `integer overflow: Neg(${operand.value})`, expr)
      : intValue(negated);
  }

  #index(expr: IndexExpr): Evaluated {
    const base = this.evaluate(expr.base);
    if (!isValue(base)) return base;
    const index = this.evaluate(expr.index);
    if (!isValue(index)) return index;
    assert(base.kind === "Array" && index.kind === "Int", "an index into what is no array");
    const item = typeof index.value === "number" ? base.items[index.value] : undefined;
    if (item !== undefined) return item;
    const length = base.items.length;
    return failed("DR0804", `index ${index.value} is outside an array of length ${length}`, expr);
  }

  #call(expr: CallExpr): Evaluated {
    if (this.#scope.isIntrinsic(expr.callee)) return this.#intrinsic(expr);
    const args = this.#list(expr.args);
    if (isStop(args)) return args;
    const result = this.#scope.results[this.#calls++];
    return result ?? { kind: "call", call: expr, args };
  }

  /** Values are descriptors: moving hands the value on; allocating, borrowing and freeing answer Unit. */
  #intrinsic(expr: CallExpr): Evaluated {
    const [operand] = expr.args;
    if (expr.callee === "q_alloc" || operand === undefined) return UNIT;
    const value = this.evaluate(operand);
    return !isValue(value) || expr.callee === "q_move" ? value : UNIT;
  }

  #shape(expr: ShapeExpr): Evaluated {
    const shape = this.#scope.findShape(expr.name);
    assert(shape !== undefined, `no shape ${expr.name}`);
    const given = new Map<string, Value>();
    for (const init of expr.fields) {
      const value = this.evaluate(init.value);
      if (!isValue(value)) return value;
      given.set(init.name, value);
    }
    // Literals may list fields in any order; values hold them in the order of the declaration (TYP-08).
    const fields = new Map<string, Value>();
    for (const field of shape.fields) {
      const value = given.get(field.name);
      assert(value !== undefined, `a literal of ${shape.name} lacks ${field.name}`);
      const fitted = fitValue(value, field.type);
      if (!fitted.ok) {
        return failed("DR0807", `${fitted.failure} (field ${field.name} of ${shape.name})`, expr);
      }
      fields.set(field.name, fitted.value);
    }
    return bounded({ kind: "Struct", ty: shape.name, fields }, expr);
  }

  #match(expr: MatchExpr): Evaluated {
    const value = this.#chosenArm(expr);
    return expr.isFloat && value.kind === "Int" ? floatOf(value.value) : value;
  }

  #chosenArm(expr: MatchExpr): Evaluated {
    const subject = this.evaluate(expr.subject);
    if (!isValue(subject)) return subject;
    for (const arm of expr.arms) {
      switch (arm.pattern.kind) {
        case "any":
          return this.evaluate(arm.body);
        case "bind":
          this.#bound ??= new Map();
          this.#bound.set(arm.pattern.slot, subject);
          return this.evaluate(arm.body);
        case "literals": {
          for (const literal of arm.pattern.values) {
            const value = this.evaluate(literal);
            if (isValue(value) && equalOperands(subject, value)) return this.evaluate(arm.body);
          }
          break;
        }
        default:
          return unreachable(arm.pattern);
      }
    }
    return failed("DR0806", "no arm of the match fits its subject", expr);
  }

  #list(exprs: readonly Expr[]): Value[] | EvaluationFailure | CallNeeded {
    const values: Value[] = [];
    for (const expr of exprs) {
      const value = this.evaluate(expr);
      if (!isValue(value)) return value;
      values.push(value);
    }
    return values;
  }
}

function isStop(
  list: Value[] | EvaluationFailure | CallNeeded,
): list is EvaluationFailure | CallNeeded {
  return !Array.isArray(list);
}

/** The value, unless it holds more text than one event of the log may. */
function bounded(value: Value, at: Expr): Evaluated {
  if (!holdsTooMuchText(value)) return value;
  return failed("DR0808", `a value holds more than ${VALUE_TEXT_MAX} characters of text`, at);
}

function failed(code: EvaluationCode, message: string, at: Expr): EvaluationFailure {
  return { kind: "failure", code, message, start: at.start, end: at.end };
}

function intOperation(expr: BinaryExpr, a: Int64, b: Int64): Evaluated {
  switch (expr.op) {
    case "Add":
      return checkedInt(addInt64(a, b), expr, a, b);
    case "Sub":
      return checkedInt(subtractInt64(a, b), expr, a, b);
    case "Mul":
      return checkedInt(multiplyInt64(a, b), expr, a, b);
    case "Div":
      if (b === 0) return failed("DR0802", `division by zero: ${a} Div 0`, expr);
      return checkedInt(divideInt64(a, b), expr, a, b);
    case "Eq":
      return boolValue(a === b);
    case "Ne":
      return boolValue(a !== b);
    case "Lt":
      return boolValue(a < b);
    case "Le":
      return boolValue(a <= b);
    case "Gt":
      return boolValue(a > b);
    case "Ge":
      return boolValue(a >= b);
    case "BitAnd":
    case "BitOr":
    case "BitXor":
      return intValue(bitwiseInt64(expr.op, a, b));
    case "Shl":
    case "Shr":
      if (b < 0 || b > 63) return failed("DR0803", `shift count ${b} is outside 0 to 63`, expr);
      return checkedInt(shiftInt64(expr.op, a, b), expr, a, b);
    case "And":
    case "Or":
      return bug(`${expr.op} of Int`);
    default:
      return unreachable(expr.op);
  }
}

function checkedInt(exact: Int64 | undefined, expr: BinaryExpr, a: Int64, b: Int64): Evaluated {
  return exact === undefined
    ? failed("DR0801", `integer overflow: ${a} ${expr.op} ${b}`, expr)
    : intValue(exact);
}

/** An integer literal beside a float is a float; the checks admit no other mixture. */
function floatOperand(value: Value): number {
  assert(value.kind === "Float" || value.kind === "Int", "arithmetic on what is no number");
  return Number(value.value);
}

function equalOperands(left: Value, right: Value): boolean {
  if (left.kind === "Float" && right.kind === "Int") return left.value === Number(right.value);
  if (left.kind === "Int" && right.kind === "Float") return Number(left.value) === right.value;
  return equalValues(left, right);
}

/** Integer literals among floats are floats; the checks admit no other mixture. */
function sameNumbers(items: readonly Value[]): readonly Value[] {
  if (!items.some((item) => item.kind === "Float")) return items;
  return items.map((item) => item.kind === "Int" ? floatOf(item.value) : item);
}

function floatOf(value: Int64): Value {
  return { kind: "Float", value: Number(value) };
}

/**
 * The value as a place holds it that held `before`: an integer literal assigned to a float is a float. The checks have
 * seen to everything else.
 */
export function valueLike(value: Value, before: Value | undefined): Value {
  if (value.kind === "Int") return before?.kind === "Float" ? floatOf(value.value) : value;
  if (value.kind !== "Array" || before?.kind !== "Array") return value;
  const [first] = before.items;
  if (first?.kind !== "Float" && first?.kind !== "Array") return value;
  return { kind: "Array", items: value.items.map((item) => valueLike(item, first)) };
}

/** An operation on f32: its literals are f32, and so is its result. Rounding a binary64 result once is exact enough for that. */
function singleOperation(expr: BinaryExpr, a: number, b: number): Evaluated {
  const x = Math.fround(a), y = Math.fround(b);
  if (expr.op === "Eq" || expr.op === "Ne") return boolValue((x === y) === (expr.op === "Eq"));
  const result = floatOperation(expr, x, y);
  if (!isValue(result) || result.kind !== "Float") return result;
  const value = Math.fround(result.value);
  return Number.isFinite(value)
    ? { kind: "Float", value }
    : failed("DR0805", `the result of ${expr.op} is not a finite number`, expr);
}

function floatOperation(expr: BinaryExpr, a: number, b: number): Evaluated {
  switch (expr.op) {
    case "Lt":
      return boolValue(a < b);
    case "Le":
      return boolValue(a <= b);
    case "Gt":
      return boolValue(a > b);
    case "Ge":
      return boolValue(a >= b);
    default: {
      if (expr.op === "Div" && b === 0) return failed("DR0802", "division by zero", expr);
      const value = floatArithmetic(expr.op, a, b);
      return Number.isFinite(value)
        ? { kind: "Float", value }
        : failed("DR0805", `the result of ${expr.op} is not a finite number`, expr);
    }
  }
}

function floatArithmetic(op: BinaryOperator, a: number, b: number): number {
  switch (op) {
    case "Add":
      return a + b;
    case "Sub":
      return a - b;
    case "Mul":
      return a * b;
    case "Div":
      return a / b;
    default:
      return bug(`${op} of Float`);
  }
}
