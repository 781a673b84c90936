/**
 * Tokens of expression text (DIR-16, DIR-19, DIR-20; docs/dir.md, "Expressions").
 *
 * @module
 */
import { LoadRefusal, type Rules } from "./rules.ts";

/** One token. */
export interface Token {
  readonly kind: "word" | "number" | "string" | "char" | "symbol" | "end";
  readonly text: string;
  /** The content of a string or character literal. */
  readonly value: string;
  /** Whether white space stands before it. */
  readonly spaced: boolean;
}

/** The token after the last. */
export const END: Token = { kind: "end", text: "", value: "", spaced: false };

const TOKEN =
  /^(?:([A-Za-z_][A-Za-z0-9_]*|Φ)|([0-9]+(?:\.[0-9]+)?)(?![A-Za-z_])|(\|\||&&|==|!=|<=|>=|=>|<<|>>|::|[-+*/<>|&^!(){}[\].,:]))/;

/** The tokens of a text, the end included; a {@link LoadRefusal} where there is none. */
export function tokensOf(text: string, rules: Rules): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    const start = at;
    while (at < text.length && " \t\r\n".includes(text.charAt(at))) at++;
    const spaced = at > start;
    if (at === text.length) {
      tokens.push({ ...END, spaced });
      return tokens;
    }
    const quote = text.charAt(at);
    if (quote === '"' || quote === "'") {
      const { value, end } = readQuoted(text, at, rules);
      const kind = quote === '"' ? "string" : "char";
      if (kind === "char" && [...value].length !== 1) throw new LoadRefusal("not one character");
      tokens.push({ kind, text: quote, value, spaced });
      at = end;
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

function readQuoted(
  text: string,
  start: number,
  rules: Rules,
): { readonly value: string; readonly end: number } {
  const quote = text.charAt(start);
  let value = "";
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== quote) {
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
    throw new LoadRefusal("unclosed literal");
  }
  return { value, end: Math.min(at + 1, text.length) };
}
