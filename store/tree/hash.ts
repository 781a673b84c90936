/**
 * The hashes of a Merkle tree (RFC 6962 §2.1): a leaf and a node have different first bytes, so that neither can be taken for the
 * other. All hashes are SHA-256, in lower-case hexadecimal.
 *
 * @module
 */
import { hexInto } from "../file/hex.ts";
import { Sha256, sha256OfBytes } from "../file/sha256.ts";

/** The head of a tree without leaves: SHA-256 of no bytes. */
export const EMPTY_ROOT: string = new Sha256().digest();

const LEAF_PREFIX = Uint8Array.of(0);

/** A leaf's hash in progress: `update` it with the leaf's bytes; `digest` is SHA-256(0x00 ‖ bytes). */
export function startLeafHash(): Sha256 {
  const hash = new Sha256();
  hash.update(LEAF_PREFIX);
  return hash;
}

/** The hash of a leaf: SHA-256(0x00 ‖ bytes). */
export function leafHash(bytes: Uint8Array): string {
  const hash = startLeafHash();
  hash.update(bytes);
  return hash.digest();
}

/** The hash of a node above two others: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: string, right: string): string {
  hexInto(NODE, 1, left);
  hexInto(NODE, 1 + HASH_BYTES, right);
  return sha256OfBytes(NODE);
}

const HASH_BYTES = 32;

/** The bytes of the node that is being hashed. */
const NODE = new Uint8Array(1 + 2 * HASH_BYTES);
NODE[0] = 1;
