/**
 * Untrusted text for terminals: control, bidirectional and invisible characters made visible.
 *
 * @module
 */

/**
 * The text with every such character replaced by a visible one of the same length in UTF-16 units. Programs are untrusted: what they
 * contain must not move the cursor or look like other text.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (char) => {
    const unit = char.charCodeAt(0);
    if (unit < 0x20) return String.fromCharCode(0x2400 + unit);
    return unit === 0x7f ? "\u2421" : "\ufffd".repeat(char.length);
  }).toWellFormed();
}

/** JSON text with the same characters as `\\u` escapes: an equal JSON text without them. */
export function visibleJson(json: string): string {
  return json.replace(INVISIBLE, (char) => {
    const units = Array.from({ length: char.length }, (_, index) => char.charCodeAt(index));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
  });
}

/**
 * Control and format characters (tags among them), characters of private use, line and paragraph separators, and two invisible
 * ones that Unicode classes as a letter and a mark: the Hangul filler and the combining grapheme joiner.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\u3164\u034f]/gu;
