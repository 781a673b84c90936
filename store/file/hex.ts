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
  return Uint8Array.from(
    { length: digits.length / 2 },
    (_, index) => Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16),
  );
}
