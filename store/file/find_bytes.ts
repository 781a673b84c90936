/**
 * Finds bytes within bytes, by the algorithm of Horspool: where the last byte of the pattern does not fit, the search moves on by up to
 * the length of the pattern. The host's search looks at every byte.
 *
 * @module
 */

/** A text that is searched for, as UTF-8. It is not empty and has less than 256 bytes. */
export class BytePattern {
  readonly #pattern: Uint8Array;
  /** For each byte, how far the pattern can move on where that byte is at its end. */
  readonly #shift: Uint8Array;

  constructor(text: string) {
    this.#pattern = new TextEncoder().encode(text);
    const last = this.#pattern.length - 1;
    this.#shift = new Uint8Array(256).fill(last + 1);
    this.#pattern.subarray(0, last).forEach((byte, at) => this.#shift[byte] = last - at);
  }

  /** Where the pattern occurs first in `bytes`, at `from` or later; -1 if nowhere. */
  findIn(bytes: Uint8Array, from: number): number {
    const pattern = this.#pattern;
    const shift = this.#shift;
    const last = pattern.length - 1;
    const lastByte = pattern[last];
    for (let end = from + last; end < bytes.length;) {
      const byte = bytes[end] ?? 0;
      if (byte === lastByte && isAt(bytes, end - last, pattern)) return end - last;
      end += shift[byte] ?? 1;
    }
    return -1;
  }
}

function isAt(bytes: Uint8Array, at: number, pattern: Uint8Array): boolean {
  for (let index = 0; index < pattern.length; index++) {
    if (bytes[at + index] !== pattern[index]) return false;
  }
  return true;
}
