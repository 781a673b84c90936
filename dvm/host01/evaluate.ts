/**
 * Evaluation of expressions as in the upstream executor: text is evaluated while it is parsed, both operands of every operator
 * are evaluated, and what follows the first complete expression is ignored. In place of upstream's recursive descent, an operator
 * precedence parser with two explicit stacks applies the operators in the same order, so that nesting uses no host stack.
 *
 * Precedence, loosest first: `Or`, `And`, `Eq Lt Le Gt Ge`, `Add Sub`, `Mul Div`; all left-associative.
 *
 * @module
 */
import {
  addInt64,
  type Int64,
  int64FromBigInt,
  multiplyInt64,
  subtractInt64,
} from "../value/int64.ts";
import { assert, type Result, success, unreachable } from "../base/result.ts";
import { boolValue, equalValues, intValue, stringValue, type Value } from "../value/value.ts";
import { type HostFailure, hostFailure } from "./failure.ts";
import { debugToken, END_OF_EXPRESSION, lexHostExpression, type Token } from "./lex.ts";

/** The names bound so far. */
export type Environment = ReadonlyMap<string, Value>;

/** The most nested parentheses. The upstream executor overflows its stack at a smaller depth. */
export const HOST01_NESTING_MAX = 100_000;

/** The precedence of each operator; higher binds tighter. */
const PRECEDENCE = {
  Or: 1,
  And: 2,
  Eq: 3,
  Lt: 3,
  Le: 3,
  Gt: 3,
  Ge: 3,
  Add: 4,
  Sub: 4,
  Mul: 5,
  Div: 5,
} as const;
type Operator = keyof typeof PRECEDENCE;

/** Evaluates an expression. */
export function evaluateHostExpression(
  text: string,
  names: Environment,
): Result<Value, HostFailure> {
  const tokens = lexHostExpression(text);
  return tokens.ok ? new Evaluation(tokens.value, names).run() : tokens;
}

/** One evaluation in progress. */
class Evaluation {
  readonly #tokens: readonly Token[];
  readonly #names: Environment;
  #at = 0;
  readonly #operands: Value[] = [];
  /** Operators without a right operand yet, and open parentheses. */
  readonly #operators: (Operator | "(")[] = [];
  #nesting = 0;

  constructor(tokens: readonly Token[], names: Environment) {
    this.#tokens = tokens;
    this.#names = names;
  }

  run(): Result<Value, HostFailure> {
    for (;;) {
      const operand = this.#operand();
      if (!operand.ok) return operand;
      const more = this.#afterOperand();
      if (!more.ok) return more;
      if (!more.value) return success(this.#popOperand());
    }
  }

  /** Reads one operand, and the open parentheses before it. */
  #operand(): Result<true, HostFailure> {
    for (;;) {
      const token = this.#next();
      switch (token.kind) {
        case "Int":
          return this.#push(intValue(token.value));
        case "Bool":
          return this.#push(boolValue(token.value));
        case "Str":
          return this.#push(stringValue(token.text));
        case "Ident": {
          const value = this.#names.get(token.text);
          if (value === undefined) {
            return hostFailure("DR1207", `unknown identifier: ${token.text}`);
          }
          return this.#push(value);
        }
        case "LParen":
          if (++this.#nesting > HOST01_NESTING_MAX) {
            return hostFailure("DR1211", `expression nested deeper than ${HOST01_NESTING_MAX}`);
          }
          this.#operators.push("(");
          break;
        default:
          return hostFailure("DR1207", `unexpected token in expression: ${debugToken(token)}`);
      }
    }
  }

  /** Reads on after an operand up to the next operator; false if the expression is complete. */
  #afterOperand(): Result<boolean, HostFailure> {
    for (;;) {
      const token = this.#peek();
      const operator = token.kind === "Ident" && isOperator(token.text) ? token.text : undefined;
      const applied = this.#applyOperators(operator === undefined ? 0 : PRECEDENCE[operator]);
      if (!applied.ok) return applied;
      if (operator !== undefined) {
        this.#next();
        this.#operators.push(operator);
        return success(true);
      }
      if (this.#operators.pop() === undefined) return success(false);
      const closing = this.#next();
      if (closing.kind !== "RParen") {
        return hostFailure("DR1207", `expected RParen, got ${debugToken(closing)}`);
      }
      this.#nesting--;
    }
  }

  /** Applies the operators on the stack, innermost first, down to a parenthesis or an operator of lower precedence. */
  #applyOperators(precedence: number): Result<true, HostFailure> {
    for (;;) {
      const operator = this.#operators[this.#operators.length - 1];
      if (operator === undefined || operator === "(" || PRECEDENCE[operator] < precedence) {
        return success(true);
      }
      this.#operators.pop();
      const right = this.#popOperand();
      const left = this.#popOperand();
      const value = applyOperator(operator, left, right);
      if (!value.ok) return value;
      this.#operands.push(value.value);
    }
  }

  #push(value: Value): Result<true, HostFailure> {
    this.#operands.push(value);
    return success(true);
  }

  #popOperand(): Value {
    const value = this.#operands.pop();
    assert(value !== undefined, "an operator has its operands on the stack");
    return value;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? END_OF_EXPRESSION;
  }

  #next(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }
}

function isOperator(word: string): word is Operator {
  return Object.hasOwn(PRECEDENCE, word);
}

function applyOperator(operator: Operator, left: Value, right: Value): Result<Value, HostFailure> {
  switch (operator) {
    case "Or":
    case "And": {
      if (left.kind !== "Bool" || right.kind !== "Bool") {
        return hostFailure("DR1207", `${operator} requires bool operands`);
      }
      const isTrue = operator === "Or" ? left.value || right.value : left.value && right.value;
      return success(boolValue(isTrue));
    }
    case "Eq":
      return success(boolValue(equalValues(left, right)));
    case "Lt":
    case "Le":
    case "Gt":
    case "Ge":
      if (left.kind !== "Int" || right.kind !== "Int") {
        return hostFailure("DR1207", "comparison requires int operands");
      }
      return success(boolValue(compare(operator, left.value, right.value)));
    case "Add":
    case "Sub":
      if (left.kind !== "Int" || right.kind !== "Int") {
        return hostFailure("DR1207", "Add/Sub requires int operands");
      }
      return success(intValue(calculate(operator, left.value, right.value)));
    case "Mul":
    case "Div":
      if (left.kind !== "Int" || right.kind !== "Int") {
        return hostFailure("DR1207", "Mul/Div requires int operands");
      }
      if (operator === "Mul") {
        return success(intValue(calculate(operator, left.value, right.value)));
      }
      return divide(left.value, right.value);
    default:
      return unreachable(operator);
  }
}

function compare(operator: "Lt" | "Le" | "Gt" | "Ge", left: Int64, right: Int64): boolean {
  switch (operator) {
    case "Lt":
      return left < right;
    case "Le":
      return left <= right;
    case "Gt":
      return left > right;
    case "Ge":
      return left >= right;
    default:
      return unreachable(operator);
  }
}

/** Two's complement arithmetic: a result outside 64 bits wraps around. */
function calculate(operator: "Add" | "Sub" | "Mul", left: Int64, right: Int64): Int64 {
  switch (operator) {
    case "Add":
      return addInt64(left, right) ?? wrap(BigInt(left) + BigInt(right));
    case "Sub":
      return subtractInt64(left, right) ?? wrap(BigInt(left) - BigInt(right));
    case "Mul":
      return multiplyInt64(left, right) ?? wrap(BigInt(left) * BigInt(right));
    default:
      return unreachable(operator);
  }
}

function wrap(exact: bigint): Int64 {
  const wrapped = int64FromBigInt(BigInt.asIntN(64, exact));
  assert(wrapped !== undefined, "a wrapped integer fits 64 bits");
  return wrapped;
}

/** Truncating division. Its only overflow does not wrap: upstream panics. */
function divide(left: Int64, right: Int64): Result<Value, HostFailure> {
  if (right === 0) return hostFailure("DR1207", "division by zero");
  const quotient = int64FromBigInt(BigInt(left) / BigInt(right));
  if (quotient === undefined) return hostFailure("DR1211", "attempt to divide with overflow");
  return success(intValue(quotient));
}
