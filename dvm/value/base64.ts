/**
 * Base64 (RFC 4648 §4), with one spelling for every sequence of bytes.
 *
 * @module
 */

/** The standard alphabet, padded. */
export function bytesToBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** The bytes of a text that {@link bytesToBase64} writes; `undefined` for every other text. */
export function base64ToBytes(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  if (text !== "" && !LAST_GROUP.test(text.slice(-4))) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Four digits, of which the last may be padding; the bits that are left over are 0. */
const LAST_GROUP =
  /^(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)$/;
