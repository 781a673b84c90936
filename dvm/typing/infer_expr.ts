/**
 * The types of the expressions of one process, inferred from the types of its names.
 *
 * An expression that violates a rule has no type, so that nothing is reported again where it is used.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import type { ExprText, Proc, Program, Stmt } from "../dir/model.ts";
import { renderType, type Type } from "../dir/type.ts";
import { isTooLarge, typeSize } from "../dir/type_size.ts";
import type {
  ArrayExpr,
  BinaryExpr,
  CallExpr,
  Expr,
  IndexExpr,
  MatchExpr,
  Span,
  UnaryExpr,
} from "../expr/ast.ts";
import { commonType, fits, FLOAT, type Inferred, INT } from "./assignable.ts";
import { expectType, mismatch } from "./expectation.ts";
import { inferCall } from "./infer_call.ts";
import { inferField, inferShape } from "./infer_shape.ts";
import { type Inference, known, type TypingSink } from "./inference.ts";
import { accepts, familyOf, operandHelp, resultOf } from "./operator_types.ts";
import { type At, handleCompared, handleInside, tooLarge, type Violation } from "./violation.ts";

const BOOL: Type = { kind: "bool" };
const STRING: Type = { kind: "string" };
const CHAR: Type = { kind: "char" };
/** The element type of an array literal without elements: it fits any. */
const ANY: Type = { kind: "unknown", name: "_", cause: "missing" };

/** What the inference of expressions is given. */
export interface ExprTools {
  readonly sink: TypingSink;
  /** The types of the literals that do not have the one of their text. */
  readonly literals: ReadonlyMap<Expr, Type>;
}

/** Infers the types of one process, expression by expression. */
export class ExprInference implements Inference {
  readonly program: Program;
  readonly proc: Proc;
  readonly #sink: TypingSink;
  readonly #literals: ExprTools["literals"];
  /** Inferred type by cell; `undefined` where it could not be inferred. */
  readonly #cells: Inferred[];
  #at: At;

  constructor(program: Program, proc: Proc, tools: ExprTools) {
    this.program = program;
    this.proc = proc;
    this.#sink = tools.sink;
    this.#literals = tools.literals;
    this.#at = { proc };
    this.#cells = new Array<Inferred>(proc.slotNames.length).fill(undefined);
  }

  get at(): At {
    return this.#at;
  }

  /** The type of the name with this cell, as far as it is known. */
  typeOfCell(slot: number): Inferred {
    return this.#cells[slot];
  }

  /** Gives the name with this cell a type. A later binding of another name does not share its cell. */
  setCell(slot: number, type: Inferred): void {
    if (slot < 0 || type === undefined || type.kind === "unknown") return;
    this.#cells[slot] = type;
    if (type.kind === "handle") this.#sink.handle(slot, type.name);
  }

  /** Moves to an expression of a statement: violations are reported in it from now on. */
  enter(stmt: Stmt, expr: ExprText): void {
    this.#at = { proc: this.proc, stmt, expr };
  }

  report(part: Span, violation: Violation): void {
    this.#sink.report({ ...this.#at, span: part }, violation);
  }

  draftCall(call: CallExpr, args: readonly Inferred[]): void {
    this.#sink.draftCall(call, args);
  }

  infer(expr: Expr, position?: Type): Inferred {
    switch (expr.kind) {
      case "int":
        return this.#literals.get(expr) ?? INT;
      case "float":
        return this.#literals.get(expr) ?? FLOAT;
      case "bool":
        return BOOL;
      case "string":
        return STRING;
      case "char":
        return CHAR;
      case "name":
        return this.#cells[expr.slot];
      case "call":
        return inferCall(this, expr, true);
      case "field":
        return inferField(this, expr, this.infer(expr.base));
      case "index":
        return this.#inferIndex(expr);
      case "shape":
        return inferShape(this, expr);
      case "array":
        return this.#inferArray(expr, position);
      case "unary":
        return this.#inferUnary(expr);
      case "binary":
        return this.#inferBinary(expr);
      case "match":
        return this.#inferMatch(expr, position);
      default:
        return unreachable(expr);
    }
  }

  #inferIndex(expr: IndexExpr): Inferred {
    const base = this.infer(expr.base);
    const index = this.infer(expr.index);
    if (index !== undefined && index.kind !== "int") {
      this.report(expr.index, mismatch(index, INT, "an index is"));
    }
    if (base === undefined || base.kind === "array") {
      return base === undefined ? undefined : known(base.element);
    }
    this.report(expr, {
      code: "DR0312",
      message: `${renderType(base)} is not an array`,
      label: "only arrays are indexed",
      help: "index an array, or read a field",
    });
    return undefined;
  }

  #inferArray(expr: ArrayExpr, position: Type | undefined): Inferred {
    const { length } = expr.items;
    if (length === 0) return { kind: "array", element: ANY, length };
    const expected = position?.kind === "array" ? position.element : undefined;
    const types = expr.items.map((item) => this.infer(item, expected));
    const element = isUnsized(expected) && types.every((type) => type && fits(type, expected))
      ? expected
      : this.#commonOf(expr.items, types, "the elements of this array are");
    if (element === undefined) return undefined;
    if (element.kind === "handle") {
      this.report(expr, handleInside("an element of an array"));
      return undefined;
    }
    const type: Type = { kind: "array", element, length };
    const size = typeSize(type);
    if (!isTooLarge(size)) return type;
    this.report(expr, tooLarge("this array", size));
    return undefined;
  }

  #inferUnary(expr: UnaryExpr): Inferred {
    const operand = this.infer(expr.operand);
    if (operand === undefined) return undefined;
    const applies = expr.op === "Not"
      ? operand.kind === "bool"
      : operand.kind === "int" || operand.kind === "float";
    if (applies) return operand;
    this.report(expr, {
      code: "DR0301",
      message: `${expr.op} does not apply to ${renderType(operand)}`,
      label: `this is ${renderType(operand)}`,
      help: expr.op === "Not" ? "Not takes a bool" : "Neg takes a number",
    });
    return undefined;
  }

  #inferBinary(expr: BinaryExpr): Inferred {
    const left = this.infer(expr.left);
    const right = this.infer(expr.right);
    if (left === undefined || right === undefined) return resultOf(expr, left ?? right);
    const common = commonType(left, right);
    if (common?.kind === "handle" && familyOf(expr.op) === "equality") {
      this.report(expr, handleCompared("compared", common.name));
      return resultOf(expr, undefined);
    }
    if (common !== undefined && accepts(expr.op, common)) {
      if (common.kind === "float" && common.bits === 32) this.#sink.singleOperation(expr);
      return resultOf(expr, common);
    }
    this.report(expr, {
      code: "DR0301",
      message: `${expr.op} does not apply to ${renderType(left)} and ${renderType(right)}`,
      label: common === undefined
        ? "two different types"
        : `not an operation on ${renderType(common)}`,
      help: operandHelp(expr.op),
    });
    return resultOf(expr, undefined);
  }

  #inferMatch(expr: MatchExpr, position: Type | undefined): Inferred {
    const found = this.infer(expr.subject);
    if (found?.kind === "handle") this.report(expr.subject, handleCompared("matched", found.name));
    const subject = found?.kind === "handle" ? undefined : found;
    for (const { pattern } of expr.arms) {
      if (pattern.kind === "bind") this.setCell(pattern.slot, subject);
      if (pattern.kind !== "literals" || subject === undefined) continue;
      for (const literal of pattern.values) {
        const expectation = { type: subject, what: "the subject of this match is" };
        expectType(this, literal, this.infer(literal), expectation);
      }
    }
    const bodies = expr.arms.map(({ body }) => body);
    const types = bodies.map((body) => this.infer(body, position));
    const common = this.#commonOf(bodies, types, "the arms of this match are");
    if (common?.kind !== "handle") return common;
    this.report(expr, handleCompared("chosen by match", common.name));
    return undefined;
  }

  /** The common type of several expressions, the widest if they are floats. */
  #commonOf(exprs: readonly Expr[], types: readonly Inferred[], what: string): Inferred {
    const isWide = (type: Inferred) => type?.kind === "float" && type.bits === 64;
    const common = types.find(isWide) ?? types.find((type) => type !== undefined);
    if (common === undefined) return undefined;
    for (const [position, type] of types.entries()) {
      const expr = exprs[position];
      if (type === undefined || expr === undefined || fits(type, common)) continue;
      this.report(expr, mismatch(type, common, what));
    }
    return common;
  }
}

/** Whether the position is one of arrays of any length, so that the rows of an array literal may differ in length. */
function isUnsized(type: Type | undefined): type is Type {
  return type?.kind === "array" && type.length === undefined;
}
