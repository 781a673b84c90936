/**
 * Signed notes (C2SP `signed-note`): a text of whole lines, an empty line, and a line for each signature:
 * `— NAME BASE64`, where the base64 is of the key's ID in 4 bytes and the signature of the text. A text alone is a note without
 * signatures, which C2SP does not know; opening it reports that nobody signed it.
 *
 * @see https://c2sp.org/signed-note
 * @module
 */
import { assert, failure, type Result, success } from "../../dvm/base/result.ts";
import { byteOrderMarkIn } from "../../dvm/text/json_syntax.ts";
import { base64ToBytes, bytesToBase64 } from "../../dvm/value/base64.ts";
import { bytesToHex, hexToBytes } from "../file/hex.ts";
import { isSignature, sign } from "./ed25519.ts";
import { isKeyName, type KeyIdentity, type SignerKey, type VerifierKey } from "./key.ts";

/** A note, its signatures not checked. */
export interface Note {
  /** What is signed: whole lines, each with its LF. */
  readonly text: string;
  /** In their order; none in a note that nobody signed. */
  readonly signatures: readonly NoteSignature[];
}

/** A signature, and the key that it claims to be made with. */
export interface NoteSignature extends KeyIdentity {
  /** What the key's algorithm made of the text. */
  readonly signature: Uint8Array;
}

/** A text that is not a note. */
export interface MalformedNote {
  /** Always `malformed-note`. */
  readonly code: "malformed-note";
  /** What is wrong with it. */
  readonly reason: string;
}

/** Nobody signed the note. */
export interface UnsignedNote {
  /** The code. */
  readonly code: "unsigned-note";
}

/** The note has signatures, and none is of the key. */
export interface ForeignNote {
  /** The code. */
  readonly code: "foreign-note";
  /** The keys whose signatures it has, by their own account. */
  readonly signers: readonly KeyIdentity[];
}

/** A signature names the key, and the key did not make it for this text. */
export interface ForgedNote {
  /** The code. */
  readonly code: "forged-note";
}

/** Why a key does not vouch for a note. */
export type UnverifiedNote = UnsignedNote | ForeignNote | ForgedNote;

/** Longest note in UTF-16 units, and most signatures: the limits of Go's library. */
const NOTE_LENGTH_MAX = 1_000_000;
const SIGNATURES_MAX = 100;

/**
 * Signs a text of whole lines; the result is the note's text form.
 *
 * @example
 * ```ts
 * import { makeSignerKey, parseNote, signNote, verifierKeyOf, verifyNote } from "../../mod.ts";
 * const key = await makeSignerKey("example.org/runs", crypto.getRandomValues(new Uint8Array(32)));
 * const note = parseNote(await signNote("a line\n", key));
 * if (!note.ok || !(await verifyNote(note.value, verifierKeyOf(key))).ok) throw new Error();
 * ```
 */
export async function signNote(text: string, key: SignerKey): Promise<string> {
  assert(refusalOfText(text) === undefined, "the text of a note has whole lines without controls");
  const signature = await sign(key.seed, new TextEncoder().encode(text));
  const bytes = Uint8Array.from([...hexToBytes(key.id), ...signature]);
  return `${text}\n${SIGNATURE_PREFIX}${key.name} ${bytesToBase64(bytes)}\n`;
}

const SIGNATURE_PREFIX = "\u2014 ";

/** Parses a note, signed or not. Fails with `malformed-note`. */
export function parseNote(note: string): Result<Note, MalformedNote> {
  const refusal = refusalOfText(note);
  if (refusal !== undefined) return malformed(refusal);
  const end = note.lastIndexOf("\n\n");
  if (end === -1) return success({ text: note, signatures: [] });
  const lines = note.slice(end + 2, -1).split("\n");
  if (lines.length > SIGNATURES_MAX) return malformed(`more than ${SIGNATURES_MAX} signatures`);
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === undefined) {
      return malformed("a line after the last empty line is no signature");
    }
    signatures.push(signature);
  }
  return success({ text: note.slice(0, end + 1), signatures });
}

/** Whether the key signed the note: all signatures in its name must be its own, and there must be one. */
export async function verifyNote(
  { text, signatures }: Note,
  key: VerifierKey,
): Promise<Result<undefined, UnverifiedNote>> {
  if (signatures.length === 0) return failure({ code: "unsigned-note" });
  const own = signatures.filter(({ name, id }) => name === key.name && id === key.id);
  if (own.length === 0) {
    const signers = signatures.map(({ name, id }) => ({ name, id }));
    return failure({ code: "foreign-note", signers });
  }
  const message = new TextEncoder().encode(text);
  for (const { signature } of own) {
    const isOwn = await isSignature(signature, { publicKey: key.publicKey, message });
    if (!isOwn) return failure({ code: "forged-note" });
  }
  return success(undefined);
}

/** Why a text is no sequence of lines as notes have them; `undefined` if it is. */
function refusalOfText(text: string): string | undefined {
  if (text.length > NOTE_LENGTH_MAX) return `it is longer than ${NOTE_LENGTH_MAX} characters`;
  if (!text.isWellFormed()) return "it is not UTF-8";
  // Of the control characters (`Cc`), C2SP forbids those below U+0020 except LF.
  if (/[^\P{Cc}\n\x7f-\x9f]/u.test(text)) return "it has control characters";
  if (!text.endsWith("\n")) return "its last line is unfinished";
  return byteOrderMarkIn(text);
}

function parseSignature(line: string): NoteSignature | undefined {
  if (!line.startsWith(SIGNATURE_PREFIX)) return undefined;
  const words = line.slice(SIGNATURE_PREFIX.length).split(" ");
  const [name = "", base64 = ""] = words;
  const bytes = base64ToBytes(base64);
  if (words.length !== 2 || !isKeyName(name) || bytes === undefined) return undefined;
  if (bytes.length <= ID_BYTES) return undefined;
  return { name, id: bytesToHex(bytes.subarray(0, ID_BYTES)), signature: bytes.slice(ID_BYTES) };
}

const ID_BYTES = 4;

function malformed(reason: string): Result<never, MalformedNote> {
  return failure({ code: "malformed-note", reason });
}
