/**
 * The expression parser: DIR expression text to tree, once, when an artifact is loaded (semantics X-34).
 *
 * Precedence, loosest first: `Or`, `And`, equality, relational, `BitOr`, `BitXor`, `BitAnd`, shifts, additive, multiplicative,
 * prefix, postfix. All binary operators associate to the left. An operator is a word (`Add`), a symbol (`+`) or a name that an
 * early compiler printed (`EqEq`). A word is an operator only between two operands, so it stays usable as a name. The whole text
 * must be one expression (DIR-18).
 *
 * @module
 */
import { failure, type Result, success } from "../base/result.ts";
import type { Expr, NameExpr } from "./ast.ts";
import { Nesting } from "./nesting.ts";
import { type InnerParser, opensShapeLiteral, parseMatch, parseShape } from "./parse_braced.ts";
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
 * Parses expressions, one after another. The `slot` of a name is its number in the table of names, until `dvm/load/scope.ts`
 * replaces it by a cell.
 */
export class ExprParser implements InnerParser {
  readonly #names: NameTable;
  readonly tokens: TokenReader = new TokenReader();
  readonly nesting: Nesting = new Nesting(this.tokens);
  #hasMatch = false;

  constructor(names: NameTable) {
    this.#names = names;
  }

  /** Whether the expression that was parsed last has a match in it. */
  get hasMatch(): boolean {
    return this.#hasMatch;
  }

  /**
   * Parses `source` from `from` up to `end`, which must be one whole expression. The character at `end` must be a double quote, as in
   * JSON, or the end of the text. Returns the expression, or what stopped the parser.
   */
  parse(source: SourceText, from = 0, end = source.text.length): Expr | SyntaxStop {
    const { tokens } = this;
    tokens.start(source, from, end);
    this.nesting.reset();
    this.#hasMatch = false;
    try {
      const expr = this.parseBinary(1);
      tokens.skipSpace();
      if (tokens.at < end) tokens.stopAtLeftover();
      return expr;
    } catch (thrown) {
      if (thrown instanceof SyntaxStop) return thrown;
      throw thrown;
    }
  }

  /** Parses binary operators down to the level `loosest`, and everything that binds tighter. */
  parseBinary(loosest: number): Expr {
    const { tokens, nesting } = this;
    let left = this.#parseUnary();
    for (;;) {
      const found = tokens.peekOperator();
      if (found === undefined || found.level < loosest) return left;
      const leftHeight = nesting.height;
      tokens.at = tokens.peekedEnd;
      nesting.enterOperand();
      const right = this.parseBinary(found.level + 1);
      nesting.leaveOperand();
      nesting.raise(leftHeight);
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
    const { tokens } = this;
    tokens.skipSpace();
    const start = tokens.at;
    const code = tokens.units[start] ?? 0;
    if (
      code === 0x21 /* ! */ ||
      (code === 0x2d /* - */ && !isDigit(tokens.units[start + 1] ?? 0))
    ) {
      tokens.at++;
      this.nesting.enter(start);
      const operand = this.#parseUnary();
      this.nesting.leave();
      this.nesting.raise();
      return {
        kind: "unary",
        op: code === 0x21 ? "Not" : "Neg",
        operand,
        ...tokens.spanFrom(start),
      };
    }
    return this.#parsePostfix(this.parsePrimary());
  }

  #parsePostfix(base: Expr): Expr {
    const { tokens } = this;
    let expr = base;
    for (;;) {
      tokens.skipSpace();
      const code = tokens.units[tokens.at];
      if (code === 0x2e /* . */) {
        tokens.at++;
        tokens.skipSpace();
        const field = tokens.readWord();
        if (field === "") tokens.stopExpected("a field name");
        this.nesting.raise();
        expr = {
          kind: "field",
          base: expr,
          field,
          start: expr.start,
          end: tokens.at - tokens.from,
        };
      } else if (code === 0x5b /* [ */) {
        const height = this.nesting.height;
        this.nesting.enter(tokens.at++);
        const index = this.parseBinary(1);
        tokens.expect("]");
        this.nesting.leave();
        this.nesting.raise(height);
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

  parsePrimary(): Expr {
    const { tokens } = this;
    tokens.skipSpace();
    const start = tokens.at;
    const code = tokens.units[start] ?? 0;
    this.nesting.height = 1;
    if (isDigit(code) || code === 0x2d) return tokens.readNumber();
    if (isWordStart(code) || code === PHI) return this.#parseWord();
    if (start >= tokens.end) {
      return tokens.stop(
        "DR0111",
        "the text ends where an operand is expected",
        start,
        start,
      );
    }
    switch (tokens.text[start]) {
      case '"':
        return {
          kind: "string",
          value: tokens.readQuoted('"'),
          ...tokens.spanFrom(start),
        };
      case "'": {
        const value = tokens.readQuoted("'");
        if ([...value].length !== 1) {
          return tokens.stop(
            "DR0112",
            "a character literal has exactly one character",
            start,
            tokens.at,
          );
        }
        return { kind: "char", value, ...tokens.spanFrom(start) };
      }
      case "(": {
        this.nesting.enter(tokens.at++);
        const inner = this.parseBinary(1);
        tokens.expect(")");
        this.nesting.leave();
        return inner;
      }
      case "[": {
        this.nesting.enter(tokens.at++);
        const items = this.#parseList("]");
        this.nesting.leave();
        return { kind: "array", items, ...tokens.spanFrom(start) };
      }
      case "{":
        return tokens.stop(
          "DR0115",
          "a block in braces is not an expression: the compiler could not print it",
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

  /** Parses what begins with a word: a name, `true`, `Neg(x)`, a call, a shape literal or a match. */
  #parseWord(): Expr {
    const { tokens } = this;
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
    if (word === "match") {
      this.#hasMatch = true;
      return parseMatch(this, start);
    }
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
      tokens.stop("DR0110", "Φ is used only in a path such as Φ::name", start, end);
    }
    if (next === 0x7b /* { */ && opensShapeLiteral(tokens)) {
      return parseShape(this, word, start);
    }
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
    const { tokens } = this;
    this.nesting.enter(tokens.at++);
    const operand = this.parseBinary(1);
    tokens.expect(")");
    this.nesting.leave();
    this.nesting.raise();
    return { kind: "unary", op, operand, ...tokens.spanFrom(start) };
  }

  #parsePathCall(first: string, start: number): Expr {
    const { tokens } = this;
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
    const { tokens } = this;
    this.nesting.enter(tokens.at++);
    const args = this.#parseList(")");
    this.nesting.leave();
    return { kind: "call", callee, args, ...tokens.spanFrom(start) };
  }

  /** Parses comma-separated expressions up to and including `close`, as parts of one node. */
  #parseList(close: string): Expr[] {
    const { tokens } = this;
    const items: Expr[] = [];
    let height = 0;
    tokens.skipSpace();
    if (tokens.text[tokens.at] === close) {
      tokens.at++;
      this.nesting.height = 1;
      return items;
    }
    for (;;) {
      items.push(this.parseBinary(1));
      height = Math.max(height, this.nesting.height);
      tokens.skipSpace();
      if (tokens.text[tokens.at] !== ",") break;
      tokens.at++;
    }
    tokens.expect(close);
    this.nesting.height = height;
    this.nesting.raise();
    return items;
  }
}

/** Characters between or around operands: where an operand is expected they are misplaced, not unknown. */
const PUNCTUATION = ")]},:.=<>*/+&|^";
