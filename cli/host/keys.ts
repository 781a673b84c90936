/**
 * The bytes that a terminal sends, as keys.
 *
 * @module
 */

/** A key: a character, or one of `left right up down home end enter backspace escape interrupt`. */
export type Key = string;

/** The keys that bytes from a terminal encode. */
export function keysOf(text: string): Key[] {
  const keys: Key[] = [];
  // deno-lint-ignore no-control-regex
  for (const [token] of text.matchAll(/\u001b(?:\[[0-9;]*[A-Za-z~]|O[A-Z])|[^]/gu)) {
    const key = token.length > 1 && token.startsWith("\u001b")
      ? SEQUENCES[token.slice(-1) === "~" ? token.slice(2) : token.slice(-1)]
      : CONTROLS[token] ?? token;
    if (key !== undefined) keys.push(key);
  }
  return keys;
}

/** The last letter of an escape sequence, or its number. */
const SEQUENCES: { readonly [end: string]: Key } = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  H: "home",
  F: "end",
  "1~": "home",
  "4~": "end",
  "5~": "P",
  "6~": "N",
};

const CONTROLS: { readonly [control: string]: Key } = {
  "\r": "enter",
  "\n": "enter",
  "\u007f": "backspace",
  "\b": "backspace",
  "\u001b": "escape",
  "\u0003": "interrupt",
  "\u0004": "interrupt",
};
