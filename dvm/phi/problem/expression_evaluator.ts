/**
 * Symbolic evaluation of expressions: the value over the unknowns, and the condition under which evaluation is defined. Both
 * operands of every operator are evaluated, so an expression is defined only where all of its parts are.
 *
 * @module
 */
import { assert, unreachable } from "../../base/result.ts";
import { findShape } from "../../dir/lookup.ts";
import type { Proc, Program, Stmt } from "../../dir/model.ts";
import type { CallExpr, Expr } from "../../expr/ast.ts";
import { UNIT } from "../../value/value.ts";
import type { Frame } from "./frame.ts";
import { fieldOf, itemOf } from "./symbolic_access.ts";
import { fitGuarded } from "./symbolic_fit.ts";
import { applyBinary, applyUnary } from "./symbolic_operations.ts";
import {
  type GuardedValue,
  mergeGuarded,
  plainValue,
  type SymbolicValue,
  termOfScalar,
  undefinedValue,
  valueEquality,
} from "./symbolic_value.ts";
import type { Term, TermGraph } from "./term.ts";

/** What evaluation needs from the execution of statements. */
export interface EvaluationContext {
  readonly program: Program;
  readonly terms: TermGraph;
  /** The path condition: true exactly where control reaches the expression. */
  path: Term;
  /** Executes a called process inline, under the path condition, and returns its result. */
  inline(proc: Proc, args: readonly GuardedValue[], caller: Frame, stmt: Stmt): GuardedValue;
}

/** Evaluates the expressions of one translation. */
export class ExpressionEvaluator {
  readonly #context: EvaluationContext;

  constructor(context: EvaluationContext) {
    this.#context = context;
  }

  /** The value of an expression of `stmt`. */
  evaluate(frame: Frame, stmt: Stmt, expr: Expr): GuardedValue {
    const { terms } = this.#context;
    switch (expr.kind) {
      case "int":
        return expr.float === undefined
          ? { symbol: { kind: "term", term: terms.int(expr.value) }, when: terms.true }
          : plainValue(terms, { kind: "Float", value: expr.float });
      case "bool":
        return { symbol: { kind: "term", term: terms.truth(expr.value) }, when: terms.true };
      case "float":
        return plainValue(this.#context.terms, { kind: "Float", value: expr.value });
      case "string":
        return plainValue(this.#context.terms, { kind: "String", value: expr.value });
      case "char":
        return plainValue(this.#context.terms, { kind: "Char", value: expr.value });
      case "name": {
        const held = frame.cells[expr.slot];
        assert(held !== undefined, `name ${expr.name} is read before it is bound`);
        return held;
      }
      case "field": {
        const base = this.evaluate(frame, stmt, expr.base);
        return { symbol: fieldOf(terms, base.symbol, expr.field), when: base.when };
      }
      case "unary": {
        const operand = this.evaluate(frame, stmt, expr.operand);
        const result = applyUnary(terms, expr, operand.symbol);
        return { symbol: result.symbol, when: terms.and(operand.when, result.when) };
      }
      case "binary": {
        const left = this.evaluate(frame, stmt, expr.left);
        const right = this.evaluate(frame, stmt, expr.right);
        const result = applyBinary(terms, expr, left.symbol, right.symbol);
        return { symbol: result.symbol, when: terms.and(left.when, right.when, result.when) };
      }
      case "call":
        return this.#call(frame, stmt, expr);
      case "index":
        return this.#index(frame, stmt, expr);
      case "array": {
        const items = expr.items.map((item) => this.evaluate(frame, stmt, item));
        return {
          symbol: { kind: "array", items: items.map(({ symbol }) => symbol) },
          when: terms.allOf(items.map(({ when }) => when)),
        };
      }
      case "shape":
        return this.#shape(frame, stmt, expr);
      case "match":
        return this.#match(frame, stmt, expr);
      default:
        return unreachable(expr);
    }
  }

  #index(frame: Frame, stmt: Stmt, expr: Extract<Expr, { kind: "index" }>): GuardedValue {
    const base = this.evaluate(frame, stmt, expr.base);
    const at = this.evaluate(frame, stmt, expr.index);
    const result = itemOf(
      this.#context.terms,
      base.symbol,
      termOfScalar(this.#context.terms, at.symbol),
    );
    return {
      symbol: result.symbol,
      when: this.#context.terms.and(base.when, at.when, result.when),
    };
  }

  #shape(frame: Frame, stmt: Stmt, expr: Extract<Expr, { kind: "shape" }>): GuardedValue {
    const shape = findShape(this.#context.program, frame.proc.forge, expr.name);
    assert(shape !== undefined, `no shape ${expr.name}`);
    const conditions: Term[] = [];
    const given = new Map<string, SymbolicValue>();
    for (const { name, value } of expr.fields) {
      const type = shape.fields.find((field) => field.name === name)?.type;
      const part = this.evaluate(frame, stmt, value);
      const fitted = type === undefined ? part : fitGuarded(this.#context.terms, part, type);
      conditions.push(fitted.when);
      given.set(name, fitted.symbol);
    }
    const fields = new Map<string, SymbolicValue>();
    for (const { name } of shape.fields) {
      const symbol = given.get(name);
      if (symbol !== undefined) fields.set(name, symbol);
    }
    return {
      symbol: { kind: "struct", ty: shape.name, fields },
      when: this.#context.terms.allOf(conditions),
    };
  }

  #match(frame: Frame, stmt: Stmt, expr: Extract<Expr, { kind: "match" }>): GuardedValue {
    const subject = this.evaluate(frame, stmt, expr.subject);
    const path = this.#context.path;
    const arms: { when: Term; result: GuardedValue }[] = [];
    let left = this.#context.terms.true; // no earlier arm matches
    for (const { pattern, body } of expr.arms) {
      let fits = this.#context.terms.true;
      if (pattern.kind === "bind") frame.cells[pattern.slot] = subject;
      if (pattern.kind === "literals") {
        fits = this.#context.terms.anyOf(pattern.values.map((literal) => {
          const value = this.evaluate(frame, stmt, literal);
          return valueEquality(this.#context.terms, subject.symbol, value.symbol);
        }));
      }
      const when = this.#context.terms.and(left, fits);
      left = this.#context.terms.and(left, this.#context.terms.not(fits));
      if (when === this.#context.terms.false) continue;
      this.#context.path = this.#context.terms.and(path, when);
      arms.push({ when, result: this.evaluate(frame, stmt, body) });
    }
    this.#context.path = path;
    const last = arms.pop();
    if (last === undefined) return undefinedValue(this.#context.terms);
    const chosen = arms.reduceRight<GuardedValue>(
      (otherwise, { when, result }) => mergeGuarded(this.#context.terms, when, result, otherwise),
      last.result,
    );
    return {
      symbol: chosen.symbol,
      when: this.#context.terms.and(subject.when, this.#context.terms.not(left), chosen.when),
    };
  }

  #call(frame: Frame, stmt: Stmt, call: CallExpr): GuardedValue {
    const callee = frame.proc.callees.get(call.callee);
    assert(callee !== undefined, `the call of ${call.callee} did not resolve`);
    if (callee.kind === "intrinsic") {
      const [operand] = call.args;
      if (callee.name === "q_alloc" || operand === undefined) {
        return plainValue(this.#context.terms, UNIT);
      }
      const value = this.evaluate(frame, stmt, operand);
      return callee.name === "q_move"
        ? value
        : { ...plainValue(this.#context.terms, UNIT), when: value.when };
    }
    assert(callee.kind === "proc", "an operation under Φ passed the static checks");
    const { proc } = callee;
    const args = proc.params.map((param, position) => {
      const arg = call.args[position];
      assert(arg !== undefined, `a call of ${proc.name} lacks ${param.name}`);
      return fitGuarded(this.#context.terms, this.evaluate(frame, stmt, arg), param.type);
    });
    const result = this.#context.inline(proc, args, frame, stmt);
    return {
      symbol: result.symbol,
      when: this.#context.terms.allOf([...args.map(({ when }) => when), result.when]),
    };
  }
}
