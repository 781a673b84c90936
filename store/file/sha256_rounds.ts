/**
 * The compression function of SHA-256 (FIPS 180-4) and the padding of the last block.
 *
 * @module
 */
const BLOCK_BYTES = 64;

/** The hash value before the first block (FIPS 180-4 §5.3.3): fractional parts of the square roots of the first 8 primes. */
export const INITIAL_STATE = rootWords(8, Math.sqrt);

/** The round constants (§4.2.2): fractional parts of the cube roots of the first 64 primes. */
const ROUND_CONSTANTS = rootWords(64, Math.cbrt);

const schedule = new Uint32Array(64);

/** Applies every whole block of `bytes` to the state; returns how many bytes these blocks have. */
export function compress(state: Uint32Array, bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) compressBlock(state, view, at);
  return at;
}

/** The digest in hexadecimal: the state after `rest`, which is less than a block, and the padding of `length` bytes in all. */
export function finish(state: Uint32Array, rest: Uint8Array, length: number): string {
  const padded = new Uint8Array(rest.length + 9 > BLOCK_BYTES ? 2 * BLOCK_BYTES : BLOCK_BYTES);
  padded.set(rest);
  padded[rest.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, 8n * BigInt(length));
  const last = state.slice();
  compress(last, padded);
  return Array.from(last, (word) => word.toString(16).padStart(8, "0")).join("");
}

/** One block. Rotations are written out: most digests are of a few blocks, and calls cost more than they do. */
function compressBlock(state: Uint32Array, view: DataView, at: number): void {
  for (let index = 0; index < 16; index++) schedule[index] = view.getUint32(at + 4 * index);
  for (let index = 16; index < 64; index++) {
    const x = schedule[index - 15] ?? 0, y = schedule[index - 2] ?? 0;
    const small0 = (x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ (x >>> 3);
    const small1 = (y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ (y >>> 10);
    schedule[index] = (schedule[index - 16] ?? 0) + small0 + (schedule[index - 7] ?? 0) + small1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let round = 0; round < 64; round++) {
    const big1 = (e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7);
    const constant = (ROUND_CONSTANTS[round] ?? 0) + (schedule[round] ?? 0);
    const first = (h + big1 + ((e & f) ^ (~e & g)) + constant) | 0;
    const big0 = (a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10);
    const second = big0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const added = [a, b, c, d, e, f, g, h];
  for (let index = 0; index < 8; index++) {
    state[index] = (state[index] ?? 0) + (added[index] ?? 0);
  }
}

/** The first 32 bits of the fractional parts of a root of the first primes; a double holds more than these. */
function rootWords(count: number, root: (prime: number) => number): Uint32Array {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return Uint32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32);
}
