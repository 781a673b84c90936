/**
 * Types: inferred over each body and checked against what is declared (TYP-01 to TYP-11, CON-01, X-22, X-35).
 *
 * All integer types hold signed 64-bit values and mix freely; a narrower type restricts where a value may stand and is checked
 * there at run time. Nothing else converts, apart from an integer literal in a float position. A part that is wrong
 * has no type, and nothing that depends on it is reported again.
 *
 * @module
 */
import type { BinaryExpr, CallExpr, Expr, MatchExpr, ShapeExpr, Span } from "../expr/ast.ts";
import { intMax, intMin, renderType } from "../expr/fit.ts";
import { unreachable } from "../result.ts";
import { findShape } from "./link.ts";
import { localNamed } from "./lookup.ts";
import type { ExprText, Proc, Program, QIntrinsic, Stmt } from "./model.ts";
import { isTooLarge, tooLarge } from "./check_declarations.ts";
import { blockReturns } from "./control.ts";
import { extentOf } from "./extent.ts";
import type { At, Report, Violation } from "./report.ts";
import type { Type } from "./type.ts";
import { fieldNamed } from "./types.ts";
import { stmtsOf, wholeExprOf } from "./walk.ts";

/** Checks the types of one process. */
export function checkTypes(program: Program, proc: Proc, report: Report): void {
  const checker = new TypeChecker(program, proc, report);
  checker.checkBody();
}

/** What a value must be where it stands. */
interface Expectation {
  readonly type: Inferred;
  /** The first words of the message: `main returns`. */
  readonly what: string;
  /** Where that is declared. */
  readonly declared?: At | undefined;
}

/** A type, or `undefined` where a fault has been reported already. */
type Inferred = Type | undefined;

const INT: Type = { kind: "int", bits: 64, signed: true };
const FLOAT: Type = { kind: "float", bits: 64 };
const BOOL: Type = { kind: "bool" };
const UNIT: Type = { kind: "unit" };
/** The element type of an array without elements: it fits any. */
const NOTHING: Type = { kind: "unknown", name: "_" };
const WITNESS: Type = { kind: "witness" };

class TypeChecker {
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
    this.#cells = proc.slotNames.map(() => undefined);
  }

  checkBody(): void {
    const { params, ret, body, retText } = this.#proc;
    params.forEach((param, slot) => this.#setCell(slot, param.type));
    // Constraints may mention names bound after them, so they are looked at when every name has its type.
    const later: Stmt[] = [];
    for (const stmt of stmtsOf(this.#proc)) {
      if (stmt.kind === "Constrain") later.push(stmt);
      else this.#checkStmt(stmt);
    }
    for (const stmt of later) this.#checkStmt(stmt);
    if (ret !== undefined && ret.kind !== "unit" && ret.kind !== "unknown" && !blockReturns(body)) {
      this.#report.add({ proc: this.#proc }, {
        code: "DR0306",
        message: `${this.#proc.name} declares ${retText} and does not return on every path`,
        label: "control can reach the end without a return",
        help: "return a value at the end, or drop the return type",
      });
    }
  }

  #setCell(slot: number, type: Inferred): void {
    if (slot >= 0 && type !== undefined && type.kind !== "unknown") this.#cells[slot] = type;
  }

  #checkStmt(stmt: Stmt): void {
    switch (stmt.kind) {
      case "Let":
        this.#bind(stmt, stmt.name, this.#inferText(stmt, stmt.expr), stmt.expr.expr);
        return;
      case "Call":
        this.#checkCallStmt(stmt);
        return;
      case "Index":
      case "Field":
        this.#bind(stmt, stmt.result, this.#inferText(stmt, stmt.access), stmt.access.expr);
        return;
      case "Assign": {
        const declared = this.#cells[stmt.slot];
        this.#expect(stmt, stmt.expr, declared, `${stmt.name} holds`);
        return;
      }
      case "Prove":
        this.#inferText(stmt, stmt.from);
        this.#setCell(stmt.slot, WITNESS);
        return;
      case "Effect":
        this.#checkEffect(stmt);
        return;
      case "Constrain":
        this.#expectBool(stmt, stmt.predicate, "DR0309", "a predicate");
        return;
      case "If":
      case "While":
        this.#expectBool(stmt, stmt.condition, "DR0308", "a condition");
        return;
      case "For":
        this.#expect(stmt, stmt.start, INT, "a bound of a loop is");
        this.#expect(stmt, stmt.end, INT, "a bound of a loop is");
        this.#bind(stmt, stmt.name, INT);
        return;
      case "Return":
        this.#checkReturn(stmt);
        return;
      case "Alloc":
      case "Dealloc":
      case "Load":
      case "Store":
      case "Break":
      case "Continue":
        return;
      default:
        return unreachable(stmt);
    }
  }

  /** A name takes the type of its value, or of its declaration in `locals` (DIR v0.2). */
  #bind(
    stmt: Extract<Stmt, { slot: number }>,
    name: string,
    inferred: Inferred,
    expr?: Expr,
  ): void {
    const declared = localNamed(this.#proc, name)?.type;
    if (declared === undefined || declared.kind === "unknown") {
      this.#setCell(stmt.slot, inferred);
      return;
    }
    const what = `${name} is declared`;
    if (expr !== undefined) this.#expectFit(expr, inferred, { type: declared, what });
    else if (inferred !== undefined && !fits(inferred, declared)) {
      this.#add({ proc: this.#proc, stmt }, mismatch(inferred, declared, what));
    }
    this.#setCell(stmt.slot, declared);
  }

  /** A bare call need not hand over a value: nothing takes it. */
  #checkEffect(stmt: Extract<Stmt, { kind: "Effect" }>): void {
    const { expr } = stmt.payload;
    if (stmt.effect !== "expr" || expr.kind !== "call") {
      this.#inferText(stmt, stmt.payload);
      return;
    }
    this.#at = { proc: this.#proc, stmt, expr: stmt.payload };
    this.#inferCall(expr, false);
  }

  #checkCallStmt(stmt: Extract<Stmt, { kind: "Call" }>): void {
    const { expr } = stmt.call;
    this.#at = { proc: this.#proc, stmt, expr: stmt.call };
    if (expr.kind !== "call") return;
    const type = this.#inferCall(expr, stmt.result !== undefined);
    if (stmt.result !== undefined) this.#bind(stmt, stmt.result, type, expr);
  }

  #checkReturn(stmt: Extract<Stmt, { kind: "Return" }>): void {
    const { ret, retText, name } = this.#proc;
    if (stmt.expr === undefined) {
      if (ret === undefined || ret.kind === "unit" || ret.kind === "unknown") return;
      this.#add({ proc: this.#proc, stmt }, {
        code: "DR0307",
        message: `${name} declares ${retText} and returns nothing here`,
        label: "a value is missing",
        help: "return a value of the declared type",
        origin: { at: { proc: this.#proc }, label: "declared here" },
      });
      return;
    }
    this.#expect(stmt, stmt.expr, ret, `${name} returns`, { proc: this.#proc });
  }

  // ── expectations ─────────────────────────────────────────────────────────────────────────────────────────────────

  #expectBool(stmt: Stmt, expr: ExprText, code: "DR0308" | "DR0309", what: string): void {
    const type = this.#inferText(stmt, expr);
    if (type === undefined || type.kind === "bool") return;
    this.#add({ ...this.#at, span: expr.expr }, {
      code,
      message: `${what} is a bool, not ${renderType(type)}`,
      label: `this is ${renderType(type)}`,
      help: "compare it: x Ne 0",
    });
  }

  #expect(stmt: Stmt, expr: ExprText, expected: Inferred, what: string, declared?: At): void {
    const found = this.#inferText(stmt, expr);
    this.#expectFit(expr.expr, found, { type: expected, what, declared });
  }

  #expectFit(expr: Expr, found: Inferred, expectation: Expectation): void {
    const { type: expected, what } = expectation;
    if (found === undefined || expected === undefined || expected.kind === "unknown") return;
    if (expected.kind === "float" && isIntLiteral(expr)) return;
    if (!fits(found, expected)) {
      if (this.#fitsItemwise(expr, expected)) return;
      const violation = { ...mismatch(found, expected, what), ...storyOf(expectation) };
      this.#add({ ...this.#at, span: expr }, violation);
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
    this.#add({ ...this.#at, span: expr }, {
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

  // ── inference ────────────────────────────────────────────────────────────────────────────────────────────────────

  #inferText(stmt: Stmt, expr: ExprText): Inferred {
    this.#at = { proc: this.#proc, stmt, expr };
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
        return this.#inferCall(expr, true);
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

  #inferCall(call: CallExpr, isBound: boolean): Inferred {
    const callee = this.#proc.callees.get(call.callee);
    if (callee?.kind === "intrinsic") return this.#inferIntrinsic(call, callee.name);
    const given = call.args.map((arg) => this.#infer(arg));
    if (callee === undefined) return undefined;
    const { proc } = callee;
    if (given.length !== proc.params.length) {
      this.#fault(call, {
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
          this.#expectFit(arg, given[position], {
            type: param.type,
            what: `parameter ${param.name} of ${proc.name} is`,
            declared: { proc, param },
          });
        }
      });
    }
    if (proc.ret === undefined && isBound) {
      this.#fault(call, {
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
      this.#fault(call, {
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
    this.#fault(expr, {
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
      this.#fault(expr.index, mismatch(index, INT, "an index is"));
    }
    if (base === undefined || base.kind === "array") {
      return base === undefined ? undefined : known(base.element);
    }
    this.#fault(expr, {
      code: "DR0312",
      message: `${renderType(base)} is not an array`,
      label: "only arrays are indexed",
      help: "index an array, or read a field",
    });
    return undefined;
  }

  #inferShape(expr: ShapeExpr): Inferred {
    if (expr.name === "PhiWitness") {
      this.#fault(expr, {
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
      this.#fault(expr, {
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
        this.#fault(init, {
          code: "DR0304",
          message: fault,
          label: "not a field to give here",
          help: `give each of ${shape.fields.map(({ name }) => name).join(", ")} once`,
        });
      } else if (field !== undefined) {
        this.#expectFit(init.value, type, {
          type: field.type,
          what: `field ${field.name} of ${shape.name} is`,
        });
      }
    }
    const missing = shape.fields.filter(({ name }) => !seen.has(name)).map(({ name }) => name);
    if (missing.length > 0) {
      this.#fault(expr, {
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
    const extent = extentOf(type);
    if (!isTooLarge(extent)) return type;
    this.#fault(expr, tooLarge("this array", extent));
    return undefined;
  }

  #inferUnary(expr: Extract<Expr, { kind: "unary" }>): Inferred {
    const operand = this.#infer(expr.operand);
    if (operand === undefined) return undefined;
    const isRight = expr.op === "Not"
      ? operand.kind === "bool"
      : operand.kind === "int" || operand.kind === "float";
    if (isRight) return operand;
    this.#fault(expr, {
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
    this.#fault(expr, {
      code: "DR0301",
      message: `${expr.op} does not apply to ${renderType(left)} and ${renderType(right)}`,
      label: common === undefined
        ? "two different types"
        : `not an operation on ${renderType(common)}`,
      help: OPERAND_HELP[familyOf(expr.op)],
    });
    return resultOf(expr, undefined);
  }

  #inferMatch(expr: MatchExpr): Inferred {
    const subject = this.#infer(expr.subject);
    for (const { pattern } of expr.arms) {
      if (pattern.kind === "bind") this.#setCell(pattern.slot, subject);
      if (pattern.kind === "literals" && subject !== undefined) {
        for (const literal of pattern.values) {
          const type = this.#infer(literal);
          if (type !== undefined) {
            this.#expectFit(literal, type, { type: subject, what: "the subject of this match is" });
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
      this.#fault(expr, mismatch(type, common, what));
    }
    return common;
  }

  #fault(span: Span, violation: Violation): void {
    this.#add({ ...this.#at, span }, violation);
  }

  #add(at: At, violation: Violation): void {
    this.#report.add(at, violation);
  }
}

function storyOf({ declared }: Expectation): Pick<Violation, "origin"> {
  return declared === undefined ? {} : { origin: { at: declared, label: "declared here" } };
}

/** Whether a value of one type may stand where the other is declared; ranges are looked at when it does. */
function fits(found: Type, expected: Type): boolean {
  if (found.kind === "unknown") return true;
  switch (expected.kind) {
    case "int":
    case "float":
    case "bool":
    case "string":
    case "char":
    case "unit":
    case "witness":
      return found.kind === expected.kind;
    case "shape":
      return found.kind === "shape" && found.shape === expected.shape;
    case "array":
      return found.kind === "array" && found.length === expected.length &&
        fits(found.element, expected.element);
    case "unknown":
      return true;
    default:
      return unreachable(expected);
  }
}

/** The one type of both operands, or `undefined`. A literal takes the other's width; f32 beside f64 is computed in f64. */
function commonType(left: Type, right: Type, expr: BinaryExpr): Type | undefined {
  if (left.kind === "float" && right.kind === "int" && isIntLiteral(expr.right)) return left;
  if (right.kind === "float" && left.kind === "int" && isIntLiteral(expr.left)) return right;
  if (left.kind === "float" && right.kind === "float" && left.bits !== right.bits) {
    if (isFloatLiteral(expr.left)) return right;
    return isFloatLiteral(expr.right) ? left : FLOAT;
  }
  return fits(left, right) ? left : undefined;
}

/** The widest float type among numbers, literals counting only where nothing else does; `undefined` if none is a float. */
function commonFloat(exprs: readonly Expr[], types: readonly Inferred[]): Type | undefined {
  const floats = exprs.flatMap((expr, position) => {
    const type = types[position];
    return type?.kind === "float" ? [{ type, isLiteral: isFloatLiteral(expr) }] : [];
  });
  const decisive = floats.filter(({ isLiteral }) => !isLiteral);
  return decisive.find(({ type }) => type.bits === 64)?.type ?? decisive[0]?.type ??
    floats[0]?.type;
}

function isFloatLiteral(expr: Expr): boolean {
  return expr.kind === "float" || (expr.kind === "unary" && isFloatLiteral(expr.operand));
}

function isIntLiteral(expr: Expr): boolean {
  return expr.kind === "int" ||
    (expr.kind === "unary" && expr.op === "Neg" && isIntLiteral(expr.operand));
}

type Family = "arithmetic" | "bits" | "order" | "equality" | "logic";

function familyOf(op: BinaryExpr["op"]): Family {
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

function accepts(op: BinaryExpr["op"], operand: Type): boolean {
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

/** The type of an operation's result, as far as it is certain. */
function resultOf(expr: BinaryExpr, operand: Inferred): Inferred {
  const family = familyOf(expr.op);
  if (family === "order" || family === "equality" || family === "logic") return BOOL;
  if (family === "bits") return INT;
  return operand !== undefined && (operand.kind === "int" || operand.kind === "float")
    ? operand
    : undefined;
}

function known(type: Inferred): Inferred {
  return type?.kind === "unknown" ? undefined : type;
}

function mismatch(found: Type, expected: Type, what: string): Violation {
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
