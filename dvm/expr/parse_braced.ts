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
  /** Parses an expression up to the next token that cannot continue it. */
  parseInner(): Expr;
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
  parseItems(parser, 0, () => {
    const fieldStart = tokens.at;
    const field = tokens.readWord();
    if (field === "") tokens.stopExpected("a field name");
    tokens.expect(":");
    const value = parser.parseInner();
    fields.push({ name: field, value, ...tokens.spanFrom(fieldStart) });
  });
  return { kind: "shape", name, fields, ...tokens.spanFrom(start) };
}

/** Parses the subject and the arms of a match whose keyword begins at `start`. */
export function parseMatch(parser: InnerParser, start: number): MatchExpr {
  const { tokens, nesting } = parser;
  nesting.enter(start);
  const subject = parser.parseInner();
  const subjectHeight = nesting.height;
  tokens.expect("{");
  const arms: MatchArm[] = [];
  parseItems(parser, subjectHeight, () => {
    const armStart = tokens.at;
    const pattern = parsePattern(parser);
    tokens.expect("=>");
    const body = parser.parseInner();
    arms.push({ pattern, body, ...tokens.spanFrom(armStart) });
  });
  return { kind: "match", subject, arms, isFloat: false, ...tokens.spanFrom(start) };
}

/**
 * Parses the items after an opening brace, up to and including the closing one; each item ends in an expression. `height` is that of
 * the parts outside the braces.
 */
function parseItems(parser: InnerParser, height: number, parseItem: () => void): void {
  const { tokens, nesting } = parser;
  let highest = height;
  tokens.skipSpace();
  while (tokens.text[tokens.at] !== "}") {
    parseItem();
    highest = Math.max(highest, nesting.height);
    tokens.skipSpace();
    if (tokens.text[tokens.at] !== ",") break;
    tokens.at++;
    tokens.skipSpace();
  }
  tokens.expect("}");
  nesting.leave();
  nesting.height = highest;
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
