/**
 * The types of the numeric literals of a process, from all their uses: the compiler prints `0.0` as `0`.
 *
 * Literals, and operators, lets, arrays and assignments over them, take one type. Text of an integer that no use decides is i64,
 * text of a fraction f64. Uses that disagree decide nothing, so that the type rules report the disagreement.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { findShape, localNamed } from "../dir/lookup.ts";
import { spawnedPath } from "../dir/operations.ts";
import type { ExprText, Proc, Program, Stmt } from "../dir/model.ts";
import type { Type } from "../dir/type.ts";
import { fieldNamed } from "../dir/type_names.ts";
import { stmtsConstraintsLast } from "../dir/walk.ts";
import type {
  BinaryExpr,
  CallExpr,
  Expr,
  FloatLiteral,
  IntLiteral,
  MatchExpr,
} from "../expr/ast.ts";
import { nearestFloat } from "../value/decimal.ts";
import { INT } from "./assignable.ts";
import { hasFloats } from "./has_floats.ts";
import { decidedType, elementOf, newNumeral, type Numeral, type Term, unify } from "./numeral.ts";
import { familyOf } from "./operator_types.ts";

/** A numeric literal whose type is not the one that its text has by itself. */
export interface TypedLiteral {
  readonly expr: IntLiteral | FloatLiteral;
  /** The text of the literal. */
  readonly text: string;
  readonly type: Extract<Type, { kind: "float" }>;
  /** The value of that type nearest to the text; infinite if the text is outside its range. */
  readonly value: number;
  /** The statement and its expression that contain the literal. */
  readonly stmt: Stmt;
  readonly within: ExprText;
}

/** The integer literals of a process that are floats, and those fractions that are f32. */
export function inferLiterals(program: Program, proc: Proc): readonly TypedLiteral[] {
  return hasFloats(program, proc) ? new LiteralInference(program, proc).inferBody() : [];
}

const BOOL: Type = { kind: "bool" };
const UNIT: Type = { kind: "unit" };
const WITNESS: Type = { kind: "witness" };
const STRING: Type = { kind: "string" };
const CHAR: Type = { kind: "char" };

/** A literal, and the numeral of which it is one. */
interface Occurrence extends Pick<TypedLiteral, "expr" | "stmt" | "within"> {
  readonly numeral: Numeral;
}

class LiteralInference {
  readonly #program: Program;
  readonly #proc: Proc;
  readonly #cells: Term[];
  readonly #literals: Occurrence[] = [];
  /** The expression that is being inferred. */
  #at: Pick<Occurrence, "stmt" | "within"> | undefined;

  constructor(program: Program, proc: Proc) {
    this.#program = program;
    this.#proc = proc;
    this.#cells = proc.slotNames.map((_, slot) => proc.params[slot]?.type);
  }

  inferBody(): TypedLiteral[] {
    for (const stmt of stmtsConstraintsLast(this.#proc)) this.#inferStmt(stmt);
    return this.#literals.flatMap(({ numeral, ...literal }) => {
      const { expr, within } = literal;
      const type = decidedType(numeral);
      if (type?.kind !== "float" || (expr.kind === "float" && type.bits === 64)) return [];
      const text = within.text.slice(expr.start, expr.end);
      return [{ ...literal, text, type, value: nearestFloat(text, type.bits) }];
    });
  }

  #inferStmt(stmt: Stmt): void {
    switch (stmt.kind) {
      case "Let":
        this.#bind(stmt, stmt.name, this.#infer(stmt, stmt.expr));
        return;
      case "Call":
        if (stmt.result === undefined) this.#infer(stmt, stmt.call);
        else this.#bind(stmt, stmt.result, this.#infer(stmt, stmt.call));
        return;
      case "Index":
      case "Field":
        this.#bind(stmt, stmt.result, this.#infer(stmt, stmt.access));
        return;
      case "Assign":
        unify(this.#cells[stmt.slot], this.#infer(stmt, stmt.expr));
        return;
      case "Prove":
        this.#infer(stmt, stmt.from);
        this.#cells[stmt.slot] = WITNESS;
        return;
      case "Constrain":
        this.#infer(stmt, stmt.predicate);
        return;
      case "Effect":
        this.#infer(stmt, stmt.payload);
        return;
      case "If":
      case "While":
        this.#infer(stmt, stmt.condition);
        return;
      case "For":
        unify(this.#infer(stmt, stmt.start), INT);
        unify(this.#infer(stmt, stmt.end), INT);
        this.#bind(stmt, stmt.name, INT);
        return;
      case "Return":
        if (stmt.expr !== undefined) unify(this.#infer(stmt, stmt.expr), this.#proc.ret);
        return;
      case "Break":
      case "Continue":
        return;
      default:
        return unreachable(stmt);
    }
  }

  /** A name takes the type of its value, or of its declaration in `locals` (DIR v0.2). */
  #bind(stmt: Extract<Stmt, { slot: number }>, name: string, value: Term): void {
    const declared = localNamed(this.#proc, name)?.type;
    if (declared === undefined || declared.kind === "unknown") this.#cells[stmt.slot] = value;
    else {
      unify(value, declared);
      this.#cells[stmt.slot] = declared;
    }
  }

  #infer(stmt: Stmt, within: ExprText): Term {
    this.#at = { stmt, within };
    return this.#inferExpr(within.expr);
  }

  #inferExpr(expr: Expr): Term {
    switch (expr.kind) {
      case "int":
      case "float":
        return this.#inferLiteral(expr);
      case "bool":
        return BOOL;
      case "string":
        return STRING;
      case "char":
        return CHAR;
      case "name":
        return this.#cells[expr.slot];
      case "call":
        return this.#inferCall(expr);
      case "field": {
        const base = this.#inferExpr(expr.base);
        return base?.kind === "shape" ? fieldNamed(base.shape, expr.field)?.type : undefined;
      }
      case "index":
        unify(this.#inferExpr(expr.index), INT);
        return elementOf(this.#inferExpr(expr.base));
      case "shape": {
        const shape = findShape(this.#program, this.#proc.forge, expr.name);
        for (const { name, value } of expr.fields) {
          const field = shape === undefined ? undefined : fieldNamed(shape, name);
          unify(this.#inferExpr(value), field?.type);
        }
        return shape === undefined ? undefined : { kind: "shape", shape };
      }
      case "array":
        return { kind: "items", element: this.#inferAlike(expr.items) };
      case "unary":
        return this.#inferExpr(expr.operand);
      case "binary":
        return this.#inferBinary(expr);
      case "match":
        return this.#inferMatch(expr);
      default:
        return unreachable(expr);
    }
  }

  #inferLiteral(expr: IntLiteral | FloatLiteral): Numeral {
    const numeral = newNumeral(expr.kind === "int" ? "undecided" : "float");
    if (this.#at !== undefined) this.#literals.push({ expr, numeral, ...this.#at });
    return numeral;
  }

  #inferCall(expr: CallExpr): Term {
    const callee = this.#proc.callees.get(expr.callee);
    const params = callee?.kind === "proc" ? callee.proc.params : [];
    const args = expr.args.map((arg, position) => {
      const found = this.#inferExpr(arg);
      unify(found, params[position]?.type);
      return found;
    });
    if (spawnedPath(expr.callee) !== undefined) return undefined;
    if (callee?.kind === "proc") return callee.proc.ret;
    return callee?.name === "q_move" ? args[0] : UNIT;
  }

  #inferBinary(expr: BinaryExpr): Term {
    const left = this.#inferExpr(expr.left);
    const right = this.#inferExpr(expr.right);
    switch (familyOf(expr.op)) {
      case "arithmetic":
        return unify(left, right);
      case "bits":
        unify(left, INT);
        unify(right, INT);
        return INT;
      case "order":
      case "equality":
        unify(left, right);
        return BOOL;
      case "logic":
        return BOOL;
    }
  }

  #inferMatch(expr: MatchExpr): Term {
    const subject = this.#inferExpr(expr.subject);
    for (const { pattern } of expr.arms) {
      if (pattern.kind === "bind") this.#cells[pattern.slot] = subject;
      if (pattern.kind !== "literals") continue;
      for (const literal of pattern.values) unify(this.#inferExpr(literal), subject);
    }
    return this.#inferAlike(expr.arms.map(({ body }) => body));
  }

  #inferAlike(exprs: readonly Expr[]): Term {
    let common: Term;
    for (const expr of exprs) common = unify(common, this.#inferExpr(expr));
    return common;
  }
}
