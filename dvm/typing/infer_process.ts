/**
 * The types of one process: inferred statement by statement, and checked against what is declared (TYP-01 to TYP-11, CON-01,
 *
 *
 * All integer types hold signed 64-bit values and mix freely; a narrower type restricts a position, and its range is checked
 * there at run time. Nothing else converts, apart from an integer literal in a float position.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { blockReturns } from "../dir/control_flow.ts";
import { localNamed } from "../dir/lookup.ts";
import type {
  AssignStmt,
  CallStmt,
  EffectStmt,
  ExprText,
  Proc,
  Program,
  ReturnStmt,
  Stmt,
} from "../dir/model.ts";
import { renderType, type Type } from "../dir/type.ts";
import { stmtsConstraintsLast } from "../dir/walk.ts";
import type { Expr } from "../expr/ast.ts";
import { fits, type Inferred, INT } from "./assignable.ts";
import { type Expectation, expectType, mismatch } from "./expectation.ts";
import { inferCall } from "./infer_call.ts";
import { ExprInference } from "./infer_expr.ts";
import type { TypingSink } from "./inference.ts";
import { inferLiterals, type TypedLiteral } from "./infer_literals.ts";

/** Infers the types of one process, and passes what it finds to `sink`. */
export function inferProcess(program: Program, proc: Proc, sink: TypingSink): void {
  new ProcessInference(program, proc, sink).inferBody();
}

const WITNESS: Type = { kind: "witness" };

class ProcessInference {
  readonly #proc: Proc;
  readonly #sink: TypingSink;
  readonly #literals: readonly TypedLiteral[];
  readonly #exprs: ExprInference;

  constructor(program: Program, proc: Proc, sink: TypingSink) {
    this.#proc = proc;
    this.#sink = sink;
    this.#literals = inferLiterals(program, proc);
    const literals = new Map(this.#literals.map(({ expr, type }) => [expr, type]));
    this.#exprs = new ExprInference(program, proc, { sink, literals });
  }

  inferBody(): void {
    const { params, ret, body, retText } = this.#proc;
    for (const literal of this.#literals) this.#recordLiteral(literal);
    params.forEach((param, slot) => this.#exprs.setCell(slot, param.type));
    for (const stmt of stmtsConstraintsLast(this.#proc)) this.#inferStmt(stmt);
    if (ret !== undefined && ret.kind !== "unit" && ret.kind !== "unknown" && !blockReturns(body)) {
      this.#sink.report({ proc: this.#proc }, {
        code: "DR0306",
        message: `${this.#proc.name} declares ${retText} and does not return on every path`,
        label: "control can reach the end without a return",
        help: "return a value at the end",
      });
    }
  }

  #recordLiteral(literal: TypedLiteral): void {
    const { stmt, within, expr, text, type, value } = literal;
    if (Number.isFinite(value)) {
      this.#sink.literal(literal);
      return;
    }
    this.#sink.report({ proc: this.#proc, stmt, expr: within, span: expr }, {
      code: "DR0310",
      message: `${text} is outside the range of ${renderType(type)}`,
      label: `used as ${renderType(type)}`,
      help: "use a value in range, or a wider type",
    });
  }

  #inferStmt(stmt: Stmt): void {
    switch (stmt.kind) {
      case "Let":
        this.#bind(
          stmt,
          stmt.name,
          this.#infer(stmt, stmt.expr, localNamed(this.#proc, stmt.name)?.type),
          stmt.expr.expr,
        );
        return;
      case "Call":
        this.#inferCallStmt(stmt);
        return;
      case "Index":
      case "Field":
        this.#bind(stmt, stmt.result, this.#infer(stmt, stmt.access), stmt.access.expr);
        return;
      case "Assign":
        this.#inferAssign(stmt);
        return;
      case "Prove":
        this.#infer(stmt, stmt.from);
        this.#exprs.setCell(stmt.slot, WITNESS);
        return;
      case "Effect":
        this.#inferEffect(stmt);
        return;
      case "Constrain":
        this.#expectBool(stmt, stmt.predicate, "DR0309", "a predicate");
        return;
      case "If":
      case "While":
        this.#expectBool(stmt, stmt.condition, "DR0308", "a condition");
        return;
      case "For":
        this.#expect(stmt, stmt.start, LOOP_BOUND);
        this.#expect(stmt, stmt.end, LOOP_BOUND);
        this.#bind(stmt, stmt.name, INT);
        return;
      case "Return":
        this.#inferReturn(stmt);
        return;
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
      this.#exprs.setCell(stmt.slot, inferred);
      return;
    }
    const what = `${name} is declared`;
    if (expr !== undefined) expectType(this.#exprs, expr, inferred, { type: declared, what });
    else if (inferred !== undefined && !fits(inferred, declared)) {
      this.#sink.report({ proc: this.#proc, stmt }, mismatch(inferred, declared, what));
    }
    this.#exprs.setCell(stmt.slot, declared);
  }

  #inferAssign(stmt: AssignStmt): void {
    const type = this.#exprs.typeOfCell(stmt.slot);
    this.#expect(stmt, stmt.expr, { type, what: `${stmt.name} holds` });
  }

  /** A call that is a whole expression statement need not return a value. */
  #inferEffect(stmt: EffectStmt): void {
    const { expr } = stmt.payload;
    this.#exprs.enter(stmt, stmt.payload);
    if (stmt.effect === "expr" && expr.kind === "call") inferCall(this.#exprs, expr, false);
    else this.#exprs.infer(expr);
  }

  #inferCallStmt(stmt: CallStmt): void {
    const { expr } = stmt.call;
    this.#exprs.enter(stmt, stmt.call);
    if (expr.kind !== "call") return;
    const type = inferCall(this.#exprs, expr, stmt.result !== undefined);
    if (stmt.result !== undefined) this.#bind(stmt, stmt.result, type, expr);
  }

  #inferReturn(stmt: ReturnStmt): void {
    const { ret, retText, name } = this.#proc;
    if (stmt.expr !== undefined) {
      const declared = { proc: this.#proc };
      this.#expect(stmt, stmt.expr, { type: ret, what: `${name} returns`, declared });
      return;
    }
    if (ret === undefined || ret.kind === "unit" || ret.kind === "unknown") return;
    this.#sink.report({ proc: this.#proc, stmt }, {
      code: "DR0307",
      message: `${name} declares ${retText} and returns nothing here`,
      label: "a value is missing",
      help: "return a value of the declared type",
      origin: { at: { proc: this.#proc }, label: "declared here" },
    });
  }

  #expectBool(stmt: Stmt, expr: ExprText, code: "DR0308" | "DR0309", what: string): void {
    const type = this.#infer(stmt, expr);
    if (type === undefined || type.kind === "bool") return;
    this.#exprs.report(expr.expr, {
      code,
      message: `${what} is a bool, not ${renderType(type)}`,
      label: `this is ${renderType(type)}`,
      help: "compare it: x Ne 0",
    });
  }

  #expect(stmt: Stmt, expr: ExprText, expectation: Expectation): void {
    const found = this.#infer(stmt, expr, expectation.type);
    expectType(this.#exprs, expr.expr, found, expectation);
  }

  /** The type of a whole expression of a statement. */
  #infer(stmt: Stmt, expr: ExprText, position?: Type): Inferred {
    this.#exprs.enter(stmt, expr);
    return this.#exprs.infer(expr.expr, position);
  }
}

const LOOP_BOUND: Expectation = { type: INT, what: "a bound of a loop is" };
