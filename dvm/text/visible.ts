/**
 * Text from outside, made harmless for a terminal: control, bidirectional and invisible characters are shown instead of passed on.
 *
 * @module
 */

/**
 * The text on one line, with every such character replaced by a visible one of the same length in UTF-16 units. Programs, logs and
 * file names are untrusted: what they contain must not move the cursor, begin a line, or look like other text.
 *
 * @example
 * ```ts
 * import { visible } from "./visible.ts";
 * if (visible("a\u001b[2J\nb") !== "a\u241b[2J\u240ab") throw new Error();
 * ```
 */
export function visible(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text; // nearly every text
  return replaceInvisible(text, (char) => {
    const unit = char.charCodeAt(0);
    if (unit < 0x20) return String.fromCharCode(0x2400 + unit);
    return unit === 0x7f ? "\u2421" : "\ufffd".repeat(char.length);
  }).toWellFormed();
}

/** Several lines, each made {@link visible}; line feeds are kept. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

/**
 * JSON text with the same characters as `\\u` escapes: an equal JSON text without them. Line feeds are kept, which JSON has between its
 * tokens only.
 */
export function visibleJson(json: string): string {
  return replaceInvisible(json, (char) => char === "\n" ? char : escapeUnits(char));
}

/**
 * A text as one word of a command that a user may paste into a POSIX shell: in single quotes where it has other than plain characters.
 *
 * @example
 * ```ts
 * import { shellWord } from "../../mod.ts";
 * if (shellWord("runs/1.jsonl") !== "runs/1.jsonl") throw new Error();
 * if (shellWord("my $HOME's.jsonl") !== `'my $HOME'\\''s.jsonl'`) throw new Error();
 * ```
 */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_.,/:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The text with each of these characters, line feeds included, replaced by what `replacement` says. */
export function replaceInvisible(text: string, replacement: (char: string) => string): string {
  return text.replace(INVISIBLE, replacement);
}

/** Each UTF-16 unit as an escape of JSON. */
function escapeUnits(text: string): string {
  let escaped = "";
  for (let index = 0; index < text.length; index++) {
    escaped += `\\u${text.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }
  return escaped;
}

/**
 * Control and format characters (tags among them), characters of private use, line and paragraph separators, and the invisible ones
 * that Unicode classes as letters and marks: the Hangul fillers and the combining grapheme joiner.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\u034f\u115f\u1160\u3164\uffa0]/gu;
