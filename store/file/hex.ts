/**
 * Bytes in lower-case hexadecimal.
 *
 * @module
 */

/** Two digits for each byte. */
export function bytesToHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of digits that {@link bytesToHex} writes, for digits known to be so. */
export function hexToBytes(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length / 2);
  hexInto(bytes, 0, digits);
  return bytes;
}

/** Writes the bytes of such digits into others, from an offset on. */
export function hexInto(bytes: Uint8Array, at: number, digits: string): void {
  for (let index = 0; 2 * index < digits.length; index++) {
    bytes[at + index] = (digitAt(digits, 2 * index) << 4) | digitAt(digits, 2 * index + 1);
  }
}

/** The value of a digit: the low bits of `0` to `9` in ASCII are their values, and those of `a` to `f` are 1 to 6. */
function digitAt(digits: string, at: number): number {
  const unit = digits.charCodeAt(at);
  return (unit & 15) + (unit >> 6) * 9;
}
