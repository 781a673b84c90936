/**
 * Expressions of an artifact, parsed in place, without a copy of their text.
 *
 * @module
 */
import type { Expr } from "../expr/ast.ts";
import { ExprParser } from "../expr/parse.ts";
import { SourceText } from "../text/source_text.ts";
import { SyntaxStop } from "../expr/token_reader.ts";
import type { ExprText } from "../dir/model.ts";
import type { RecordReader } from "./record_reader.ts";

const NO_EXPR: Expr = { kind: "bool", value: true, start: 0, end: 0 };
/** A placeholder for an expression that has not been read. */
export const NO_EXPR_TEXT: ExprText = { text: "", expr: NO_EXPR, offset: 0 };

/** Reads the expressions of one artifact. */
export class ExprReader {
  readonly #reader: RecordReader;
  readonly #parser: ExprParser;

  constructor(reader: RecordReader) {
    this.#reader = reader;
    this.#parser = new ExprParser(reader.names);
  }

  /** Reads an expression; a syntax failure is noted. */
  read(): ExprText {
    const cursor = this.#reader.cursor;
    const { offset } = cursor;
    const plainEnd = cursor.readPlainString();
    if (plainEnd >= 0) {
      const parsed = this.#parser.parse(cursor.source, offset + 1, plainEnd);
      return new PlainExprText(cursor.text, offset, this.#exprOf(parsed, offset));
    }
    const text = cursor.readString();
    return {
      text,
      expr: this.#exprOf(this.#parser.parse(new SourceText(text)), offset, text),
      offset,
    };
  }

  /** The parsed expression. A match is a feature of DIR 0.2: DIR 0.1 evaluates nothing conditionally. */
  #exprOf(parsed: Expr | SyntaxStop, offset: number, decoded?: string): Expr {
    if (!(parsed instanceof SyntaxStop)) {
      if (this.#parser.hasMatch) this.#reader.usesV02 = true;
      return parsed;
    }
    const text = decoded ?? plainStringAt(this.#reader.cursor.text, offset);
    this.#reader.noteSyntax(parsed.failure, offset, text);
    return NO_EXPR;
  }
}

/** An expression whose text has no escapes in the artifact. The text is rarely needed, and is not kept. */
class PlainExprText implements ExprText {
  readonly expr: Expr;
  readonly offset: number;
  readonly #artifact: string;

  constructor(artifact: string, offset: number, expr: Expr) {
    this.#artifact = artifact;
    this.offset = offset;
    this.expr = expr;
  }

  get text(): string {
    return plainStringAt(this.#artifact, this.offset);
  }
}

/** The string without escapes whose opening quote is at `offset`. */
function plainStringAt(text: string, offset: number): string {
  return text.slice(offset + 1, text.indexOf('"', offset + 1));
}
