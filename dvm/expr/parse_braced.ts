/**
 * Parses the constructs in braces: shape literals, and matches with their patterns.
 *
 * @module
 */
import type { Expr, FieldInit, MatchArm, MatchExpr, Pattern, ShapeExpr } from "./ast.ts";
import type { Nesting } from "./nesting.ts";
import type { TokenReader } from "./token_reader.ts";

/** The parser of the expressions inside the braces. */
export interface InnerParser {
  readonly tokens: TokenReader;
  readonly nesting: Nesting;
  /** Parses an expression whose binary operators have at least the level `loosest`, 1 for any expression. */
  parseBinary(loosest: number): Expr;
  /** Parses an operand without postfix operators. */
  parsePrimary(): Expr;
}

/** Whether the next brace opens a shape literal, `{}` or `{name:`, and not the arms of a match. */
export function opensShapeLiteral(tokens: TokenReader): boolean {
  SHAPE_OPENING.lastIndex = tokens.at;
  return SHAPE_OPENING.test(tokens.text);
}

const SHAPE_OPENING = /\{\s*(\}|[A-Za-z_][A-Za-z0-9_]*\s*:(?!:))/y;

/** Parses the fields of a shape literal whose name begins at `start`. */
export function parseShape(parser: InnerParser, name: string, start: number): ShapeExpr {
  const { tokens, nesting } = parser;
  nesting.enter(tokens.at++);
  const fields: FieldInit[] = [];
  let height = 0;
  while (startsItem(tokens, fields.length)) {
    const fieldStart = tokens.at;
    const field = tokens.readWord();
    if (field === "") tokens.stopExpected("a field name");
    tokens.expect(":");
    const value = parser.parseBinary(1);
    fields.push({ name: field, value, ...tokens.spanFrom(fieldStart) });
    height = Math.max(height, nesting.height);
  }
  closeBraces(parser, height);
  return { kind: "shape", name, fields, ...tokens.spanFrom(start) };
}

/** Parses the subject and the arms of a match whose keyword begins at `start`. */
export function parseMatch(parser: InnerParser, start: number): MatchExpr {
  const { tokens, nesting } = parser;
  nesting.enter(start);
  const subject = parser.parseBinary(1);
  let { height } = nesting;
  tokens.expect("{");
  const arms: MatchArm[] = [];
  while (startsItem(tokens, arms.length)) {
    const armStart = tokens.at;
    const pattern = parsePattern(parser);
    tokens.expect("=>");
    const body = parser.parseBinary(1);
    arms.push({ pattern, body, ...tokens.spanFrom(armStart) });
    height = Math.max(height, nesting.height);
  }
  closeBraces(parser, height);
  return { kind: "match", subject, arms, ...tokens.spanFrom(start) };
}

/** Moves to the next of the comma-separated items in braces; `count` of them have been parsed. False if there is none. */
function startsItem(tokens: TokenReader, count: number): boolean {
  tokens.skipSpace();
  if (count > 0) {
    if (tokens.text[tokens.at] !== ",") return false;
    tokens.at++;
    tokens.skipSpace();
  }
  return tokens.text[tokens.at] !== "}";
}

/** Moves past the closing brace of a construct whose parts have the height `height`. */
function closeBraces({ tokens, nesting }: InnerParser, height: number): void {
  tokens.expect("}");
  nesting.leave();
  nesting.height = height;
  nesting.raise();
}

function parsePattern(parser: InnerParser): Pattern {
  const { tokens } = parser;
  const literals: Extract<Pattern, { kind: "literals" }>["values"][number][] = [];
  for (;;) {
    tokens.skipSpace();
    const start = tokens.at;
    const found = parser.parsePrimary();
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
        tokens.stop("DR0111", "a pattern is a literal, a name or _", start, tokens.at);
    }
    tokens.skipSpace();
    if (tokens.text[tokens.at] !== "|") return { kind: "literals", values: literals };
    tokens.at++;
  }
}
