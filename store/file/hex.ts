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
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = (digitAt(digits, 2 * index) << 4) | digitAt(digits, 2 * index + 1);
  }
  return bytes;
}

/** The value of a digit: the low bits of `0` to `9` in ASCII are their values, and those of `a` to `f` are 1 to 6. */
function digitAt(digits: string, at: number): number {
  const unit = digits.charCodeAt(at);
  return (unit & 15) + (unit >> 6) * 9;
}
