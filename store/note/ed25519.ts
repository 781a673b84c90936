/**
 * Ed25519 (RFC 8032) by the host's Web Crypto, which needs no permission. A private key is its seed of 32 bytes.
 *
 * @module
 */

/** Bytes in memory of their own, as Web Crypto takes them. */
type Bytes = Uint8Array<ArrayBuffer>;

/** The public key of a seed: 32 bytes. */
export async function publicKeyOf(seed: Uint8Array): Promise<Uint8Array> {
  const { x = "" } = await crypto.subtle.exportKey("jwk", await importSeed(seed));
  const text = atob(x.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The signature of a message: 64 bytes, the same whenever it is made. */
export async function sign(seed: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  const key = await importSeed(seed);
  return new Uint8Array(await crypto.subtle.sign("Ed25519", key, copyOf(message)));
}

/** Whether a signature is the key's, of this message. A key that is none has made no signature. */
export async function isSignature(
  signature: Uint8Array,
  { publicKey, message }: { readonly publicKey: Uint8Array; readonly message: Uint8Array },
): Promise<boolean> {
  if (signature.length !== SIGNATURE_BYTES) return false;
  const key = await importPublicKey(publicKey);
  if (key === undefined) return false;
  return await crypto.subtle.verify("Ed25519", key, copyOf(signature), copyOf(message));
}

const SIGNATURE_BYTES = 64;

/** The beginning of a private key in the form PKCS #8 (RFC 8410 §7); the seed follows. */
const PKCS8_PREFIX = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];

async function importSeed(seed: Uint8Array): Promise<CryptoKey> {
  const bytes = Uint8Array.from([...PKCS8_PREFIX, ...seed]);
  return await crypto.subtle.importKey("pkcs8", bytes, "Ed25519", true, ["sign"]);
}

async function importPublicKey(publicKey: Uint8Array): Promise<CryptoKey | undefined> {
  try {
    return await crypto.subtle.importKey("raw", copyOf(publicKey), "Ed25519", false, ["verify"]);
  } catch (cause) {
    if (cause instanceof DOMException) return undefined;
    throw cause;
  }
}

function copyOf(bytes: Uint8Array): Bytes {
  return Uint8Array.from(bytes);
}
