/**
 * Base64 (RFC 4648 §4), with one spelling for every sequence of bytes.
 *
 * @module
 */

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const CODES = Uint8Array.from(DIGITS, (digit) => digit.charCodeAt(0));
const VALUES = new Uint8Array(128);
for (const [value, code] of CODES.entries()) VALUES[code] = value;
const PADDING = 0x3d;

/** The standard alphabet, padded. */
export function bytesToBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING);
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const a = bytes[from] ?? 0, b = bytes[from + 1] ?? 0, c = bytes[from + 2] ?? 0;
    codes[to] = CODES[a >> 2] ?? 0;
    codes[to + 1] = CODES[(a & 3) << 4 | b >> 4] ?? 0;
    if (from + 1 < bytes.length) codes[to + 2] = CODES[(b & 15) << 2 | c >> 6] ?? 0;
    if (from + 2 < bytes.length) codes[to + 3] = CODES[c & 63] ?? 0;
  }
  return new TextDecoder().decode(codes);
}

/** The bytes of a text that {@link bytesToBase64} writes; `undefined` for every other text. */
export function base64ToBytes(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  if (text !== "" && !LAST_GROUP.test(text.slice(-4))) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array(text.length / 4 * 3 - padding);
  // A byte beyond the end is not written: those that padding stands for.
  for (let from = 0, to = 0; from < text.length; from += 4, to += 3) {
    const group = valueAt(text, from) << 18 | valueAt(text, from + 1) << 12 |
      valueAt(text, from + 2) << 6 | valueAt(text, from + 3);
    bytes[to] = group >> 16;
    bytes[to + 1] = group >> 8;
    bytes[to + 2] = group;
  }
  return bytes;
}

function valueAt(text: string, index: number): number {
  return VALUES[text.charCodeAt(index)] ?? 0;
}

/** Four digits, of which the last may be padding; the bits that are left over are 0. */
const LAST_GROUP =
  /^(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)$/;
