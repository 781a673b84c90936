/**
 * Untrusted text for terminals: control characters made visible.
 *
 * @module
 */

/**
 * The text with every control and direction-changing character replaced by a visible one of the same length in UTF-16 units.
 * Programs are untrusted: what they contain must not move the cursor or look like other text.
 */
export function visible(text: string): string {
  return text.replace(COMMANDING, (char) => {
    const unit = char.charCodeAt(0);
    if (unit < 0x20) return String.fromCharCode(0x2400 + unit);
    return unit === 0x7f ? "\u2421" : "\ufffd";
  }).toWellFormed();
}

/** JSON text with the same characters as `\\u` escapes: an equal JSON text without control characters. */
export function visibleJson(json: string): string {
  return json.replace(
    COMMANDING,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Control characters, zero-width ones, line separators, and those that change the direction of writing. */
const COMMANDING = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
