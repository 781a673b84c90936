/**
 * Keys of signed notes, in the text form of Go's `sumdb/note`: a verifier key, which is public, and a signer key, which is secret.
 *
 * ```text
 * NAME+ID+BASE64               the byte 1 and the public key of 32 bytes
 * PRIVATE+KEY+NAME+ID+BASE64   the byte 1 and the seed of 32 bytes
 * ```
 *
 * ID is 8 hexadecimal digits: the beginning of SHA-256 of NAME, a line feed, the byte 1 and the public key. So a key is known by its
 * name and its ID, and a new key may keep the name of an old one. The byte 1 stands for Ed25519; no other kind is supported.
 *
 * @see https://c2sp.org/signed-note
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { byteOrderMarkIn } from "../../dvm/text/json_syntax.ts";
import { base64ToBytes, bytesToBase64 } from "../../dvm/value/base64.ts";
import { Sha256 } from "../file/sha256.ts";
import { publicKeyOf } from "./ed25519.ts";

/** What a key is known by. */
export interface KeyIdentity {
  /** Without white space and `+`, and no byte order mark before it; a URL without a scheme is recommended, such as `example.org/runs`. */
  readonly name: string;
  /** 8 lower-case hexadecimal digits. */
  readonly id: string;
}

/** A public key, which checks signatures. */
export interface VerifierKey extends KeyIdentity {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** A secret key, which signs. */
export interface SignerKey extends VerifierKey {
  /** 32 bytes, from which everything else of the key follows. */
  readonly seed: Uint8Array;
}

/** A text that is not a key. */
export interface MalformedKey {
  /** Always `malformed-key`. */
  readonly code: "malformed-key";
  /** What is wrong with it; never a part of the key. */
  readonly reason: string;
}

/** The kind of key and signature: Ed25519. */
const ED25519 = 1;
const KEY_BYTES = 32;
const SIGNER_PREFIX = "PRIVATE+KEY+";

/**
 * Whether a key can have this name.
 *
 * @example
 * ```ts
 * import { isKeyName } from "../../mod.ts";
 * if (!isKeyName("example.org/runs") || isKeyName("") || isKeyName("a b") || isKeyName("a+b")) throw new Error();
 * ```
 */
export function isKeyName(name: string): boolean {
  return name !== "" && name.isWellFormed() && !/^\ufeff|[\p{White_Space}\p{Cc}+]/u.test(name);
}

/** The key that has this seed of 32 bytes, which must be random. `name` must be a key's name. */
export async function makeSignerKey(name: string, seed: Uint8Array): Promise<SignerKey> {
  const publicKey = await publicKeyOf(seed);
  return { name, id: idOf(name, publicKey), publicKey, seed };
}

/** The public half of a key. */
export function verifierKeyOf({ name, id, publicKey }: SignerKey): VerifierKey {
  return { name, id, publicKey };
}

/** A verifier key as text. */
export function renderVerifierKey({ name, id, publicKey }: VerifierKey): string {
  return `${name}+${id}+${bytesToBase64(Uint8Array.from([ED25519, ...publicKey]))}`;
}

/** A signer key as text. It is secret. */
export function renderSignerKey({ name, id, seed }: SignerKey): string {
  return `${SIGNER_PREFIX}${name}+${id}+${bytesToBase64(Uint8Array.from([ED25519, ...seed]))}`;
}

/** Parses a verifier key. Fails with `malformed-key`. */
export function parseVerifierKey(text: string): Result<VerifierKey, MalformedKey> {
  if (text.startsWith(SIGNER_PREFIX)) return malformed("it is a secret signer key");
  const parts = parseParts(text);
  if (!parts.ok) return parts;
  const { name, id, bytes: publicKey } = parts.value;
  if (idOf(name, publicKey) !== id) return malformed("its ID is not that of the key");
  return success({ name, id, publicKey });
}

/** Parses a signer key. Fails with `malformed-key`. */
export async function parseSignerKey(text: string): Promise<Result<SignerKey, MalformedKey>> {
  const mark = byteOrderMarkIn(text);
  if (mark !== undefined) return malformed(mark);
  if (!text.startsWith(SIGNER_PREFIX)) return malformed(`it does not begin with ${SIGNER_PREFIX}`);
  const parts = parseParts(text.slice(SIGNER_PREFIX.length));
  if (!parts.ok) return parts;
  const key = await makeSignerKey(parts.value.name, parts.value.bytes);
  return key.id === parts.value.id ? success(key) : malformed("its ID is not that of the key");
}

/** What both forms have in common. */
interface KeyParts extends KeyIdentity {
  readonly bytes: Uint8Array;
}

function parseParts(text: string): Result<KeyParts, MalformedKey> {
  const mark = byteOrderMarkIn(text);
  if (mark !== undefined) return malformed(mark);
  const [, name = "", id = "", base64 = ""] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/.exec(text) ?? [];
  if (id === "") return malformed("it has not the form NAME+ID+BASE64");
  if (!isKeyName(name)) return malformed("its name is empty or has white space");
  const bytes = base64ToBytes(base64);
  if (bytes === undefined) return malformed("its last part is not base64");
  if (bytes[0] !== ED25519) return malformed("it is not an Ed25519 key");
  if (bytes.length !== 1 + KEY_BYTES) return malformed(`it has not ${KEY_BYTES} bytes`);
  return success({ name, id, bytes: bytes.subarray(1) });
}

function malformed(reason: string): Result<never, MalformedKey> {
  return failure({ code: "malformed-key", reason });
}

function idOf(name: string, publicKey: Uint8Array): string {
  const hash = new Sha256();
  hash.update(new TextEncoder().encode(`${name}\n`));
  hash.update(Uint8Array.of(ED25519));
  hash.update(publicKey);
  return hash.digest().slice(0, 8);
}
