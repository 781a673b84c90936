/**
 * The tokens of an expression. The whole text is scanned before evaluation, so a character that begins no token is an error even
 * where evaluation would not reach it. An unterminated string ends with the text.
 *
 * @module
 */
import { type Int64, int64FromBigInt } from "../value/int64.ts";
import { type Result, success } from "../base/result.ts";
import { type HostFailure, hostFailure } from "./failure.ts";
import { debugString, isDigit, isWhiteSpaceAt } from "./rust_text.ts";

/** The tokens of one character, by their names in messages. */
const PUNCTUATION = {
  "(": { kind: "LParen" },
  ")": { kind: "RParen" },
  ",": { kind: "Comma" },
  ".": { kind: "Dot" },
  "{": { kind: "LBrace" },
  "}": { kind: "RBrace" },
  ":": { kind: "Colon" },
} as const;

/** A token of an expression. */
export type Token =
  | { readonly kind: "Ident"; readonly text: string }
  | { readonly kind: "Int"; readonly value: Int64 }
  | { readonly kind: "Bool"; readonly value: boolean }
  | { readonly kind: "Str"; readonly text: string }
  | (typeof PUNCTUATION)[keyof typeof PUNCTUATION]
  | { readonly kind: "Eof" };

/** The token after the last one. */
export const END_OF_EXPRESSION: Token = { kind: "Eof" };

/** A token in the `Debug` form of Rust, as in messages. */
export function debugToken(token: Token): string {
  switch (token.kind) {
    case "Ident":
    case "Str":
      return `${token.kind}(${debugString(token.text)})`;
    case "Int":
    case "Bool":
      return `${token.kind}(${token.value})`;
    default:
      return token.kind;
  }
}

/** The tokens of a text. */
export function lexHostExpression(text: string): Result<readonly Token[], HostFailure> {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (isWhiteSpaceAt(text, at)) {
      at++;
      continue;
    }
    const lexeme = lexToken(text, at);
    if (!lexeme.ok) return lexeme;
    tokens.push(lexeme.value.token);
    at = lexeme.value.end;
  }
  return success(tokens);
}

interface Lexeme {
  readonly token: Token;
  /** The index after the token. */
  readonly end: number;
}

function lexToken(text: string, at: number): Result<Lexeme, HostFailure> {
  const first = text.charAt(at);
  const punctuation = isPunctuation(first) ? PUNCTUATION[first] : undefined;
  if (punctuation !== undefined) return success({ token: punctuation, end: at + 1 });
  if (first === '"') return lexString(text, at + 1);
  if (first === "-" || isDigit(first)) return lexInt(text, at);
  const identifier = matchAt(IDENTIFIER, text, at);
  if (identifier === undefined) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    return hostFailure("DR1207", `unexpected character in expression: ${character}`);
  }
  const end = at + identifier.length;
  if (identifier === "true") return success({ token: { kind: "Bool", value: true }, end });
  if (identifier === "false") return success({ token: { kind: "Bool", value: false }, end });
  return success({ token: { kind: "Ident", text: identifier }, end });
}

/** Letters are ASCII and Φ (U+03A6). */
const IDENTIFIER = /[A-Za-z_Φ][A-Za-z0-9_Φ]*/y;
const INTEGER = /-?[0-9]*/y;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** A minus sign is part of the integer after it: `3 -5` is two integers. */
function lexInt(text: string, at: number): Result<Lexeme, HostFailure> {
  const literal = matchAt(INTEGER, text, at) ?? "";
  const value = integerOf(literal);
  if (value === undefined) return hostFailure("DR1207", `invalid int literal: ${literal}`);
  return success({ token: { kind: "Int", value }, end: at + literal.length });
}

/** The value of a literal, which may have leading zeros; `undefined` if it has no digits or is not within 64 bits. */
function integerOf(literal: string): Int64 | undefined {
  const [, sign = "", zeros = "", digits = ""] = /^(-?)(0*)([0-9]*)$/.exec(literal) ?? [];
  if (zeros === "" && digits === "" || digits.length > 19) return undefined;
  const magnitude = BigInt(digits === "" ? "0" : digits);
  return int64FromBigInt(sign === "-" ? -magnitude : magnitude);
}

function lexString(text: string, start: number): Result<Lexeme, HostFailure> {
  let value = "";
  let at = start;
  while (at < text.length) {
    const next = nextOf(text, at);
    if (next > at) value += text.slice(at, next);
    const sign = text.charAt(next);
    if (sign !== "\\") return success({ token: { kind: "Str", text: value }, end: next + 1 });
    const escape = text.codePointAt(next + 1);
    if (escape === undefined) return hostFailure("DR1207", "unterminated string escape");
    const character = String.fromCodePoint(escape);
    const unescaped = ESCAPES.get(character);
    if (unescaped === undefined) {
      return hostFailure("DR1207", `unsupported string escape: \\${character}`);
    }
    value += unescaped;
    at = next + 2;
  }
  return success({ token: { kind: "Str", text: value }, end: at });
}

/** The index of the next quote or backslash, or the length of the text. */
function nextOf(text: string, at: number): number {
  SPECIAL.lastIndex = at;
  return SPECIAL.exec(text)?.index ?? text.length;
}

const SPECIAL = /["\\]/g;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
]);

function isPunctuation(character: string): character is keyof typeof PUNCTUATION {
  return Object.hasOwn(PUNCTUATION, character);
}
