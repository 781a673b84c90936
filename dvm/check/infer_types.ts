/**
 * The types of the expressions of one process, inferred from what its names hold.
 *
 * A part that is wrong has no type, and nothing that depends on it is reported again.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { findShape } from "../dir/lookup.ts";
import type { ExprText, Proc, Program, QIntrinsic, Stmt } from "../dir/model.ts";
import { intMax, intMin, renderType, type Type } from "../dir/type.ts";
import { fieldNamed } from "../dir/type_names.ts";
import { typeSize } from "../dir/type_size.ts";
import { wholeExprOf } from "../dir/walk.ts";
import type { BinaryExpr, CallExpr, Expr, MatchExpr, ShapeExpr, Span } from "../expr/ast.ts";
import {
  commonFloat,
  commonType,
  fits,
  FLOAT,
  type Inferred,
  INT,
  isIntLiteral,
} from "./assignable.ts";
import { isTooLarge, tooLarge } from "./declarations.ts";
import { accepts, operandHelp, resultOf } from "./operator_types.ts";
import type { At, Report, Violation } from "./report.ts";

/** What a value must be where it stands. */
export interface Expectation {
  readonly type: Inferred;
  /** The first words of the message: `main returns`. */
  readonly what: string;
  /** Where that is declared. */
  readonly declared?: At | undefined;
}

const BOOL: Type = { kind: "bool" };
const UNIT: Type = { kind: "unit" };
/** The element type of an array without elements: it fits any. */
const NOTHING: Type = { kind: "unknown", name: "_" };

/** Infers the types of one process. */
export class TypeInference {
  readonly #program: Program;
  readonly #proc: Proc;
  readonly #report: Report;
  /** Inferred type by cell; `undefined` where it could not be inferred. */
  readonly #cells: Inferred[];
  #at: At;

  constructor(program: Program, proc: Proc, report: Report) {
    this.#program = program;
    this.#proc = proc;
    this.#report = report;
    this.#at = { proc };
    this.#cells = new Array<Inferred>(proc.slotNames.length).fill(undefined);
  }

  /** The type of what a cell holds, as far as it is known. */
  typeOfCell(slot: number): Inferred {
    return this.#cells[slot];
  }

  setCell(slot: number, type: Inferred): void {
    if (slot >= 0 && type !== undefined && type.kind !== "unknown") this.#cells[slot] = type;
  }

  /** The expression whose parts are looked at from now on: faults are marked in it. */
  standAt(stmt: Stmt, expr: ExprText): void {
    this.#at = { proc: this.#proc, stmt, expr };
  }

  /** The type of a whole expression of a statement. */
  inferText(stmt: Stmt, expr: ExprText): Inferred {
    this.standAt(stmt, expr);
    return this.#infer(expr.expr);
  }

  #infer(expr: Expr): Inferred {
    switch (expr.kind) {
      case "int":
        return INT;
      case "float":
        return FLOAT;
      case "bool":
        return BOOL;
      case "string":
        return { kind: "string" };
      case "char":
        return { kind: "char" };
      case "name":
        return this.#cells[expr.slot];
      case "call":
        return this.inferCall(expr, true);
      case "field":
        return this.#inferField(expr, this.#infer(expr.base));
      case "index":
        return this.#inferIndex(expr);
      case "shape":
        return this.#inferShape(expr);
      case "array":
        return this.#inferArray(expr);
      case "unary":
        return this.#inferUnary(expr);
      case "binary":
        return this.#inferBinary(expr);
      case "match":
        return this.#inferMatch(expr);
      default:
        return unreachable(expr);
    }
  }

  /** The type of a call; one that is bound must hand over a value. */
  inferCall(call: CallExpr, isBound: boolean): Inferred {
    const callee = this.#proc.callees.get(call.callee);
    if (callee?.kind === "intrinsic") return this.#inferIntrinsic(call, callee.name);
    const given = call.args.map((arg) => this.#infer(arg));
    if (callee === undefined) return undefined;
    const { proc } = callee;
    if (given.length !== proc.params.length) {
      this.fault(call, {
        code: "DR0305",
        message: `${proc.name} takes ${count(proc.params.length)}, not ${given.length}`,
        label: `${count(given.length)} given`,
        help: `call ${proc.name}(${
          proc.params.map(({ name, typeText }) => `${name}: ${typeText}`).join(", ")
        })`,
        origin: { at: { proc }, label: "declared here" },
      });
    } else {
      call.args.forEach((arg, position) => {
        const param = proc.params[position];
        if (param !== undefined) {
          this.expectFit(arg, given[position], {
            type: param.type,
            what: `parameter ${param.name} of ${proc.name} is`,
            declared: { proc, param },
          });
        }
      });
    }
    if (proc.ret === undefined && isBound) {
      this.fault(call, {
        code: "DR0311",
        message: `${proc.name} hands over no value`,
        label: "a value is expected here",
        help: `call it as a statement, or declare what ${proc.name} returns`,
        origin: { at: { proc }, label: "no return type is declared" },
      });
      return undefined;
    }
    return known(proc.ret);
  }

  #inferIntrinsic(call: CallExpr, name: QIntrinsic): Inferred {
    const [operand] = call.args;
    const form = name === "q_alloc" ? "let x = q_alloc(TYPE)" : `let y = ${name}(x)`;
    if (operand?.kind !== "name" || call.args.length > 1 || !this.#standsAlone(call, name)) {
      this.fault(call, {
        code: "DR0316",
        message: name === "q_alloc"
          ? "q_alloc takes the name of a type, and its result is bound to a name"
          : name === "q_move"
          ? "q_move takes one linear name, and its result is bound to another"
          : `${name} takes one linear name, and is a statement or the right side of one`,
        label: "not of that form",
        help: `write ${form}`,
      });
      return undefined;
    }
    return name === "q_move" ? this.#infer(operand) : UNIT;
  }

  /** Whether an intrinsic is all that its statement executes; what it makes must get a name there. */
  #standsAlone(call: CallExpr, name: QIntrinsic): boolean {
    const { stmt } = this.#at;
    if (stmt === undefined || stmt.kind === "Return" || wholeExprOf(stmt) !== call) return false;
    const isBound = stmt.kind === "Let" || (stmt.kind === "Call" && stmt.result !== undefined);
    return isBound || name === "q_use" || name === "q_consume";
  }

  #inferField(expr: Extract<Expr, { kind: "field" }>, base: Inferred): Inferred {
    if (base === undefined) return undefined;
    if (base.kind === "shape") {
      const field = fieldNamed(base.shape, expr.field);
      if (field !== undefined) return known(field.type);
    }
    const fields = base.kind === "shape"
      ? base.shape.fields.map(({ name }) => name).join(", ")
      : "";
    this.fault(expr, {
      code: "DR0303",
      message: `${renderType(base)} has no field ${expr.field}`,
      label: "no such field",
      help: fields === "" ? "only shapes have fields" : `its fields are ${fields}`,
    });
    return undefined;
  }

  #inferIndex(expr: Extract<Expr, { kind: "index" }>): Inferred {
    const base = this.#infer(expr.base);
    const index = this.#infer(expr.index);
    if (index !== undefined && index.kind !== "int") {
      this.fault(expr.index, mismatch(index, INT, "an index is"));
    }
    if (base === undefined || base.kind === "array") {
      return base === undefined ? undefined : known(base.element);
    }
    this.fault(expr, {
      code: "DR0312",
      message: `${renderType(base)} is not an array`,
      label: "only arrays are indexed",
      help: "index an array, or read a field",
    });
    return undefined;
  }

  #inferShape(expr: ShapeExpr): Inferred {
    if (expr.name === "PhiWitness") {
      this.fault(expr, {
        code: "DR0313",
        message: "a witness cannot be written down",
        label: "this would forge a witness",
        help: "write prove NAME from CANDIDATE",
      });
      return undefined;
    }
    const shape = findShape(this.#program, this.#proc.forge, expr.name);
    const given = expr.fields.map((init) => ({ init, type: this.#infer(init.value) }));
    if (shape === undefined) {
      this.fault(expr, {
        code: "DR0216",
        message: `unknown shape ${expr.name}`,
        label: "declared nowhere",
        help: "declare the shape in the forge",
      });
      return undefined;
    }
    const seen = new Set<string>();
    for (const { init, type } of given) {
      const field = fieldNamed(shape, init.name);
      const fault = field === undefined
        ? `${shape.name} has no field ${init.name}`
        : seen.has(init.name)
        ? `field ${init.name} is given twice`
        : undefined;
      seen.add(init.name);
      if (fault !== undefined) {
        this.fault(init, {
          code: "DR0304",
          message: fault,
          label: "not a field to give here",
          help: `give each of ${shape.fields.map(({ name }) => name).join(", ")} once`,
        });
      } else if (field !== undefined) {
        this.expectFit(init.value, type, {
          type: field.type,
          what: `field ${field.name} of ${shape.name} is`,
        });
      }
    }
    const missing = shape.fields.filter(({ name }) => !seen.has(name)).map(({ name }) => name);
    if (missing.length > 0) {
      this.fault(expr, {
        code: "DR0304",
        message: `a ${shape.name} needs ${missing.join(", ")}`,
        label: "not every field is given",
        help: `give each of ${shape.fields.map(({ name }) => name).join(", ")} once`,
      });
    }
    return { kind: "shape", shape };
  }

  #inferArray(expr: Extract<Expr, { kind: "array" }>): Inferred {
    const { length } = expr.items;
    if (length === 0) return { kind: "array", element: NOTHING, length };
    const element = this.#inferAlike(expr.items, "the elements of this array are");
    if (element === undefined) return undefined;
    const type: Type = { kind: "array", element, length };
    const extent = typeSize(type);
    if (!isTooLarge(extent)) return type;
    this.fault(expr, tooLarge("this array", extent));
    return undefined;
  }

  #inferUnary(expr: Extract<Expr, { kind: "unary" }>): Inferred {
    const operand = this.#infer(expr.operand);
    if (operand === undefined) return undefined;
    const isRight = expr.op === "Not"
      ? operand.kind === "bool"
      : operand.kind === "int" || operand.kind === "float";
    if (isRight) return operand;
    this.fault(expr, {
      code: "DR0301",
      message: `${expr.op} does not apply to ${renderType(operand)}`,
      label: `this is ${renderType(operand)}`,
      help: expr.op === "Not" ? "Not takes a bool" : "Neg takes a number",
    });
    return undefined;
  }

  #inferBinary(expr: BinaryExpr): Inferred {
    const left = this.#infer(expr.left);
    const right = this.#infer(expr.right);
    if (left === undefined || right === undefined) return resultOf(expr, left ?? right);
    const common = commonType(left, right, expr);
    if (common !== undefined && accepts(expr.op, common)) {
      if (common.kind === "float" && common.bits === 32) expr.isSingle = true;
      return resultOf(expr, common);
    }
    this.fault(expr, {
      code: "DR0301",
      message: `${expr.op} does not apply to ${renderType(left)} and ${renderType(right)}`,
      label: common === undefined
        ? "two different types"
        : `not an operation on ${renderType(common)}`,
      help: operandHelp(expr.op),
    });
    return resultOf(expr, undefined);
  }

  #inferMatch(expr: MatchExpr): Inferred {
    const subject = this.#infer(expr.subject);
    for (const { pattern } of expr.arms) {
      if (pattern.kind === "bind") this.setCell(pattern.slot, subject);
      if (pattern.kind === "literals" && subject !== undefined) {
        for (const literal of pattern.values) {
          const type = this.#infer(literal);
          if (type !== undefined) {
            this.expectFit(literal, type, { type: subject, what: "the subject of this match is" });
          }
        }
      }
    }
    const result = this.#inferAlike(
      expr.arms.map(({ body }) => body),
      "the arms of this match are",
    );
    if (result?.kind === "float") expr.isFloat = true;
    return result;
  }

  /** The one type that all of these have. Among floats an integer literal is a float. */
  #inferAlike(exprs: readonly Expr[], what: string): Inferred {
    const types = exprs.map((expr) => this.#infer(expr));
    const first = types.find((type) => type !== undefined);
    if (first === undefined) return undefined;
    const common = commonFloat(exprs, types) ?? first;
    for (const [position, type] of types.entries()) {
      const expr = exprs[position];
      if (type === undefined || expr === undefined || fits(type, common)) continue;
      if (common.kind === "float" && isIntLiteral(expr)) continue;
      this.fault(expr, mismatch(type, common, what));
    }
    return common;
  }

  /** Reports what is wrong with a part of the expression. */
  fault(span: Span, violation: Violation): void {
    this.#report.add({ ...this.#at, span }, violation);
  }

  // ── expectations ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** Reports a value that does not fit where it stands. */
  expectFit(expr: Expr, found: Inferred, expectation: Expectation): void {
    const { type: expected, what } = expectation;
    if (found === undefined || expected === undefined || expected.kind === "unknown") return;
    if (expected.kind === "float" && isIntLiteral(expr)) return;
    if (!fits(found, expected)) {
      if (this.#fitsItemwise(expr, expected)) return;
      const violation = { ...mismatch(found, expected, what), ...storyOf(expectation) };
      this.fault(expr, violation);
      return;
    }
    this.#expectLiteralsInRange(expr, expectation, expected);
  }

  /** The integer literals that enter a declared type, those inside an array literal too, lie in its range (TYP-15). */
  #expectLiteralsInRange(expr: Expr, expectation: Expectation, expected: Type): void {
    if (expr.kind === "array" && expected.kind === "array") {
      const what = "an element is";
      for (const item of expr.items) {
        this.#expectLiteralsInRange(item, { ...expectation, what }, expected.element);
      }
      return;
    }
    if (expected.kind !== "int" || expr.kind !== "int") return;
    if (expr.value >= intMin(expected) && expr.value <= intMax(expected)) return;
    this.fault(expr, {
      code: "DR0310",
      message: `${expectation.what} ${
        renderType(expected)
      }, and ${expr.value} is outside its range`,
      label: `${renderType(expected)} is ${intMin(expected)} to ${intMax(expected)}`,
      help: "use a value in range, or a wider type",
      ...storyOf(expectation),
    });
  }

  /** Integer literals inside an array literal are floats where an array of floats is expected. */
  #fitsItemwise(expr: Expr, expected: Type): boolean {
    if (expected.kind === "float" && isIntLiteral(expr)) return true;
    if (expr.kind === "array" && expected.kind === "array") {
      return expr.items.length === expected.length &&
        expr.items.every((item) => this.#fitsItemwise(item, expected.element));
    }
    const type = expr.kind === "float" || expr.kind === "name" ? this.#infer(expr) : undefined;
    return type !== undefined && fits(type, expected);
  }
}

function storyOf({ declared }: Expectation): Pick<Violation, "origin"> {
  return declared === undefined ? {} : { origin: { at: declared, label: "declared here" } };
}

function known(type: Inferred): Inferred {
  return type?.kind === "unknown" ? undefined : type;
}

/** The violation that a value of another type is. */
export function mismatch(found: Type, expected: Type, what: string): Violation {
  return {
    code: "DR0302",
    message: `${what} ${renderType(expected)}, not ${renderType(found)}`,
    label: `this is ${renderType(found)}`,
    help: `give a value of type ${renderType(expected)}`,
  };
}

function count(parameters: number): string {
  return parameters === 1 ? "1 argument" : `${parameters} arguments`;
}
