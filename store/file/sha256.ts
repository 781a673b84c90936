/**
 * SHA-256. Short messages are hashed here: loading the host's implementation takes longer than hashing a small program and its
 * log. Long ones go to the host, where it has one. The machine is pure and takes the function as a parameter.
 *
 * @module
 */
import { PIECE_LENGTH, textPieces } from "./text_pieces.ts";
import { compress, finish, INITIAL_STATE } from "./sha256_rounds.ts";

/** Lower-case hexadecimal SHA-256 of a text's UTF-8 bytes. */
export function sha256(text: string): string {
  if (text.length <= SHORT_BYTES_MAX) {
    const digest = hostDigest(text);
    if (digest !== undefined) return digest;
  }
  const hash = new Sha256();
  const encoder = new TextEncoder();
  if (text.length <= PIECE_LENGTH) hash.update(encoder.encode(text));
  else for (const piece of textPieces(text)) hash.update(encoder.encode(piece));
  return hash.digest();
}

/** Lower-case hexadecimal SHA-256 of a short message, of which a process may hash many. */
export function sha256OfBytes(bytes: Uint8Array): string {
  const digest = hostDigest(bytes);
  if (digest !== undefined) return digest;
  const hash = new Sha256();
  hash.update(bytes);
  return hash.digest();
}

/** The digest of a whole message from the host, where that is preferred. */
function hostDigest(message: string | Uint8Array): string | undefined {
  const hash = prefersHost() ? startHostHash() : undefined;
  hash?.update(message);
  return hash?.digest("hex");
}

/** A message of up to this many bytes is hashed here, until a process has hashed this many in all, or a longer one. */
const SHORT_BYTES_MAX = 64 * 1024;

/** Blocks hashed here by this process, in bytes. It decides where later messages are hashed, and never what their digest is. */
let hashedHere = 0;
/** The host's implementation, once it is loaded. Then it hashes short messages faster too. */
let host: { readonly createHash: (algorithm: string) => HostHash } | undefined;

function prefersHost(): boolean {
  return host !== undefined || hashedHere > SHORT_BYTES_MAX;
}

const NO_BYTES: Uint8Array = new Uint8Array();

/** A hash in progress: `update` with bytes, `digest` at any time. */
export class Sha256 {
  /** The state after the blocks that have left the buffer. */
  readonly #state = INITIAL_STATE.slice();
  #buffer = NO_BYTES;
  #filled = 0;
  #total = 0;
  #host: HostHash | undefined = prefersHost() ? startHostHash() : undefined;

  /** Appends bytes to the message. They are copied. */
  update(bytes: Uint8Array): void {
    const wasShort = this.#total <= SHORT_BYTES_MAX;
    this.#total += bytes.length;
    if (this.#host === undefined && wasShort && this.#total > SHORT_BYTES_MAX) {
      this.#host = startHostHash();
      this.#host?.update(this.#buffer.subarray(0, this.#filled));
    }
    if (this.#host === undefined) this.#append(bytes);
    else this.#host.update(bytes);
  }

  /** Lower-case hexadecimal digest of the message so far; more may follow. */
  digest(): string {
    if (this.#host !== undefined) return this.#host.copy().digest("hex");
    hashedHere += this.#filled + 64;
    const state = this.#state.slice();
    const rest = compress(state, this.#buffer.subarray(0, this.#filled));
    return finish(state, this.#buffer.subarray(rest, this.#filled), this.#total);
  }

  #append(bytes: Uint8Array): void {
    const filled = this.#filled + bytes.length;
    if (filled > this.#buffer.length) {
      const larger = new Uint8Array(2 * filled);
      larger.set(this.#buffer.subarray(0, this.#filled));
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.#filled);
    this.#filled = filled;
    if (filled <= SHORT_BYTES_MAX) return;
    const rest = compress(this.#state, this.#buffer.subarray(0, filled));
    this.#buffer.copyWithin(0, rest, filled);
    this.#filled = filled - rest;
  }
}

/** What is used of the host's hash. */
interface HostHash {
  /** Appends bytes, or those of a text in UTF-8. */
  update(message: string | Uint8Array): unknown;
  copy(): HostHash;
  digest(encoding: "hex"): string;
}

/** The host's hash, loaded when first used; `undefined` in a host without one, such as a browser. */
function startHostHash(): HostHash | undefined {
  if (globalThis.process === undefined) return undefined;
  host ??= globalThis.process.getBuiltinModule("node:crypto");
  return host.createHash("sha256");
}
