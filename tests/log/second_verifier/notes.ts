/**
 * Signed notes, cosignatures and proofs, made after the C2SP documents alone, with `node:crypto` for Ed25519. Random keys would do;
 * fixed ones make failures repeatable.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { CORRECT, rootOf, sha256 } from "./independent_writer.ts";

const ENCODER = new TextEncoder();

/** Ed25519 in PKCS #8, before the 32 bytes of the seed. */
const PKCS8 = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]);

/** A key that signs notes (type 1) or cosigns them (type 4). */
export interface NoteKey {
  readonly name: string;
  readonly type: 1 | 4;
  /** `name+id+base64`. */
  readonly verifier: string;
  readonly id: Uint8Array;
  readonly secret: KeyObject;
}

/** The key with this name, derived from it. */
export function noteKey(name: string, type: 1 | 4 = 1): NoteKey {
  const der = Buffer.concat([PKCS8, sha256(ENCODER.encode(name))]);
  const secret = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const exported = createPublicKey(secret).export({ format: "der", type: "spki" });
  const encoded = Uint8Array.from([type, ...exported.subarray(-32)]);
  const id = sha256(ENCODER.encode(`${name}\n`), encoded).slice(0, 4);
  const hexId = [...id].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { name, type, verifier: `${name}+${hexId}+${base64(encoded)}`, id, secret };
}

/** The text of a note: three lines. */
export function noteText(origin: string, size: number, root: Uint8Array): string {
  return `${origin}\n${size}\n${base64(root)}\n`;
}

/** The text with one signature of each key. */
export function signedNote(text: string, keys: readonly NoteKey[], time = 1_700_000_000): string {
  const lines = keys.map(({ name, type, id, secret }) => {
    const stamp = new Uint8Array(8);
    new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
    const message = type === 1 ? text : `cosignature/v1\ntime ${time}\n${text}`;
    const signature = sign(null, ENCODER.encode(message), secret);
    return `— ${name} ${
      base64(Uint8Array.from([...id, ...(type === 4 ? stamp : []), ...signature]))
    }\n`;
  });
  return `${text}\n${lines.join("")}`;
}

/** The proof that a block is in a tree, with the note that attests it. */
export function proofText(
  block: Uint8Array,
  index: number,
  path: readonly Uint8Array[],
  note: string,
): string {
  const hashes = path.map((hash) => `${base64(hash)}\n`).join("");
  return `c2sp.org/tlog-proof@v1\nextra ${base64(block)}\nindex ${index}\n${hashes}\n${note}`;
}

/** The hashes beside the path from a leaf to the root, lowest first (RFC 6962, 2.1.1). */
export function inclusionPath(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const left = CORRECT.split(leaves.length);
  const [before, after] = [leaves.slice(0, left), leaves.slice(left)];
  return index < left
    ? [...inclusionPath(before, index), rootOf(after)]
    : [...inclusionPath(after, index - left), rootOf(before)];
}

/** Base64 with padding. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
