/**
 * Reads the tokens of an expression in place, without a token list: an artifact may have millions of small expressions.
 *
 * A minus sign that touches a digit and does not touch an operand before it belongs to the literal: `-5`, `(-5)`,
 * `1 Add -5`. So `5 - 3` and `5-3` subtract, and `5 -3` is two operands, hence refused.
 *
 * @module
 */
import { EXPR_DEPTH_MAX } from "../base/limits.ts";
import { parseInt64 } from "../value/int64.ts";
import type { Expr, Span } from "./ast.ts";
import type { ExprFailure, ExprFailureCode } from "./syntax_failure.ts";
import { hashStep } from "../text/name_table.ts";
import { SourceText } from "../text/source_text.ts";
import {
  FOREIGN_OPERATORS,
  type Operator,
  OPERATOR_STARTS,
  OPERATOR_SYMBOLS,
  operatorWordIn,
} from "./operators.ts";

/** Thrown to leave the recursive descent with a failure; `ExprParser` catches it. */
export class SyntaxStop {
  readonly failure: ExprFailure;
  constructor(failure: ExprFailure) {
    this.failure = failure;
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["0", "\0"],
  ["\\", "\\"],
  ['"', '"'],
  ["'", "'"],
]);

/** The letter Φ, the only letter outside ASCII that may begin a path. */
export const PHI = 0x3a6;

/** A position in an expression, and the tokens from there. */
export class TokenReader {
  source = new SourceText("");
  /** Where the expression begins and ends in the text. Spans and offsets of failures count from its beginning. */
  from = 0;
  end = 0;
  /** The position. */
  at = 0;
  /** Where the operator that `peekOperator` returned last ends. */
  peekedEnd = 0;
  /** The hash of the word that was read last, for the table of names. */
  wordHash = 0;

  get text(): string {
    return this.source.text;
  }

  get units(): SourceText["units"] {
    return this.source.units;
  }

  /** Starts reading the expression in `source` from `from` up to `end`. */
  start(source: SourceText, from: number, end: number): void {
    this.source = source;
    this.from = this.at = from;
    this.end = end;
  }

  /** The next token if it is an operator; a word that is no operator is refused (DIR-16). */
  peekOperator(): Operator | undefined {
    this.skipSpace();
    const at = this.at;
    const { text, units } = this;
    if (at === this.end) return undefined;
    const code = units[at] ?? 0;
    if (isWordStart(code)) {
      let end = at + 1;
      while (isWordPart(units[end] ?? 0)) end++;
      const found = operatorWordIn(units, at, end);
      if (found === undefined) this.#stopNoOperator(at, end);
      this.peekedEnd = end;
      return found;
    }
    if (!OPERATOR_STARTS.includes(text.charAt(at))) {
      return FOREIGN_OPERATORS.has(text.charAt(at)) ? this.#stopNoOperator(at, at + 1) : undefined;
    }
    // A signed literal after white space is an operand: two operands in a row.
    if (code === 0x2d && isDigit(units[at + 1] ?? 0) && isSpace(units[at - 1] ?? 0)) {
      return undefined;
    }
    if (code === 0x3d && units[at + 1] === 0x3e) return undefined; // => of a match
    const match = OPERATOR_SYMBOLS.find(([symbol]) => text.startsWith(symbol, at));
    if (match === undefined) return code === 0x3d ? this.#stopNoOperator(at, at + 1) : undefined;
    const [symbol, found] = match;
    this.peekedEnd = at + symbol.length;
    return found;
  }

  #stopNoOperator(start: number, end: number): never {
    const word = this.text.slice(start, end);
    const foreign = FOREIGN_OPERATORS.get(word);
    throw new SyntaxStop({
      code: "DR0116",
      message: `${word} is not an operator${foreign === undefined ? "" : `: ${foreign.reason}`}`,
      start: start - this.from,
      end: end - this.from,
      ...(foreign === undefined ? {} : { help: foreign.help }),
    });
  }

  /** Reads a word; empty if the next token is none. */
  readWord(): string {
    const start = this.at;
    this.#skipWord();
    return this.text.slice(start, this.at);
  }

  #skipWord(): void {
    const { units } = this;
    let end = this.at;
    let unit = units[end] ?? 0;
    if (!isWordStart(unit)) return;
    let hash = 0;
    do {
      hash = hashStep(hash, unit);
      unit = units[++end] ?? 0;
    } while (isWordPart(unit));
    this.at = end;
    this.wordHash = hash;
  }

  /** Moves past a word, or the letter Φ. */
  skipPathSegment(): void {
    if (this.units[this.at] === PHI) {
      this.at++;
      this.wordHash = hashStep(0, PHI);
    } else this.#skipWord();
  }

  /** Reads the text between two quotes, and replaces its escapes. */
  readQuoted(quote: string): string {
    const start = this.at++;
    const text = this.text;
    let value = "";
    for (;;) {
      if (this.at >= this.end) {
        return this.stop("DR0112", "the literal is not closed", start, this.end);
      }
      const char = text.charAt(this.at);
      this.at++;
      if (char === quote) return value;
      value += char === "\\" ? this.#readEscape(start) : char;
    }
  }

  #readEscape(literalStart: number): string {
    const at = this.at;
    if (at >= this.end) {
      return this.stop("DR0112", "the literal is not closed", literalStart, at);
    }
    const char = this.text.charAt(at);
    if (char === "u") {
      const match = /^u\{([0-9a-fA-F]{1,6})\}/.exec(this.text.slice(at, at + 9));
      const point = match?.[1] === undefined ? -1 : parseInt(match[1], 16);
      if (match === null || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
        return this.stop(
          "DR0112",
          "\\u is followed by a code point in braces, \\u{3a6}",
          at - 1,
          at + 1,
        );
      }
      this.at += match[0].length;
      return String.fromCodePoint(point);
    }
    const value = ESCAPES.get(char);
    if (value === undefined) {
      return this.stop("DR0112", `\\${char} is not a defined escape`, at - 1, at + 1);
    }
    this.at++;
    return value;
  }

  /** Moves past white space. */
  skipSpace(): void {
    const { units } = this;
    let { at } = this;
    while (isSpace(units[at] ?? 0)) at++;
    this.at = at;
  }

  /** Moves past the next token, which must be this one. */
  expect(wanted: string): void {
    this.skipSpace();
    if (!this.text.startsWith(wanted, this.at)) this.stopExpected(wanted);
    this.at += wanted.length;
  }

  /** Reads a number, with the sign that touches it. */
  readNumber(): Extract<Expr, { kind: "int" | "float" }> {
    const start = this.at;
    const { text, units } = this;
    let end = start + (units[start] === 0x2d ? 1 : 0);
    while (isDigit(units[end] ?? 0)) end++;
    const isFraction = units[end] === 0x2e && isDigit(units[end + 1] ?? 0);
    if (isFraction) {
      end++;
      while (isDigit(units[end] ?? 0)) end++;
    }
    if (isWordStart(units[end] ?? 0)) {
      while (isWordPart(units[end] ?? 0)) end++;
      this.stop("DR0111", `${text.slice(start, end)} is neither a number nor a name`, start, end);
    }
    this.at = end;
    if (isFraction) {
      const value = Number(text.slice(start, end));
      if (!Number.isFinite(value)) {
        this.stop("DR0113", "the literal is outside the range of f64", start, end);
      }
      return { kind: "float", value, start: start - this.from, end: end - this.from };
    }
    const value = end - start < 10
      ? shortInteger(units, start, end)
      : parseInt64(text.slice(start, end));
    if (value === undefined) {
      return this.stop(
        "DR0113",
        `${text.slice(start, end)} does not fit a 64-bit integer`,
        start,
        end,
      );
    }
    return {
      kind: "int",
      value,
      float: undefined,
      start: start - this.from,
      end: end - this.from,
    };
  }

  /** The span of a part that begins at `start` and ends at the position. */
  spanFrom(start: number): Span {
    return { start: start - this.from, end: this.at - this.from };
  }

  /** A character as messages show it. */
  shown(at: number): string {
    return JSON.stringify(String.fromCodePoint(this.text.codePointAt(at) ?? 0xfffd));
  }

  stopAtLeftover(): never {
    const shown = this.text.slice(this.at, Math.min(this.at + 20, this.end));
    this.stop("DR0111", `the expression ends before ${JSON.stringify(shown)}`, this.at, this.end);
  }

  stopExpected(wanted: string): never {
    const found = this.at < this.end ? this.shown(this.at) : "the end of the text";
    this.stop(
      "DR0111",
      `expected ${wanted}, found ${found}`,
      this.at,
      Math.min(this.at + 1, this.end),
    );
  }

  stopTooDeep(start: number): never {
    this.stop(
      "DR0114",
      `the expression is nested deeper than ${EXPR_DEPTH_MAX}`,
      start,
      start + 1,
    );
  }

  stop(code: ExprFailureCode, message: string, start: number, end: number): never {
    throw new SyntaxStop({ code, message, start: start - this.from, end: end - this.from });
  }
}

/** The value of an integer with so few digits that it is exact; makes no string. */
function shortInteger(units: SourceText["units"], start: number, end: number): number {
  const isNegative = units[start] === 0x2d;
  let value = 0;
  for (let at = isNegative ? start + 1 : start; at < end; at++) {
    value = value * 10 + (units[at] ?? 0) - 0x30;
  }
  return isNegative && value !== 0 ? -value : value;
}

/** Whether this UTF-16 unit is a decimal digit. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Whether a word may begin with this UTF-16 unit. */
export function isWordStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code);
}

function isSpace(code: number): boolean {
  if (code > 0x20) return false;
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
