/**
 * The model's reader of expression text: tokens, then precedence climbing (DIR-16 to DIR-20). Nothing of `dvm/expr` is used.
 *
 * @module
 */
import { LoadRefusal, type Rules } from "./rules.ts";

/** An expression as the model sees it. */
export type Expression =
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "call"; readonly callee: string; readonly args: readonly Expression[] }
  | { readonly kind: "field"; readonly base: Expression; readonly field: string }
  | { readonly kind: "index"; readonly base: Expression; readonly index: Expression }
  | { readonly kind: "array"; readonly items: readonly Expression[] }
  | { readonly kind: "shape"; readonly name: string; readonly fields: readonly FieldInit[] }
  | { readonly kind: "unary"; readonly op: "Neg" | "Not"; readonly operand: Expression }
  | Binary;

/** One `name: value` of a shape literal. */
export interface FieldInit {
  readonly name: string;
  readonly value: Expression;
}

/** `left op right`. */
export interface Binary {
  readonly kind: "binary";
  readonly op: string;
  readonly left: Expression;
  readonly right: Expression;
}

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

interface Token {
  readonly kind: "word" | "number" | "string" | "symbol" | "end";
  readonly text: string;
  /** The content of a string literal. */
  readonly value: string;
  /** Whether white space stands before it. */
  readonly spaced: boolean;
}

/** Reads one whole expression, or throws a {@link LoadRefusal}. */
export function readExpression(text: string, rules: Rules): Expression {
  const reader = new Reader(tokensOf(text, rules), rules);
  const expression = reader.binary(0);
  if (!rules.breaks("leftovers ignored")) reader.expectEnd();
  return expression;
}

const TOKEN =
  /^(?:([A-Za-z_][A-Za-z0-9_]*|Φ)|([0-9]+(?:\.[0-9]+)?)(?![A-Za-z_])|(\|\||&&|==|!=|<=|>=|<<|>>|::|[-+*/<>|&^!(){}[\].,:]))/;

function tokensOf(text: string, rules: Rules): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    const start = at;
    while (at < text.length && " \t\r\n".includes(text.charAt(at))) at++;
    const spaced = at > start;
    if (at === text.length) {
      tokens.push({ kind: "end", text: "", value: "", spaced });
      return tokens;
    }
    if (text.charAt(at) === '"') {
      const literal = readString(text, at, rules);
      tokens.push({ kind: "string", text: '"', value: literal.value, spaced });
      at = literal.end;
      continue;
    }
    const match = TOKEN.exec(text.slice(at));
    if (match === null) throw new LoadRefusal(`no token at ${text.slice(at)}`);
    const kind = match[1] !== undefined ? "word" : match[2] !== undefined ? "number" : "symbol";
    tokens.push({ kind, text: match[0], value: "", spaced });
    at += match[0].length;
  }
}

const ESCAPES: { readonly [letter: string]: string } = {
  "n": "\n",
  "r": "\r",
  "t": "\t",
  "0": "\0",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

function readString(
  text: string,
  start: number,
  rules: Rules,
): { readonly value: string; readonly end: number } {
  let value = "";
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') {
    if (text.charAt(at) !== "\\") {
      value += text.charAt(at++);
      continue;
    }
    const unicode = /^\\u\{([0-9a-fA-F]{1,6})\}/.exec(text.slice(at));
    const escape = ESCAPES[text.charAt(at + 1)];
    if (unicode?.[1] !== undefined) {
      const point = parseInt(unicode[1], 16);
      if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
        throw new LoadRefusal("no such code point");
      }
      value += String.fromCodePoint(point);
      at += unicode[0].length;
    } else if (escape !== undefined) {
      value += escape;
      at += 2;
    } else if (rules.breaks("unknown escape kept")) {
      value += text.slice(at, at + 2);
      at += 2;
    } else {
      throw new LoadRefusal("unknown escape");
    }
  }
  if (at >= text.length && !rules.breaks("unclosed string accepted")) {
    throw new LoadRefusal("unclosed string");
  }
  return { value, end: Math.min(at + 1, text.length) };
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #rules: Rules;
  #next = 0;

  constructor(tokens: readonly Token[], rules: Rules) {
    this.#tokens = tokens;
    this.#rules = rules;
  }

  expectEnd(): void {
    if (this.#peek().kind !== "end") throw new LoadRefusal(`left over: ${this.#peek().text}`);
  }

  /** Operators of `level` and tighter; all associate to the left. */
  binary(level: number): Expression {
    if (this.#rules.breaks("no precedence")) return this.#flat();
    if (level === LEVELS.length) return this.#prefix();
    let left = this.binary(level + 1);
    for (;;) {
      const operator = this.#operator();
      if (operator?.level !== level) return left;
      this.#next++;
      const right = this.#rules.breaks("groups to the right")
        ? this.binary(level)
        : this.binary(level + 1);
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
      const index = this.binary(0);
      this.#expect("]");
      return this.#postfix({ kind: "index", base, index });
    }
    return base;
  }

  #primary(): Expression {
    const token = this.#peek();
    switch (token.kind) {
      case "number":
        return this.#postfix(this.#number(""));
      case "string":
        this.#next++;
        return { kind: "string", value: token.value };
      case "word":
        return this.#named();
      default:
        break;
    }
    if (this.#takes("(")) {
      const inner = this.binary(0);
      this.#expect(")");
      return inner;
    }
    if (this.#takes("[")) return { kind: "array", items: this.#list("]") };
    throw new LoadRefusal(`an operand is missing at ${token.text}`);
  }

  #number(sign: string): Expression {
    const { text } = this.#peek();
    this.#next++;
    if (text.includes(".")) return { kind: "float", value: Number(sign + text) };
    const value = sign === "-" ? -BigInt(text) : BigInt(text);
    if (value >= I64_MIN && value <= I64_MAX) return { kind: "int", value };
    if (this.#rules.breaks("wide literal wraps")) {
      return { kind: "int", value: BigInt.asIntN(64, value) };
    }
    throw new LoadRefusal(`${text} does not fit 64 bits`);
  }

  #named(): Expression {
    let path = this.#word();
    while (this.#takes("::")) path += `::${this.#word()}`;
    if (path === "true" || path === "false") return { kind: "bool", value: path === "true" };
    if (this.#takes("(")) {
      const args = this.#list(")");
      const [operand] = args;
      if (path === "Neg" || path === "Not") {
        if (operand === undefined || args.length > 1) throw new LoadRefusal(`${path} takes one`);
        return { kind: "unary", op: path, operand };
      }
      return { kind: "call", callee: path, args };
    }
    if (path.includes("::") || path === "Φ") throw new LoadRefusal(`${path} is no value`);
    if (this.#takes("{")) return { kind: "shape", name: path, fields: this.#inits() };
    return { kind: "name", name: path };
  }

  #inits(): FieldInit[] {
    const fields: FieldInit[] = [];
    if (this.#takes("}")) return fields;
    do {
      const name = this.#word();
      this.#expect(":");
      fields.push({ name, value: this.binary(0) });
    } while (this.#takes(","));
    this.#expect("}");
    return fields;
  }

  #list(close: string): Expression[] {
    const items: Expression[] = [];
    if (this.#takes(close)) return items;
    do items.push(this.binary(0)); while (this.#takes(","));
    this.#expect(close);
    return items;
  }

  #word(): string {
    const token = this.#peek();
    if (token.kind !== "word") throw new LoadRefusal(`a name is missing at ${token.text}`);
    this.#next++;
    return token.text;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: "end", text: "", value: "", spaced: false };
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

/** Every call in an expression, inner ones first. */
export function callsIn(expr: Expression): Extract<Expression, { kind: "call" }>[] {
  const inner = partsOf(expr).flatMap(callsIn);
  return expr.kind === "call" ? [...inner, expr] : inner;
}

/** Every name an expression reads, repetitions included; the type named in `q_alloc(T)` is not read. */
export function namesIn(expr: Expression): string[] {
  if (expr.kind === "name") return [expr.name];
  if (expr.kind === "call" && expr.callee === "q_alloc") return [];
  return partsOf(expr).flatMap(namesIn);
}

/** The direct parts of an expression, in the order they are evaluated. */
export function partsOf(expr: Expression): readonly Expression[] {
  switch (expr.kind) {
    case "call":
      return expr.args;
    case "field":
      return [expr.base];
    case "index":
      return [expr.base, expr.index];
    case "array":
      return expr.items;
    case "shape":
      return expr.fields.map(({ value }) => value);
    case "unary":
      return [expr.operand];
    case "binary":
      return [expr.left, expr.right];
    default:
      return [];
  }
}
