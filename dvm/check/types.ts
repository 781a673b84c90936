/**
 * Types: inferred over each body and checked against what is declared (TYP-01 to TYP-11, CON-01, X-22, X-35).
 *
 * All integer types hold signed 64-bit values and mix freely; a narrower type restricts where a value may stand and is checked
 * there at run time. Nothing else converts, apart from an integer literal in a float position.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { blockReturns } from "../dir/control_flow.ts";
import { localNamed } from "../dir/lookup.ts";
import type { ExprText, Proc, Program, Stmt } from "../dir/model.ts";
import { renderType, type Type } from "../dir/type.ts";
import { stmtsOf } from "../dir/walk.ts";
import type { Expr } from "../expr/ast.ts";
import { fits, type Inferred, INT } from "./assignable.ts";
import { mismatch, TypeInference } from "./infer_types.ts";
import type { At, Report } from "./report.ts";

/** Checks the types of one process. */
export function checkTypes(program: Program, proc: Proc, report: Report): void {
  const checker = new TypeChecker(program, proc, report);
  checker.checkBody();
}

const WITNESS: Type = { kind: "witness" };

class TypeChecker {
  readonly #proc: Proc;
  readonly #report: Report;
  readonly #types: TypeInference;

  constructor(program: Program, proc: Proc, report: Report) {
    this.#proc = proc;
    this.#report = report;
    this.#types = new TypeInference(program, proc, report);
  }

  checkBody(): void {
    const { params, ret, body, retText } = this.#proc;
    params.forEach((param, slot) => this.#types.setCell(slot, param.type));
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

  #checkStmt(stmt: Stmt): void {
    switch (stmt.kind) {
      case "Let":
        this.#bind(stmt, stmt.name, this.#types.inferText(stmt, stmt.expr), stmt.expr.expr);
        return;
      case "Call":
        this.#checkCallStmt(stmt);
        return;
      case "Index":
      case "Field":
        this.#bind(stmt, stmt.result, this.#types.inferText(stmt, stmt.access), stmt.access.expr);
        return;
      case "Assign": {
        const declared = this.#types.typeOfCell(stmt.slot);
        this.#expect(stmt, stmt.expr, declared, `${stmt.name} holds`);
        return;
      }
      case "Prove":
        this.#types.inferText(stmt, stmt.from);
        this.#types.setCell(stmt.slot, WITNESS);
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
      this.#types.setCell(stmt.slot, inferred);
      return;
    }
    const what = `${name} is declared`;
    if (expr !== undefined) this.#types.expectFit(expr, inferred, { type: declared, what });
    else if (inferred !== undefined && !fits(inferred, declared)) {
      this.#report.add({ proc: this.#proc, stmt }, mismatch(inferred, declared, what));
    }
    this.#types.setCell(stmt.slot, declared);
  }

  /** A bare call need not hand over a value: nothing takes it. */
  #checkEffect(stmt: Extract<Stmt, { kind: "Effect" }>): void {
    const { expr } = stmt.payload;
    if (stmt.effect !== "expr" || expr.kind !== "call") {
      this.#types.inferText(stmt, stmt.payload);
      return;
    }
    this.#types.standAt(stmt, stmt.payload);
    this.#types.inferCall(expr, false);
  }

  #checkCallStmt(stmt: Extract<Stmt, { kind: "Call" }>): void {
    const { expr } = stmt.call;
    this.#types.standAt(stmt, stmt.call);
    if (expr.kind !== "call") return;
    const type = this.#types.inferCall(expr, stmt.result !== undefined);
    if (stmt.result !== undefined) this.#bind(stmt, stmt.result, type, expr);
  }

  #checkReturn(stmt: Extract<Stmt, { kind: "Return" }>): void {
    const { ret, retText, name } = this.#proc;
    if (stmt.expr === undefined) {
      if (ret === undefined || ret.kind === "unit" || ret.kind === "unknown") return;
      this.#report.add({ proc: this.#proc, stmt }, {
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

  #expectBool(stmt: Stmt, expr: ExprText, code: "DR0308" | "DR0309", what: string): void {
    const type = this.#types.inferText(stmt, expr);
    if (type === undefined || type.kind === "bool") return;
    this.#types.fault(expr.expr, {
      code,
      message: `${what} is a bool, not ${renderType(type)}`,
      label: `this is ${renderType(type)}`,
      help: "compare it: x Ne 0",
    });
  }

  #expect(stmt: Stmt, expr: ExprText, expected: Inferred, what: string, declared?: At): void {
    const found = this.#types.inferText(stmt, expr);
    this.#types.expectFit(expr.expr, found, { type: expected, what, declared });
  }
}
