/**
 * The expression parser: DIR expression text to tree, once, when an artifact is loaded (semantics X-34).
 *
 * Precedence, loosest first: `Or`, `And`, equality, relational, `BitOr`, `BitXor`, `BitAnd`, shifts, additive,
 * multiplicative, prefix, postfix. All binary operators associate to the left. Operators are words (`Add`), symbols (`+`)
 * or the names an early compiler printed (`EqEq`). A word is an operator only between two operands, so it stays usable as a
 * name. The whole text must be one expression (DIR-18).
 *
 * @module
 */
import { EXPR_DEPTH_MAX } from "../base/limits.ts";
import { failure, type Result, success } from "../base/result.ts";
import type { Expr, FieldInit, MatchArm, NameExpr, Pattern } from "./ast.ts";
import type { ExprFailure } from "./syntax_failure.ts";
import { NameTable } from "../text/name_table.ts";
import { SourceText } from "../text/source_text.ts";
import { isDigit, isWordStart, PHI, SyntaxStop, TokenReader } from "./token_reader.ts";

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
  const parsed = new ExprParser(new NameTable()).parse(new SourceText(text));
  return parsed instanceof SyntaxStop ? failure(parsed.failure) : success(parsed);
}

/**
 * Parses expressions, one after the other. Until `dvm/load/scope.ts` gives it a cell, the `slot` of a name is its number in the
 * table of names.
 */
export class ExprParser {
  readonly #names: NameTable;
  readonly #tokens: TokenReader = new TokenReader();
  /** How many nested constructs are open, and operators that wait for their right side: both bound this parser's recursion. */
  #open = 0;
  #operators = 0;
  /** Height of the tree parsed last: bounds the recursion of everything that walks the tree. */
  #height = 0;
  #metMatch = false;

  constructor(names: NameTable) {
    this.#names = names;
  }

  /** Whether the expression parsed last holds a match. */
  get metMatch(): boolean {
    return this.#metMatch;
  }

  /**
   * Parses the whole expression that stands in `source` from `from` up to `end`. What follows it there must be a double quote,
   * as in JSON, or nothing. Answers the expression, or what stopped the parser.
   */
  parse(source: SourceText, from = 0, end = source.text.length): Expr | SyntaxStop {
    const tokens = this.#tokens;
    tokens.start(source, from, end);
    this.#open = this.#operators = 0;
    this.#metMatch = false;
    try {
      const expr = this.#parseBinary(1);
      tokens.skipSpace();
      if (tokens.at < end) tokens.stopAtLeftover();
      return expr;
    } catch (thrown) {
      if (thrown instanceof SyntaxStop) return thrown;
      throw thrown;
    }
  }

  /** One level of binary operators and everything tighter. */
  #parseBinary(loosest: number): Expr {
    const tokens = this.#tokens;
    let left = this.#parseUnary();
    for (;;) {
      const found = tokens.peekOperator();
      if (found === undefined || found.level < loosest) return left;
      const leftHeight = this.#height;
      tokens.at = tokens.peekedEnd;
      if (++this.#operators > EXPR_DEPTH_MAX) tokens.stopTooDeep(tokens.at);
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
        end: tokens.at - tokens.from,
      };
    }
  }

  #parseUnary(): Expr {
    const tokens = this.#tokens;
    tokens.skipSpace();
    const start = tokens.at;
    const code = tokens.units[start] ?? 0;
    if (
      code === 0x21 /* ! */ ||
      (code === 0x2d /* - */ && !isDigit(tokens.units[start + 1] ?? 0))
    ) {
      tokens.at++;
      this.#enter(start);
      const operand = this.#parseUnary();
      this.#open--;
      this.#raise(0);
      return {
        kind: "unary",
        op: code === 0x21 ? "Not" : "Neg",
        operand,
        start: start - tokens.from,
        end: tokens.at - tokens.from,
      };
    }
    return this.#parsePostfix(this.#parsePrimary());
  }

  #parsePostfix(base: Expr): Expr {
    const tokens = this.#tokens;
    let expr = base;
    for (;;) {
      tokens.skipSpace();
      const code = tokens.units[tokens.at];
      if (code === 0x2e /* . */) {
        tokens.at++;
        tokens.skipSpace();
        const field = tokens.readWord();
        if (field === "") tokens.stopExpected("a field name");
        this.#raise(0);
        expr = {
          kind: "field",
          base: expr,
          field,
          start: expr.start,
          end: tokens.at - tokens.from,
        };
      } else if (code === 0x5b /* [ */) {
        const height = this.#height;
        this.#enter(tokens.at++);
        const index = this.#parseBinary(1);
        tokens.expect("]");
        this.#open--;
        this.#raise(height);
        expr = {
          kind: "index",
          base: expr,
          index,
          start: expr.start,
          end: tokens.at - tokens.from,
        };
      } else {
        return expr;
      }
    }
  }

  #parsePrimary(): Expr {
    const tokens = this.#tokens;
    tokens.skipSpace();
    const start = tokens.at;
    const code = tokens.units[start] ?? 0;
    this.#height = 1;
    if (isDigit(code) || code === 0x2d) return tokens.readNumber();
    if (isWordStart(code) || code === PHI) return this.#parseWord();
    if (start >= tokens.end) {
      return tokens.stop(
        "DR0111",
        "the text ends where an operand should stand",
        start,
        start,
      );
    }
    switch (tokens.text[start]) {
      case '"':
        return {
          kind: "string",
          value: tokens.readQuoted('"'),
          start: start - tokens.from,
          end: tokens.at - tokens.from,
        };
      case "'": {
        const value = tokens.readQuoted("'");
        if ([...value].length !== 1) {
          return tokens.stop(
            "DR0112",
            "a character literal holds exactly one character",
            start,
            tokens.at,
          );
        }
        return { kind: "char", value, start: start - tokens.from, end: tokens.at - tokens.from };
      }
      case "(": {
        this.#enter(tokens.at++);
        const inner = this.#parseBinary(1);
        tokens.expect(")");
        this.#open--;
        return inner;
      }
      case "[": {
        this.#enter(tokens.at++);
        const items = this.#parseList("]");
        this.#open--;
        return { kind: "array", items, start: start - tokens.from, end: tokens.at - tokens.from };
      }
      case "{":
        return tokens.stop(
          "DR0115",
          "a block in braces is not an expression: the compiler could not render it",
          start,
          tokens.end,
        );
      default:
        if (PUNCTUATION.includes(tokens.text.charAt(start))) {
          tokens.stopExpected("an operand");
        }
        return tokens.stop(
          "DR0110",
          `no expression begins with ${tokens.shown(start)}`,
          start,
          start + 1,
        );
    }
  }

  /** A name, a literal word, a prefix word, a path with call, a shape literal or a match. */
  #parseWord(): Expr {
    const tokens = this.#tokens;
    const start = tokens.at;
    tokens.skipPathSegment();
    const end = tokens.at;
    const number = this.#names.numberIn(tokens.source, start, end, tokens.wordHash);
    const word = this.#names.nameOf(number);
    if (word === "true") {
      return { kind: "bool", value: true, start: start - tokens.from, end: end - tokens.from };
    }
    if (word === "false") {
      return { kind: "bool", value: false, start: start - tokens.from, end: end - tokens.from };
    }
    if (word === "match") return this.#parseMatch(start);
    tokens.skipSpace();
    const next = tokens.units[tokens.at];
    if (next === 0x28 /* ( */) {
      return word === "Neg" || word === "Not"
        ? this.#parsePrefixWord(word, start)
        : this.#parseCall(word, start);
    }
    if (next === 0x3a /* : */ && tokens.units[tokens.at + 1] === 0x3a) {
      return this.#parsePathCall(word, start);
    }
    if (word === "Φ") {
      tokens.stop("DR0110", "Φ stands only in a path such as Φ::name", start, end);
    }
    if (next === 0x7b /* { */ && this.#shapeLiteralFollows()) return this.#parseShape(word, start);
    tokens.at = end;
    return {
      kind: "name",
      name: word,
      slot: number,
      start: start - tokens.from,
      end: end - tokens.from,
    } satisfies NameExpr;
  }

  #parsePrefixWord(op: "Neg" | "Not", start: number): Expr {
    const tokens = this.#tokens;
    this.#enter(tokens.at++);
    const operand = this.#parseBinary(1);
    tokens.expect(")");
    this.#open--;
    this.#raise(0);
    return { kind: "unary", op, operand, start: start - tokens.from, end: tokens.at - tokens.from };
  }

  #parsePathCall(first: string, start: number): Expr {
    const tokens = this.#tokens;
    let path = first;
    while (tokens.text.startsWith("::", tokens.at)) {
      tokens.at += 2;
      const segmentStart = tokens.at;
      tokens.skipPathSegment();
      const segment = tokens.text.slice(segmentStart, tokens.at);
      if (segment === "") tokens.stopExpected("a name after ::");
      path += `::${segment}`;
    }
    tokens.skipSpace();
    if (tokens.text[tokens.at] !== "(") {
      tokens.stopExpected(`( after the process path ${path}`);
    }
    return this.#parseCall(path, start);
  }

  #parseCall(callee: string, start: number): Expr {
    const tokens = this.#tokens;
    this.#enter(tokens.at++);
    const args = this.#parseList(")");
    this.#open--;
    return { kind: "call", callee, args, start: start - tokens.from, end: tokens.at - tokens.from };
  }

  /** Comma-separated expressions up to and including `close`; leaves the height of the node they stand in. */
  #parseList(close: string): Expr[] {
    const tokens = this.#tokens;
    const items: Expr[] = [];
    let height = 0;
    tokens.skipSpace();
    if (tokens.text[tokens.at] === close) {
      tokens.at++;
      this.#height = 1;
      return items;
    }
    for (;;) {
      items.push(this.#parseBinary(1));
      height = Math.max(height, this.#height);
      tokens.skipSpace();
      if (tokens.text[tokens.at] !== ",") break;
      tokens.at++;
    }
    tokens.expect(close);
    this.#height = height;
    this.#raise(0);
    return items;
  }

  /** Whether the brace ahead opens a shape literal: `{}` or `{name:`. A match's arms look different. */
  #shapeLiteralFollows(): boolean {
    SHAPE_OPENING.lastIndex = this.#tokens.at;
    return SHAPE_OPENING.test(this.#tokens.text);
  }

  #parseShape(name: string, start: number): Expr {
    const tokens = this.#tokens;
    this.#enter(tokens.at++);
    const fields: FieldInit[] = [];
    this.#parseBraced(0, () => {
      const fieldStart = tokens.at;
      const field = tokens.readWord();
      if (field === "") tokens.stopExpected("a field name");
      tokens.expect(":");
      const value = this.#parseBinary(1);
      fields.push({
        name: field,
        value,
        start: fieldStart - tokens.from,
        end: tokens.at - tokens.from,
      });
    });
    return {
      kind: "shape",
      name,
      fields,
      start: start - tokens.from,
      end: tokens.at - tokens.from,
    };
  }

  #parseMatch(start: number): Expr {
    const tokens = this.#tokens;
    this.#metMatch = true;
    this.#enter(start);
    const subject = this.#parseBinary(1);
    const subjectHeight = this.#height;
    tokens.expect("{");
    const arms: MatchArm[] = [];
    this.#parseBraced(subjectHeight, () => {
      const armStart = tokens.at;
      const pattern = this.#parsePattern();
      tokens.expect("=>");
      const body = this.#parseBinary(1);
      arms.push({
        pattern,
        body,
        start: armStart - tokens.from,
        end: tokens.at - tokens.from,
      });
    });
    const span = { start: start - tokens.from, end: tokens.at - tokens.from };
    return { kind: "match", subject, arms, isFloat: false, ...span };
  }

  /**
   * Items behind an opening brace, up to and including the closing one; each ends in an expression. Leaves the height of the node they
   * stand in, beside parts of height `height`.
   */
  #parseBraced(height: number, parseItem: () => void): void {
    const tokens = this.#tokens;
    let highest = height;
    tokens.skipSpace();
    while (tokens.text[tokens.at] !== "}") {
      parseItem();
      highest = Math.max(highest, this.#height);
      tokens.skipSpace();
      if (tokens.text[tokens.at] !== ",") break;
      tokens.at++;
      tokens.skipSpace();
    }
    tokens.expect("}");
    this.#open--;
    this.#height = highest;
    this.#raise(0);
  }

  #parsePattern(): Pattern {
    const tokens = this.#tokens;
    const literals: Extract<Pattern, { kind: "literals" }>["values"][number][] = [];
    for (;;) {
      tokens.skipSpace();
      const start = tokens.at;
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
            tokens.stop("DR0111", "only literals can be joined by |", start, tokens.at);
          }
          return found.name === "_"
            ? { kind: "any" }
            : { kind: "bind", name: found.name, slot: found.slot };
        default:
          tokens.stop(
            "DR0111",
            "a pattern is a literal, a name or _",
            start,
            tokens.at,
          );
      }
      tokens.skipSpace();
      if (tokens.text[tokens.at] !== "|") return { kind: "literals", values: literals };
      tokens.at++;
    }
  }

  /** Counts a nested construct, so that no text can exhaust the host's stack. */
  #enter(start: number): void {
    if (++this.#open > EXPR_DEPTH_MAX) this.#tokens.stopTooDeep(start);
  }

  /** The height of a node over the tree parsed last and one of height `other`. */
  #raise(other: number): void {
    this.#height = Math.max(this.#height, other) + 1;
    if (this.#height > EXPR_DEPTH_MAX) this.#tokens.stopTooDeep(this.#tokens.at);
  }
}

/** What stands between or around operands: meeting it where an operand is due is a misplaced token, not an alien one. */
const PUNCTUATION = ")]},:.=<>*/+&|^";

const SHAPE_OPENING = /\{\s*(\}|[A-Za-z_][A-Za-z0-9_]*\s*:(?!:))/y;
