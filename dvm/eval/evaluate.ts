/**
 * The evaluator of expressions: tree and cells in, value out. Pure and total: a failed evaluation is a result too.
 *
 * The evaluator makes no calls, because the machine owns the frames. It stops at the first call whose result it does not have,
 * returns that call, and is started again with one more result. Expressions are pure, so evaluating a part again is harmless.
 *
 * The static checks refuse operands of the wrong type (TYP-03); here they are a bug.
 *
 * @module
 */
import { assert, bug, unreachable } from "../base/result.ts";
import type { Shape } from "../dir/type.ts";
import type {
  BinaryExpr,
  CallExpr,
  Expr,
  IndexExpr,
  IntLiteral,
  MatchArm,
  MatchExpr,
  NameExpr,
  Pattern,
  ShapeExpr,
  UnaryExpr,
} from "../expr/ast.ts";
import { negateInt64 } from "../value/int64.ts";
import { hasTooManyParts } from "../value/parts.ts";
import { holdsTooMuchText } from "../value/text_size.ts";
import { boolValue, equalValues, intValue, stringValue, UNIT, type Value } from "../value/value.ts";
import {
  type CallNeeded,
  type Evaluated,
  type EvaluationFailure,
  failed,
  isValue,
} from "./evaluated.ts";
import { fitValue } from "./fit_value.ts";
import { floatOperation, intOperation, singleOperation } from "./operations.ts";

/** The values that an evaluation reads. */
export interface Bindings {
  /** One cell per name of the process; `undefined` until it is bound. */
  readonly cells: readonly (Value | undefined)[];
  /** Results of the calls finished so far, in evaluation order. */
  readonly results: readonly Value[];
}

/** What the names of shapes and callees mean in a program. */
export interface Meanings {
  /** The shape that the name of a shape literal denotes. */
  readonly findShape: (name: string) => Shape | undefined;
  /** Whether a callee is a Q intrinsic, which opens no frame. */
  readonly isIntrinsic: (callee: string) => boolean;
  /** Learns which arm of each `match` is evaluated. */
  readonly onArm?: ((match: MatchExpr, arm: MatchArm) => void) | undefined;
}

/** The environment of an evaluation. */
export interface Scope extends Bindings, Meanings {}

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
  return new Evaluator(scope).evaluate(expr, scope);
}

/**
 * Evaluates several expressions in order, as one evaluation: `results` holds the results of the calls of all of them. Returns
 * their values, or the first expression without a value.
 */
export function evaluateAll(exprs: readonly Expr[], scope: Scope): readonly Value[] | Stopped {
  return new Evaluator(scope).evaluateAll(exprs, scope);
}

/** The expression, by index, at which the evaluation of several stopped, and why. */
export interface Stopped {
  readonly index: number;
  readonly stop: EvaluationFailure | CallNeeded;
}

/** The operand of a float operation. */
function floatIn(value: Value): number {
  return value.kind === "Float" ? value.value : bug(`a float operation on a ${value.kind}`);
}

/** The value of an integer literal: a float where its uses make it one. */
function literalValue({ value, float }: IntLiteral): Value {
  return float === undefined ? intValue(value) : { kind: "Float", value: float };
}

/** The value of a name that has none in the scope: an arm of a `match` binds it. */
function nameInArm({ name, slot }: NameExpr, { bound }: Evaluation): Value {
  return bound?.get(slot) ?? bug(`name ${name} is read before it is bound`);
}

/** Evaluates expressions of one program, one evaluation after the other. */
export class Evaluator {
  readonly #evaluation: Evaluation;

  constructor(meanings: Meanings) {
    this.#evaluation = { meanings, cells: [], results: [], bound: undefined, calls: 0 };
  }

  /** Evaluates one expression, as {@link evaluate} does. */
  evaluate(expr: Expr, bindings: Bindings): Evaluated {
    return valueOf(expr, begin(this.#evaluation, bindings));
  }

  /** Evaluates several expressions, as {@link evaluateAll} does. */
  evaluateAll(exprs: readonly Expr[], bindings: Bindings): readonly Value[] | Stopped {
    const evaluation = begin(this.#evaluation, bindings);
    const values: Value[] = [];
    for (const [index, expr] of exprs.entries()) {
      const value = valueOf(expr, evaluation);
      if (!isValue(value)) return { index, stop: value };
      values.push(value);
    }
    return values;
  }
}

/** One evaluation. */
interface Evaluation {
  readonly meanings: Meanings;
  cells: Bindings["cells"];
  results: Bindings["results"];
  /** Values of the names that match arms bind, by cell: they exist in this evaluation only. */
  bound: Map<number, Value> | undefined;
  /** Calls evaluated so far. */
  calls: number;
}

function begin(evaluation: Evaluation, { cells, results }: Bindings): Evaluation {
  evaluation.cells = cells;
  evaluation.results = results;
  evaluation.bound = undefined;
  evaluation.calls = 0;
  return evaluation;
}

/** Small enough to be compiled into its callers: nearly all parts of expressions have these three kinds. */
function valueOf(expr: Expr, evaluation: Evaluation): Evaluated {
  switch (expr.kind) {
    case "binary":
      return binaryValue(expr, evaluation);
    case "name":
      return evaluation.cells[expr.slot] ?? nameInArm(expr, evaluation);
    case "int":
      return literalValue(expr);
    default:
      return otherValue(expr, evaluation);
  }
}

function otherValue(
  expr: Exclude<Expr, BinaryExpr | NameExpr | IntLiteral>,
  evaluation: Evaluation,
): Evaluated {
  switch (expr.kind) {
    case "bool":
      return boolValue(expr.value);
    case "string":
      return bounded(stringValue(expr.value), expr);
    case "float":
      return { kind: "Float", value: expr.value };
    case "char":
      return { kind: "Char", value: expr.value };
    case "field": {
      const base = valueOf(expr.base, evaluation);
      if (!isValue(base)) return base;
      assert(base.kind === "Struct", "a field is read from a value that is not a shape");
      return base.fields.get(expr.field) ?? bug(`a ${base.ty} has no field ${expr.field}`);
    }
    case "index":
      return indexValue(expr, evaluation);
    case "unary":
      return unaryValue(expr, evaluation);
    case "call":
      return callValue(expr, evaluation);
    case "shape":
      return shapeValue(expr, evaluation);
    case "array": {
      const items = list(expr.items, evaluation);
      return isStop(items) ? items : bounded({ kind: "Array", items }, expr);
    }
    case "match":
      return matchValue(expr, evaluation);
    default:
      return unreachable(expr);
  }
}

function binaryValue(expr: BinaryExpr, evaluation: Evaluation): Evaluated {
  const left = valueOf(expr.left, evaluation);
  if (left.kind !== "Int" && !isValue(left)) return left;
  const right = valueOf(expr.right, evaluation);
  if (left.kind === "Int" && right.kind === "Int") {
    return intOperation(expr, left.value, right.value);
  }
  return isValue(right) ? otherOperation(expr, left, right) : right;
}

/** An operation whose operands are not both integers. */
function otherOperation(expr: BinaryExpr, left: Value, right: Value): Evaluated {
  if (expr.isSingle) return singleOperation(expr, floatIn(left), floatIn(right));
  switch (expr.op) {
    case "Eq":
      return boolValue(equalValues(left, right));
    case "Ne":
      return boolValue(!equalValues(left, right));
    case "And":
    case "Or":
      assert(
        left.kind === "Bool" && right.kind === "Bool",
        `${expr.op} of a value that is not a Bool`,
      );
      return boolValue(expr.op === "And" ? left.value && right.value : left.value || right.value);
    default:
      return floatOperation(expr, floatIn(left), floatIn(right));
  }
}

function unaryValue(expr: UnaryExpr, evaluation: Evaluation): Evaluated {
  const operand = valueOf(expr.operand, evaluation);
  if (!isValue(operand)) return operand;
  if (expr.op === "Not") {
    assert(operand.kind === "Bool", "Not of a value that is not a Bool");
    return boolValue(!operand.value);
  }
  if (operand.kind === "Float") return { kind: "Float", value: -operand.value };
  assert(operand.kind === "Int", "Neg of a value that is not a number");
  const negated = negateInt64(operand.value);
  return negated === undefined
    ? failed({ kind: "negation_overflow", operand: operand.value }, expr)
    : intValue(negated);
}

function indexValue(expr: IndexExpr, evaluation: Evaluation): Evaluated {
  const base = valueOf(expr.base, evaluation);
  if (!isValue(base)) return base;
  const index = valueOf(expr.index, evaluation);
  if (!isValue(index)) return index;
  assert(
    base.kind === "Array" && index.kind === "Int",
    "an index into a value that is not an array",
  );
  const item = typeof index.value === "number" ? base.items[index.value] : undefined;
  if (item !== undefined) return item;
  return failed({ kind: "index", index: index.value, length: base.items.length }, expr);
}

function callValue(expr: CallExpr, evaluation: Evaluation): Evaluated {
  if (evaluation.meanings.isIntrinsic(expr.callee)) return intrinsicValue(expr, evaluation);
  const args = list(expr.args, evaluation);
  if (isStop(args)) return args;
  const result = evaluation.results[evaluation.calls++];
  return result ?? { kind: "call", call: expr, args };
}

/** Values are descriptors: `q_move` returns its operand, the other intrinsics return Unit. */
function intrinsicValue(expr: CallExpr, evaluation: Evaluation): Evaluated {
  const [operand] = expr.args;
  if (expr.callee === "q_alloc" || operand === undefined) return UNIT;
  const value = valueOf(operand, evaluation);
  return !isValue(value) || expr.callee === "q_move" ? value : UNIT;
}

function shapeValue(expr: ShapeExpr, evaluation: Evaluation): Evaluated {
  const shape = evaluation.meanings.findShape(expr.name);
  assert(shape !== undefined, `no shape ${expr.name}`);
  const given = new Map<string, Value>();
  for (const init of expr.fields) {
    const value = valueOf(init.value, evaluation);
    if (!isValue(value)) return value;
    given.set(init.name, value);
  }
  // A literal may give fields in any order; a value has them in the order of declaration (TYP-08).
  const fields = new Map<string, Value>();
  for (const field of shape.fields) {
    const value = given.get(field.name);
    assert(value !== undefined, `a literal of ${shape.name} lacks ${field.name}`);
    const fitted = fitValue(value, field.type);
    if (!fitted.ok) {
      const position = { shape: shape.name, field: field.name };
      return failed({ kind: "field", ...position, failure: fitted.failure }, expr);
    }
    fields.set(field.name, fitted.value);
  }
  return bounded({ kind: "Struct", ty: shape.name, fields }, expr);
}

function matchValue(expr: MatchExpr, evaluation: Evaluation): Evaluated {
  const subject = valueOf(expr.subject, evaluation);
  if (!isValue(subject)) return subject;
  const arm = expr.arms.find(({ pattern }) => fits(pattern, subject, evaluation));
  if (arm === undefined) return failed({ kind: "no_arm" }, expr);
  if (arm.pattern.kind === "bind") {
    evaluation.bound ??= new Map();
    evaluation.bound.set(arm.pattern.slot, subject);
  }
  evaluation.meanings.onArm?.(expr, arm);
  return valueOf(arm.body, evaluation);
}

function fits(pattern: Pattern, subject: Value, evaluation: Evaluation): boolean {
  if (pattern.kind !== "literals") return true;
  return pattern.values.some((literal) => {
    const value = valueOf(literal, evaluation);
    return isValue(value) && equalValues(subject, value);
  });
}

function list(
  exprs: readonly Expr[],
  evaluation: Evaluation,
): Value[] | EvaluationFailure | CallNeeded {
  const values: Value[] = [];
  for (const expr of exprs) {
    const value = valueOf(expr, evaluation);
    if (!isValue(value)) return value;
    values.push(value);
  }
  return values;
}

function isStop(
  list: Value[] | EvaluationFailure | CallNeeded,
): list is EvaluationFailure | CallNeeded {
  return !Array.isArray(list);
}

/** The value, or a failure if it is larger than one event of the log may have it. */
function bounded(value: Value, at: Expr): Evaluated {
  if (holdsTooMuchText(value)) return failed({ kind: "too_much_text" }, at);
  return hasTooManyParts(value) ? failed({ kind: "too_many_parts" }, at) : value;
}
