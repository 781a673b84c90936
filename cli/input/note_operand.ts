/**
 * Notes and keys that options name, and the faults about them.
 *
 * @module
 */
import type { NoteMismatch } from "../../api/attest.ts";
import type { StoreMismatch } from "../../api/store_notes.ts";
import { readSecretFile } from "../../api/files.ts";
import {
  isKeyName,
  parseSignerKey,
  parseVerifierKey,
  type RunNote,
  type SignerKey,
  type StoreNote,
  type UnusableNote,
  type VerifierKey,
} from "../../api/notes.ts";
import { shellWord, visible, visibleLines } from "../../api/visible.ts";
import { Fault } from "../host/fault.ts";
import { type Io, unreadable } from "../host/io.ts";
import { countOf } from "../text/count.ts";
import { refuseOtherKind, WANTED } from "./file_gate.ts";
import { headOf, openReadable } from "./log_operand.ts";
import { readText } from "./text_file.ts";

/** Refuses what cannot name a key, or cannot be printed as it is: a key and a note are of use only letter by letter. */
export function checkKeyName(name: string, place: string): void {
  if (isKeyName(name) && visible(name) === name) return;
  throw new Fault({
    code: "DR1303",
    message: "the name of a key has neither white space, nor +, nor invisible characters",
    place,
    help: "a URL without a scheme, such as example.org/runs",
  });
}

/** The verifier key that `--key` gives: itself, or in a file. */
export function readVerifierKey(given: string, io: Io): VerifierKey {
  const isKey = /\+[0-9a-f]{8}\+/.test(given);
  const text = isKey ? given : readText(given, WANTED.verifierKey, io).replace(/\n$/, "");
  const parsed = parseVerifierKey(text);
  if (parsed.ok) return parsed.value;
  throw new Fault({
    code: "DR1303",
    message: `not a verifier key: ${parsed.failure.reason}`,
    place: `--key ${isKey ? "VKEY" : given}`,
    help: "dustrun keygen NAME FILE prints one, NAME+ID+BASE64",
  });
}

/** The signer key of a file. */
export async function readSignerKey(path: string): Promise<SignerKey> {
  refuseStream(path, "--sign");
  const text = readSecret(path);
  if (text === undefined) {
    refuseOtherKey(path);
    throw new Fault({
      code: "DR1318",
      message: "group or others can read the file",
      place: path,
      help: `make a new key, and keep it: dustrun keygen NAME FILE; or chmod 600 ${
        shellWord(path)
      }`,
    });
  }
  const parsed = await parseSignerKey(text.replace(/\n$/, ""));
  if (parsed.ok) return parsed.value;
  throw new Fault({
    code: "DR1303",
    message: `not a signer key: ${parsed.failure.reason}`,
    place: `--sign ${path}`,
    help: "dustrun keygen NAME FILE writes one",
  });
}

/** Refuses `-` for a file with a secret, which has a mode. */
export function refuseStream(path: string, place: string): void {
  if (path !== "-") return;
  throw new Fault({
    code: "DR1303",
    message: "a secret key is in a file that only its owner can read, and a stream is none",
    place,
    help: "name a file",
  });
}

/** Only a key is a secret. */
function refuseOtherKey(path: string): void {
  const file = openReadable(path);
  try {
    refuseOtherKind(headOf(file), path, WANTED.signerKey);
  } finally {
    file.close();
  }
}

function readSecret(path: string): string | undefined {
  try {
    return readSecretFile(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

const OPERAND_OF = { run: " LOG", store: "", ledger: " --ledger FILE" } as const;

/** The fault for a note that cannot be used. */
export function unusableNote(
  unusable: UnusableNote,
  place: string,
  about: "run" | "store" | "ledger" = "run",
): Fault {
  switch (unusable.code) {
    case "malformed-note":
      return new Fault({
        code: "DR1314",
        message: `not a note about a ${about}: ${unusable.reason}`,
        place,
        help: `dustrun checkpoint${OPERAND_OF[about]} prints one`,
      });
    case "unsigned-note":
      return new Fault({
        code: "DR1314",
        message: "nobody signed it",
        place,
        help: `dustrun checkpoint${OPERAND_OF[about]} --sign KEY signs`,
      });
    case "foreign-note": {
      const signers = unusable.signers.map(({ name, id }) => `${name}+${id}`).join(", ");
      return new Fault({
        code: "DR1314",
        message: `it is signed by ${signers}, and not by the key`,
        place,
        help: "use the key of that name and ID, if you trust it",
      });
    }
    case "forged-note":
      return new Fault({
        code: "DR1314",
        message: "the signature in the name of the key is not of this text",
        place,
        help: "the note was changed after it was signed, or somebody else made it",
      });
    case "foreign-origin":
      return new Fault({
        code: "DR1315",
        message: `it is about ${unusable.origin}, which is no ${about} of the key`,
        place,
        help:
          "a note about a run begins with NAME/run/ID, one about a store or a ledger with NAME/ID; NAME is the key's",
      });
  }
}

/** The fault for a log that is not the one of a note. */
export function mismatchedLog(
  mismatch: NoteMismatch,
  { place, note: { run: { run }, size } }: { readonly place: string; readonly note: RunNote },
): Fault {
  switch (mismatch.code) {
    case "other-run":
      return new Fault({
        code: "DR1315",
        message: `it is about run ${run}, and this is run ${mismatch.run}`,
        place,
        help: "compare the log with its own note; a log that was rewritten is another run",
      });
    case "shorter-log":
      return new Fault({
        code: "DR1317",
        message: `${size - mismatch.blocks} of ${size} attested blocks are missing`,
        place,
        help: "the log was cut off, or the note is about a later state of it",
      });
    case "rewritten-log":
      return new Fault({
        code: "DR1316",
        message: `its first ${countOf(size, "block")} have another root`,
        place,
        help: "the log was changed after the note was made; nothing in it can be trusted",
      });
  }
}

/** The fault for a store, or a ledger, that is not the one of a note. */
export function mismatchedStore(
  mismatch: StoreMismatch,
  { place, note: { store, size }, what = "store" }: {
    readonly place: string;
    readonly note: StoreNote;
    readonly what?: "store" | "ledger";
  },
): Fault {
  const file = what === "store" ? "the store's log" : "the ledger";
  switch (mismatch.code) {
    case "other-store":
      return new Fault({
        code: "DR1315",
        message: `it is about ${what} ${store}, and this is ${what} ${mismatch.store}`,
        place,
        help: what === "store"
          ? "a store that is a copy of another has another id from its first new line on"
          : "the id of a ledger is made from its first entry",
      });
    case "shorter-store":
      return new Fault({
        code: "DR1317",
        message: `${size - mismatch.lines} of ${size} attested lines are missing`,
        place,
        help: `${file} was cut off, or an older copy of it was put in its place`,
      });
    case "rewritten-store":
      return new Fault({
        code: "DR1316",
        message: `its first ${countOf(size, "line")} have another root`,
        place,
        help: `${file} was changed after the note was made; nothing in it can be trusted`,
      });
  }
}

/** A proof has the note letter by letter, and no text that is printed has invisible characters. */
export function refuseInvisible({ written }: { readonly written: string }): void {
  if (visibleLines(written) === written) return;
  throw new Fault({
    code: "DR1303",
    message: "the note has invisible characters, which a printed proof would lose",
    place: "--note",
    help: "--json prints the proof as a JSON string, with escapes for them",
  });
}
