/**
 * The text of a certificate: lists, integers and strings in their only spelling. Length and nesting are limited before anything is
 * parsed, so that no text exhausts memory or stack.
 *
 * @module
 */

/** Limits of what is a certificate: its length, the nesting of its lists, and the digits of a number. */
const TEXT_MAX = 1 << 28, DIGITS_MAX = 10_000;

/** The deepest nesting of the cases of a refutation. */
export const DEPTH_MAX = 2_100;

/** A part of a certificate that is not of its form. */
export class IllFormed extends Error {}

/** Refuses what is not of the form. @throws IllFormed always */
export function refuse(): never {
  throw new IllFormed();
}

/** The lists, integers and strings of a text that is compact JSON of nothing else. @throws IllFormed */
export function parseCanonical(text: string): unknown {
  if (text.length > TEXT_MAX) refuse();
  let depth = 0, inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === '"') inString = !inString;
    else if (inString) at += char === "\\" ? 1 : 0;
    else if (char === "[") depth++;
    else if (char === "]") depth--;
    else if (!/[-0-9,]/.test(char)) refuse();
    if (depth > DEPTH_MAX + 8) refuse();
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse();
  }
  return spelled(JSON.stringify(value)) === text ? value : refuse();
}

function spelled(json: string): string {
  return json.replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A list, of a given length if any. @throws IllFormed */
export function list(value: unknown, length?: number): readonly unknown[] {
  return Array.isArray(value) && value.length === (length ?? value.length) ? value : refuse();
}

/** A list of lists of one length. @throws IllFormed */
export function tuples(value: unknown, length: number): readonly (readonly unknown[])[] {
  return list(value).map((each) => list(each, length));
}

/** An integer: a JSON number if that is exact, else a string of its digits. @throws IllFormed */
export function integer(value: unknown): bigint {
  if (Number.isSafeInteger(value)) return BigInt(String(value));
  if (typeof value !== "string" || value.length > DIGITS_MAX) return refuse();
  if (!/^-?[1-9][0-9]{15,}$/.test(value)) return refuse();
  const exact = BigInt(value);
  return Number.isSafeInteger(Number(exact)) ? refuse() : exact;
}
