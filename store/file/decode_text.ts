/**
 * The text of bytes. A byte order mark is a character like any other: whoever hides it accepts bytes that no writer writes.
 *
 * @module
 */

const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text; bytes that are no UTF-8 become replacement characters. */
export function decodeText(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}
