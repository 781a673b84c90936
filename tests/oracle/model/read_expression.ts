/**
 * The model's reader of expressions: precedence climbing over tokens (DIR-16 to DIR-20; semantics.md, X-34).
 *
 * @module
 */
import { exactOf } from "./decimal.ts";
import type { Arm, Expression, FieldInit, Pattern } from "./expression.ts";
import { LoadRefusal, type Rules } from "./rules.ts";
import { END, type Token, tokensOf } from "./tokens.ts";

/** Operators from loosest to tightest, each under its DIR word, with its other spellings. */
const LEVELS: readonly (readonly (readonly string[])[])[] = [
  [["Or", "OrOr", "||"]],
  [["And", "AndAnd", "&&"]],
  [["Eq", "EqEq", "=="], ["Ne", "!="]],
  [["Le", "Lte", "<="], ["Ge", "Gte", ">="], ["Lt", "<"], ["Gt", ">"]],
  [["BitOr", "|"]],
  [["BitXor", "^"]],
  [["BitAnd", "&"]],
  [["Shl", "<<"], ["Shr", ">>"]],
  [["Add", "+"], ["Sub", "-"]],
  [["Mul", "*"], ["Div", "/"]],
];

/** Every spelling, with its word and its level. */
const OPERATORS: ReadonlyMap<string, { readonly op: string; readonly level: number }> = new Map(
  LEVELS.flatMap((operators, level) =>
    operators.flatMap((spellings) =>
      spellings.map((spelling) => [spelling, { op: spellings[0] ?? "", level }] as const)
    )
  ),
);

const I64_MIN = -(2n ** 63n);
const I64_MAX = 2n ** 63n - 1n;

/** Reads one whole expression, or throws a load refusal (DIR-18). */
export function readExpression(text: string, rules: Rules): Expression {
  return new ExpressionReader(text, rules).whole();
}

class ExpressionReader {
  readonly #tokens: readonly Token[];
  readonly #rules: Rules;
  #next = 0;
  /** Whether `name {` begins the arms of a match rather than a shape literal. */
  #isBeforeArms = false;

  constructor(text: string, rules: Rules) {
    this.#tokens = tokensOf(text, rules);
    this.#rules = rules;
  }

  /** The whole text as one expression. */
  whole(): Expression {
    const expression = this.#binary(0);
    const isOver = this.#peek().kind === "end" || this.#rules.breaks("leftovers ignored");
    if (!isOver) throw new LoadRefusal(`left over: ${this.#peek().text}`);
    return expression;
  }

  /** Operators of `level` and tighter; all associate to the left. */
  #binary(level: number): Expression {
    if (this.#rules.breaks("no precedence")) return this.#flat();
    if (level === LEVELS.length) return this.#prefix();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = this.#operator();
      if (operator?.level !== level) return left;
      this.#next++;
      const right = this.#binary(this.#rules.breaks("groups to the right") ? level : level + 1);
      left = { kind: "binary", op: operator.op, left, right };
    }
  }

  #flat(): Expression {
    let left = this.#prefix();
    for (let operator = this.#operator(); operator !== undefined; operator = this.#operator()) {
      this.#next++;
      left = { kind: "binary", op: operator.op, left, right: this.#prefix() };
    }
    return left;
  }

  #operator(): { readonly op: string; readonly level: number } | undefined {
    const token = this.#peek();
    const known = OPERATORS.get(token.text);
    if (token.kind === "word" && known === undefined) {
      if (this.#rules.breaks("leftovers ignored")) return undefined;
      throw new LoadRefusal(`unknown operator ${token.text}`);
    }
    if (token.kind !== "word" && token.kind !== "symbol") return undefined;
    // `5 -3` is two operands, `5 - 3` and `5-3` are a difference.
    const after = this.#tokens[this.#next + 1];
    if (token.text === "-" && token.spaced && after?.kind === "number" && !after.spaced) {
      return undefined;
    }
    return known;
  }

  #prefix(): Expression {
    const token = this.#peek();
    if (token.kind === "symbol" && (token.text === "-" || token.text === "!")) {
      this.#next++;
      const after = this.#peek();
      if (token.text === "-" && after.kind === "number" && !after.spaced) {
        return this.#postfix(this.#number("-"));
      }
      const operand = this.#prefix();
      return { kind: "unary", op: token.text === "-" ? "Neg" : "Not", operand };
    }
    return this.#postfix(this.#primary());
  }

  #postfix(base: Expression): Expression {
    if (this.#takes(".")) {
      return this.#postfix({ kind: "field", base, field: this.#word() });
    }
    if (this.#takes("[")) {
      const index = this.#inside(() => this.#binary(0));
      this.#expect("]");
      return this.#postfix({ kind: "index", base, index });
    }
    return base;
  }

  #primary(): Expression {
    const token = this.#peek();
    switch (token.kind) {
      case "number":
        return this.#number("");
      case "string":
      case "char":
        this.#next++;
        return { kind: token.kind, value: token.value };
      case "word":
        return token.text === "match" ? this.#match() : this.#named();
      default:
        break;
    }
    if (this.#takes("(")) {
      const inner = this.#inside(() => this.#binary(0));
      this.#expect(")");
      return inner;
    }
    if (this.#takes("[")) {
      return { kind: "array", items: this.#inside(() => this.#list("]")) };
    }
    throw new LoadRefusal(`an operand is missing at ${token.text}`);
  }

  #number(sign: string): Expression {
    const text = sign + this.#peek().text;
    this.#next++;
    const exact = exactOf(text);
    if (exact === undefined) throw new LoadRefusal(`${text} is no number`);
    if (text.includes(".")) return { kind: "number", exact, whole: undefined };
    const whole = BigInt(text);
    if (whole >= I64_MIN && whole <= I64_MAX) return { kind: "number", exact, whole };
    if (this.#rules.breaks("wide literal wraps")) {
      return { kind: "number", exact, whole: BigInt.asIntN(64, whole) };
    }
    throw new LoadRefusal(`${text} does not fit 64 bits`);
  }

  #named(): Expression {
    let path = this.#word();
    while (this.#takes("::")) path += `::${this.#word()}`;
    if (path === "true" || path === "false") return { kind: "bool", value: path === "true" };
    if (this.#takes("(")) {
      const args = this.#inside(() => this.#list(")"));
      const [operand] = args;
      if (path === "Neg" || path === "Not") {
        if (operand === undefined || args.length > 1) throw new LoadRefusal(`${path} takes one`);
        return { kind: "unary", op: path, operand };
      }
      return { kind: "call", callee: path, args };
    }
    if (path.includes("::") || path === "Φ") throw new LoadRefusal(`${path} is no value`);
    if (!this.#isBeforeArms && this.#takes("{")) {
      return { kind: "shape", name: path, fields: this.#inits() };
    }
    return { kind: "name", name: path };
  }

  #match(): Expression {
    this.#next++;
    const outer = this.#isBeforeArms;
    this.#isBeforeArms = true;
    const of = this.#binary(0);
    this.#isBeforeArms = outer;
    this.#expect("{");
    const arms: Arm[] = [];
    while (!this.#takes("}")) {
      if (arms.length > 0) {
        this.#expect(",");
        if (this.#takes("}")) break;
      }
      const pattern = this.#pattern();
      this.#expect("=>");
      arms.push({ pattern, value: this.#inside(() => this.#binary(0)) });
    }
    if (arms.length === 0) throw new LoadRefusal("a match without arms");
    return { kind: "match", of, arms };
  }

  #pattern(): Pattern {
    const { kind, text } = this.#peek();
    if (kind === "word" && text !== "true" && text !== "false") {
      const name = this.#word();
      return { kind: "any", name: name === "_" ? undefined : name };
    }
    const literals: Expression[] = [];
    do literals.push(this.#literal()); while (this.#takes("|"));
    return { kind: "literals", literals };
  }

  #literal(): Expression {
    const { kind, text } = this.#peek();
    const isNegative = kind === "symbol" && text === "-";
    const isLiteral = ["number", "string", "char"].includes(kind) || isNegative ||
      text === "true" || text === "false";
    if (!isLiteral) throw new LoadRefusal(`no literal: ${text}`);
    const literal = this.#prefix();
    const isPlain = ["number", "string", "char", "bool"].includes(literal.kind);
    if (!isPlain) throw new LoadRefusal("a pattern is a literal");
    return literal;
  }

  #inits(): FieldInit[] {
    const fields: FieldInit[] = [];
    if (this.#takes("}")) return fields;
    do {
      const name = this.#word();
      this.#expect(":");
      fields.push({ name, value: this.#inside(() => this.#binary(0)) });
    } while (this.#takes(","));
    this.#expect("}");
    return fields;
  }

  #list(close: string): Expression[] {
    const items: Expression[] = [];
    if (this.#takes(close)) return items;
    do items.push(this.#binary(0)); while (this.#takes(","));
    this.#expect(close);
    return items;
  }

  /** Within brackets a shape literal is possible again. */
  #inside<T>(read: () => T): T {
    const outer = this.#isBeforeArms;
    this.#isBeforeArms = false;
    const result = read();
    this.#isBeforeArms = outer;
    return result;
  }

  #word(): string {
    const token = this.#peek();
    if (token.kind !== "word") throw new LoadRefusal(`a name is missing at ${token.text}`);
    this.#next++;
    return token.text;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? END;
  }

  #takes(text: string): boolean {
    const token = this.#peek();
    if (token.kind !== "symbol" || token.text !== text) return false;
    this.#next++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#takes(text)) throw new LoadRefusal(`${text} is missing`);
  }
}
