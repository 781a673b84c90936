/**
 * The expression parser: DIR expression text to tree, once, when an artifact is loaded (semantics X-34).
 *
 * Precedence, loosest first: `Or`, `And`, equality, relational, `BitOr`, `BitXor`, `BitAnd`, shifts, additive,
 * multiplicative, prefix, postfix. All binary operators associate to the left. Operators are words (`Add`), symbols (`+`)
 * or the names an early compiler printed (`EqEq`). A word is an operator only between two operands, so it stays usable as a
 * name. The whole text must be one expression (DIR-18).
 *
 * A minus sign that touches a digit and does not touch an operand before it belongs to the literal: `-5`, `(-5)`,
 * `1 Add -5`. So `5 - 3` and `5-3` subtract, and `5 -3` is two operands, hence refused.
 *
 * The parser reads characters directly, without a token list: artifacts hold millions of small expressions.
 *
 * @module
 */
import { EXPR_DEPTH_MAX } from "../limits.ts";
import { parseInt64 } from "../int64.ts";
import { failure, type Result, success } from "../result.ts";
import {
  BINARY_OPERATORS,
  type BinaryOperator,
  type Expr,
  type FieldInit,
  type MatchArm,
  type NameExpr,
  type Pattern,
} from "./ast.ts";
import { NameTable } from "./name_table.ts";

/** Why a text is not an expression. The codes are `DR0110` to `DR0116` of the registry. */
export interface ExprFailure {
  readonly code: ExprFailureCode;
  readonly message: string;
  /** The offending part of the text, `[start, end)` in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** The codes of expression syntax failures. */
export type ExprFailureCode =
  /** A character that begins nothing. */
  | "DR0110"
  /** Something else was expected here, or text follows the expression. */
  | "DR0111"
  /** A string or character literal that is not closed, or has an unknown escape. */
  | "DR0112"
  /** An integer that does not fit 64 bits. */
  | "DR0113"
  /** Nested deeper than {@link EXPR_DEPTH_MAX}. */
  | "DR0114"
  /** Text that the compiler could not render, such as `{ ... }`. */
  | "DR0115"
  /** A word between operands that is no operator. */
  | "DR0116";

/**
 * Parses one whole expression.
 *
 * @example
 * ```ts
 * import { parseExpr } from "./parse.ts";
 * const parsed = parseExpr("1 Add 2 Mul 3");
 * if (!parsed.ok || parsed.value.kind !== "binary" || parsed.value.op !== "Add") throw new Error();
 * if (parseExpr("1 2").ok) throw new Error();
 * ```
 */
export function parseExpr(text: string): Result<Expr, ExprFailure> {
  return new ExprParser(new NameTable()).parse(text);
}

/** Carries a failure out of the recursive descent; never leaves this file. */
class SyntaxStop {
  readonly failure: ExprFailure;
  constructor(failure: ExprFailure) {
    this.failure = failure;
  }
}

/** A binary operator and how tightly it binds. */
interface Operator {
  readonly op: BinaryOperator;
  readonly level: number;
}

const LEVELS: { readonly [op in BinaryOperator]: number } = {
  Or: 1,
  And: 2,
  Eq: 3,
  Ne: 3,
  Lt: 4,
  Le: 4,
  Gt: 4,
  Ge: 4,
  BitOr: 5,
  BitXor: 6,
  BitAnd: 7,
  Shl: 8,
  Shr: 8,
  Add: 9,
  Sub: 9,
  Mul: 10,
  Div: 10,
};

function operator(op: BinaryOperator): Operator {
  return { op, level: LEVELS[op] };
}

const WORDS: ReadonlyMap<string, Operator> = new Map([
  ...BINARY_OPERATORS.map((op) => [op, operator(op)] as const),
  ["EqEq", operator("Eq")],
  ["Lte", operator("Le")],
  ["Gte", operator("Ge")],
  ["AndAnd", operator("And")],
  ["OrOr", operator("Or")],
]);

/** Longest first, so that `<=` is not read as `<`. */
const SYMBOLS: readonly (readonly [string, Operator])[] = ([
  ["||", "Or"],
  ["&&", "And"],
  ["==", "Eq"],
  ["!=", "Ne"],
  ["<<", "Shl"],
  [">>", "Shr"],
  ["<=", "Le"],
  [">=", "Ge"],
  ["<", "Lt"],
  [">", "Gt"],
  ["|", "BitOr"],
  ["^", "BitXor"],
  ["&", "BitAnd"],
  ["+", "Add"],
  ["-", "Sub"],
  ["*", "Mul"],
  ["/", "Div"],
] as const).map(([symbol, op]) => [symbol, operator(op)]);
/** What a symbol begins with. */
const SYMBOL_STARTS = "|&=!<>^+-*/";

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["0", "\0"],
  ["\\", "\\"],
  ['"', '"'],
  ["'", "'"],
]);

/**
 * Parses expressions, one after the other. Until `dvm/dir/scope.ts` gives it a cell, the `slot` of a name is its number in the
 * table of names.
 */
export class ExprParser {
  readonly #names: NameTable;
  #text = "";
  /** Where the expression begins and ends in the text. Offsets that leave the parser count from its beginning. */
  #from = 0;
  #end = 0;
  #at = 0;
  /** How many nested constructs are open, and operators that wait for their right side: both bound this parser's recursion. */
  #open = 0;
  #operators = 0;
  /** Height of the tree parsed last: bounds the recursion of everything that walks the tree. */
  #height = 0;
  /** Where the operator that was peeked at last ends. */
  #peekedEnd = 0;
  #metMatch = false;

  constructor(names: NameTable) {
    this.#names = names;
  }

  /** Whether the expression parsed last holds a match. */
  get metMatch(): boolean {
    return this.#metMatch;
  }

  /**
   * Parses the whole expression that stands in `text` from `from` up to `end`. What follows it there must be a double quote,
   * as in JSON, or nothing.
   */
  parse(text: string, from = 0, end = text.length): Result<Expr, ExprFailure> {
    this.#text = text;
    this.#from = this.#at = from;
    this.#end = end;
    this.#open = this.#operators = 0;
    this.#metMatch = false;
    try {
      const expr = this.#parseBinary(1);
      this.#skipSpace();
      if (this.#at < end) this.#stopAtLeftover();
      return success(expr);
    } catch (thrown) {
      if (thrown instanceof SyntaxStop) return failure(thrown.failure);
      throw thrown;
    }
  }

  /** One level of binary operators and everything tighter. */
  #parseBinary(loosest: number): Expr {
    let left = this.#parseUnary();
    for (;;) {
      const found = this.#peekOperator();
      if (found === undefined || found.level < loosest) return left;
      const leftHeight = this.#height;
      this.#at = this.#peekedEnd;
      if (++this.#operators > EXPR_DEPTH_MAX) this.#stopTooDeep(this.#at);
      const right = this.#parseBinary(found.level + 1);
      this.#operators--;
      this.#raise(leftHeight);
      const { op } = found;
      left = {
        kind: "binary",
        op,
        left,
        right,
        isSingle: false,
        start: left.start,
        end: this.#at - this.#from,
      };
    }
  }

  #parseUnary(): Expr {
    this.#skipSpace();
    const start = this.#at;
    const code = this.#text.charCodeAt(start);
    if (
      code === 0x21 /* ! */ || (code === 0x2d /* - */ && !isDigit(this.#text.charCodeAt(start + 1)))
    ) {
      this.#at++;
      this.#enter(start);
      const operand = this.#parseUnary();
      this.#open--;
      this.#raise(0);
      return {
        kind: "unary",
        op: code === 0x21 ? "Not" : "Neg",
        operand,
        start: start - this.#from,
        end: this.#at - this.#from,
      };
    }
    return this.#parsePostfix(this.#parsePrimary());
  }

  #parsePostfix(base: Expr): Expr {
    let expr = base;
    for (;;) {
      this.#skipSpace();
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x2e /* . */) {
        this.#at++;
        this.#skipSpace();
        const field = this.#readWord();
        if (field === "") this.#stopExpected("a field name");
        this.#raise(0);
        expr = { kind: "field", base: expr, field, start: expr.start, end: this.#at - this.#from };
      } else if (code === 0x5b /* [ */) {
        const height = this.#height;
        this.#enter(this.#at++);
        const index = this.#parseBinary(1);
        this.#expect("]");
        this.#open--;
        this.#raise(height);
        expr = { kind: "index", base: expr, index, start: expr.start, end: this.#at - this.#from };
      } else {
        return expr;
      }
    }
  }

  #parsePrimary(): Expr {
    this.#skipSpace();
    const start = this.#at;
    const code = this.#text.charCodeAt(start);
    this.#height = 1;
    if (isDigit(code) || code === 0x2d) return this.#parseNumber();
    if (isWordStart(code) || code === PHI) return this.#parseWord();
    if (start >= this.#end) {
      return this.#stop("DR0111", "the text ends where an operand should stand", start, start);
    }
    switch (this.#text[start]) {
      case '"':
        return {
          kind: "string",
          value: this.#readQuoted('"'),
          start: start - this.#from,
          end: this.#at - this.#from,
        };
      case "'": {
        const value = this.#readQuoted("'");
        if ([...value].length !== 1) {
          return this.#stop(
            "DR0112",
            "a character literal holds exactly one character",
            start,
            this.#at,
          );
        }
        return { kind: "char", value, start: start - this.#from, end: this.#at - this.#from };
      }
      case "(": {
        this.#enter(this.#at++);
        const inner = this.#parseBinary(1);
        this.#expect(")");
        this.#open--;
        return inner;
      }
      case "[": {
        this.#enter(this.#at++);
        const items = this.#parseList("]");
        this.#open--;
        return { kind: "array", items, start: start - this.#from, end: this.#at - this.#from };
      }
      case "{":
        return this.#stop(
          "DR0115",
          "a block in braces is not an expression: the compiler could not render it",
          start,
          this.#end,
        );
      default:
        if (PUNCTUATION.includes(this.#text.charAt(start))) this.#stopExpected("an operand");
        return this.#stop(
          "DR0110",
          `no expression begins with ${this.#shown(start)}`,
          start,
          start + 1,
        );
    }
  }

  #parseNumber(): Expr {
    const start = this.#at;
    const text = this.#text;
    let end = start + (text.charCodeAt(start) === 0x2d ? 1 : 0);
    while (isDigit(text.charCodeAt(end))) end++;
    const isFraction = text.charCodeAt(end) === 0x2e && isDigit(text.charCodeAt(end + 1));
    if (isFraction) {
      end++;
      while (isDigit(text.charCodeAt(end))) end++;
    }
    if (isWordStart(text.charCodeAt(end))) {
      while (isWordPart(text.charCodeAt(end))) end++;
      this.#stop("DR0111", `${text.slice(start, end)} is neither a number nor a name`, start, end);
    }
    this.#at = end;
    if (isFraction) {
      const value = Number(text.slice(start, end));
      if (!Number.isFinite(value)) {
        this.#stop("DR0113", "the literal is outside the range of f64", start, end);
      }
      return { kind: "float", value, start: start - this.#from, end: end - this.#from };
    }
    const value = end - start < 10
      ? shortInteger(text, start, end)
      : parseInt64(text.slice(start, end));
    if (value === undefined) {
      return this.#stop(
        "DR0113",
        `${text.slice(start, end)} does not fit a 64-bit integer`,
        start,
        end,
      );
    }
    return { kind: "int", value, start: start - this.#from, end: end - this.#from };
  }

  /** A name, a literal word, a prefix word, a path with call, a shape literal or a match. */
  #parseWord(): Expr {
    const start = this.#at;
    this.#skipPathSegment();
    const end = this.#at;
    const number = this.#names.numberIn(this.#text, start, end);
    const word = this.#names.nameOf(number);
    if (word === "true") {
      return { kind: "bool", value: true, start: start - this.#from, end: end - this.#from };
    }
    if (word === "false") {
      return { kind: "bool", value: false, start: start - this.#from, end: end - this.#from };
    }
    if (word === "match") return this.#parseMatch(start);
    this.#skipSpace();
    const next = this.#text.charCodeAt(this.#at);
    if (next === 0x28 /* ( */) {
      return word === "Neg" || word === "Not"
        ? this.#parsePrefixWord(word, start)
        : this.#parseCall(word, start);
    }
    if (next === 0x3a /* : */ && this.#text.charCodeAt(this.#at + 1) === 0x3a) {
      return this.#parsePathCall(word, start);
    }
    if (word === "Φ") this.#stop("DR0110", "Φ stands only in a path such as Φ::name", start, end);
    if (next === 0x7b /* { */ && this.#shapeLiteralFollows()) return this.#parseShape(word, start);
    this.#at = end;
    return {
      kind: "name",
      name: word,
      slot: number,
      start: start - this.#from,
      end: end - this.#from,
    } satisfies NameExpr;
  }

  #parsePrefixWord(op: "Neg" | "Not", start: number): Expr {
    this.#enter(this.#at++);
    const operand = this.#parseBinary(1);
    this.#expect(")");
    this.#open--;
    this.#raise(0);
    return { kind: "unary", op, operand, start: start - this.#from, end: this.#at - this.#from };
  }

  #parsePathCall(first: string, start: number): Expr {
    let path = first;
    while (this.#text.startsWith("::", this.#at)) {
      this.#at += 2;
      const segmentStart = this.#at;
      this.#skipPathSegment();
      const segment = this.#text.slice(segmentStart, this.#at);
      if (segment === "") this.#stopExpected("a name after ::");
      path += `::${segment}`;
    }
    this.#skipSpace();
    if (this.#text[this.#at] !== "(") this.#stopExpected(`( after the process path ${path}`);
    return this.#parseCall(path, start);
  }

  #parseCall(callee: string, start: number): Expr {
    this.#enter(this.#at++);
    const args = this.#parseList(")");
    this.#open--;
    return { kind: "call", callee, args, start: start - this.#from, end: this.#at - this.#from };
  }

  /** Comma-separated expressions up to and including `close`; leaves the height of the node they stand in. */
  #parseList(close: string): Expr[] {
    const items: Expr[] = [];
    let height = 0;
    this.#skipSpace();
    if (this.#text[this.#at] === close) {
      this.#at++;
      this.#height = 1;
      return items;
    }
    for (;;) {
      items.push(this.#parseBinary(1));
      height = Math.max(height, this.#height);
      this.#skipSpace();
      if (this.#text[this.#at] !== ",") break;
      this.#at++;
    }
    this.#expect(close);
    this.#height = height;
    this.#raise(0);
    return items;
  }

  /** Whether the brace ahead opens a shape literal: `{}` or `{name:`. A match's arms look different. */
  #shapeLiteralFollows(): boolean {
    SHAPE_OPENING.lastIndex = this.#at;
    return SHAPE_OPENING.test(this.#text);
  }

  #parseShape(name: string, start: number): Expr {
    this.#enter(this.#at++);
    const fields: FieldInit[] = [];
    let height = 0;
    this.#skipSpace();
    while (this.#text[this.#at] !== "}") {
      const fieldStart = this.#at;
      const field = this.#readWord();
      if (field === "") this.#stopExpected("a field name");
      this.#expect(":");
      const value = this.#parseBinary(1);
      height = Math.max(height, this.#height);
      fields.push({
        name: field,
        value,
        start: fieldStart - this.#from,
        end: this.#at - this.#from,
      });
      this.#skipSpace();
      if (this.#text[this.#at] !== ",") break;
      this.#at++;
      this.#skipSpace();
    }
    this.#expect("}");
    this.#open--;
    this.#height = height;
    this.#raise(0);
    return { kind: "shape", name, fields, start: start - this.#from, end: this.#at - this.#from };
  }

  #parseMatch(start: number): Expr {
    this.#metMatch = true;
    this.#enter(start);
    const subject = this.#parseBinary(1);
    let height = this.#height;
    this.#expect("{");
    const arms: MatchArm[] = [];
    this.#skipSpace();
    while (this.#text[this.#at] !== "}") {
      const armStart = this.#at;
      const pattern = this.#parsePattern();
      this.#expect("=>");
      const body = this.#parseBinary(1);
      height = Math.max(height, this.#height);
      arms.push({ pattern, body, start: armStart - this.#from, end: this.#at - this.#from });
      this.#skipSpace();
      if (this.#text[this.#at] !== ",") break;
      this.#at++;
      this.#skipSpace();
    }
    this.#expect("}");
    this.#open--;
    this.#height = height;
    this.#raise(0);
    const span = { start: start - this.#from, end: this.#at - this.#from };
    return { kind: "match", subject, arms, isFloat: false, ...span };
  }

  #parsePattern(): Pattern {
    const literals: Extract<Pattern, { kind: "literals" }>["values"][number][] = [];
    for (;;) {
      this.#skipSpace();
      const start = this.#at;
      const found = this.#parsePrimary();
      switch (found.kind) {
        case "int":
        case "float":
        case "bool":
        case "string":
        case "char":
          literals.push(found);
          break;
        case "name":
          if (literals.length > 0) {
            this.#stop("DR0111", "only literals can be joined by |", start, this.#at);
          }
          return found.name === "_"
            ? { kind: "any" }
            : { kind: "bind", name: found.name, slot: found.slot };
        default:
          this.#stop("DR0111", "a pattern is a literal, a name or _", start, this.#at);
      }
      this.#skipSpace();
      if (this.#text[this.#at] !== "|") return { kind: "literals", values: literals };
      this.#at++;
    }
  }

  /** The operator ahead, if one stands there; a word that is none is refused (DIR-16). */
  #peekOperator(): Operator | undefined {
    this.#skipSpace();
    const at = this.#at;
    const text = this.#text;
    if (at === this.#end) return undefined;
    const code = text.charCodeAt(at);
    if (isWordStart(code)) {
      let end = at + 1;
      while (isWordPart(text.charCodeAt(end))) end++;
      const word = text.slice(at, end);
      const found = WORDS.get(word);
      if (found === undefined) return this.#stop("DR0116", `${word} is not an operator`, at, end);
      this.#peekedEnd = end;
      return found;
    }
    if (!SYMBOL_STARTS.includes(text.charAt(at))) return undefined;
    // A signed literal that touches nothing before it is an operand: two operands in a row.
    if (code === 0x2d && isDigit(text.charCodeAt(at + 1)) && isSpace(text.charCodeAt(at - 1))) {
      return undefined;
    }
    if (code === 0x3d && text.charCodeAt(at + 1) === 0x3e) return undefined; // => of a match
    const match = SYMBOLS.find(([symbol]) => text.startsWith(symbol, at));
    if (match === undefined) return undefined;
    const [symbol, found] = match;
    this.#peekedEnd = at + symbol.length;
    return found;
  }

  #readWord(): string {
    const start = this.#at;
    this.#skipWord();
    return this.#text.slice(start, this.#at);
  }

  #skipWord(): void {
    const text = this.#text;
    let end = this.#at;
    if (!isWordStart(text.charCodeAt(end))) return;
    do end++; while (isWordPart(text.charCodeAt(end)));
    this.#at = end;
  }

  /** A word, or the regime letter Φ. */
  #skipPathSegment(): void {
    if (this.#text.charCodeAt(this.#at) === PHI) this.#at++;
    else this.#skipWord();
  }

  #readQuoted(quote: string): string {
    const start = this.#at++;
    const text = this.#text;
    let value = "";
    for (;;) {
      if (this.#at >= this.#end) {
        return this.#stop("DR0112", "the literal is not closed", start, this.#end);
      }
      const char = text.charAt(this.#at);
      this.#at++;
      if (char === quote) return value;
      value += char === "\\" ? this.#readEscape(start) : char;
    }
  }

  #readEscape(literalStart: number): string {
    const at = this.#at;
    if (at >= this.#end) {
      return this.#stop("DR0112", "the literal is not closed", literalStart, at);
    }
    const char = this.#text.charAt(at);
    if (char === "u") {
      const match = /^u\{([0-9a-fA-F]{1,6})\}/.exec(this.#text.slice(at, at + 9));
      const point = match?.[1] === undefined ? -1 : parseInt(match[1], 16);
      if (match === null || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
        return this.#stop(
          "DR0112",
          "\\u is followed by a code point in braces, \\u{3a6}",
          at - 1,
          at + 1,
        );
      }
      this.#at += match[0].length;
      return String.fromCodePoint(point);
    }
    const value = ESCAPES.get(char);
    if (value === undefined) {
      return this.#stop("DR0112", `\\${char} is not a defined escape`, at - 1, at + 1);
    }
    this.#at++;
    return value;
  }

  #skipSpace(): void {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at++;
  }

  #expect(wanted: string): void {
    this.#skipSpace();
    if (!this.#text.startsWith(wanted, this.#at)) this.#stopExpected(wanted);
    this.#at += wanted.length;
  }

  /** Counts a nested construct, so that no text can exhaust the host's stack. */
  #enter(start: number): void {
    if (++this.#open > EXPR_DEPTH_MAX) this.#stopTooDeep(start);
  }

  /** The height of a node over the tree parsed last and one of height `other`. */
  #raise(other: number): void {
    this.#height = Math.max(this.#height, other) + 1;
    if (this.#height > EXPR_DEPTH_MAX) this.#stopTooDeep(this.#at);
  }

  #shown(at: number): string {
    return JSON.stringify(String.fromCodePoint(this.#text.codePointAt(at) ?? 0xfffd));
  }

  #stopAtLeftover(): never {
    const shown = this.#text.slice(this.#at, Math.min(this.#at + 20, this.#end));
    this.#stop(
      "DR0111",
      `the expression ends before ${JSON.stringify(shown)}`,
      this.#at,
      this.#end,
    );
  }

  #stopExpected(wanted: string): never {
    const found = this.#at < this.#end ? this.#shown(this.#at) : "the end of the text";
    this.#stop(
      "DR0111",
      `expected ${wanted}, found ${found}`,
      this.#at,
      Math.min(this.#at + 1, this.#end),
    );
  }

  #stopTooDeep(start: number): never {
    this.#stop(
      "DR0114",
      `the expression is nested deeper than ${EXPR_DEPTH_MAX}`,
      start,
      start + 1,
    );
  }

  #stop(code: ExprFailureCode, message: string, start: number, end: number): never {
    throw new SyntaxStop({ code, message, start: start - this.#from, end: end - this.#from });
  }
}

/** What stands between or around operands: meeting it where an operand is due is a misplaced token, not an alien one. */
const PUNCTUATION = ")]},:.=<>*/+&|^";

const SHAPE_OPENING = /\{\s*(\}|[A-Za-z_][A-Za-z0-9_]*\s*:(?!:))/y;

const PHI = 0x3a6;

/** An integer of so few digits that its value is exact and no text need be made of them. */
function shortInteger(text: string, start: number, end: number): number {
  const isNegative = text.charCodeAt(start) === 0x2d;
  let value = 0;
  for (let at = isNegative ? start + 1 : start; at < end; at++) {
    value = value * 10 + text.charCodeAt(at) - 0x30;
  }
  return isNegative && value !== 0 ? -value : value;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isWordStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code);
}

function isSpace(code: number): boolean {
  if (code > 0x20) return false;
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
