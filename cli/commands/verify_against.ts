/**
 * `dustrun verify --against NOTE`: compares a log with a note that was made of it earlier. It is loaded only for that.
 *
 * @module
 */
import { attestableLog, compareWithNote } from "../../api/attest.ts";
import type { Readable } from "../../api/files.ts";
import { openRunNote, type VerifierKey } from "../../api/notes.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { WANTED } from "../input/file_gate.ts";
import { readText } from "../input/text_file.ts";
import { mismatchedLog, readVerifierKey, unusableNote } from "../input/note_operand.ts";
import type { JudgedLog } from "../render/verdict.ts";

/** What `--against` and `--key` name, read but not looked at. */
export interface NoteOperands {
  /** The note. */
  readonly text: string;
  /** Where it is from, for faults. */
  readonly place: string;
  /** The key that must have signed it; `undefined` if none was given. */
  readonly key: VerifierKey | undefined;
}

/** Reads the note that `--against` names, and the key that `--key` gives. */
export function readNote({ against, key }: ArgumentsOf<"verify">, io: Io): NoteOperands {
  if (against === undefined) {
    throw new Fault({
      code: "DR1304",
      message: "a key checks a note, and none is given",
      place: "--key",
      help: "dustrun verify LOG --against NOTE --key VKEY",
    });
  }
  return {
    text: readText(against, WANTED.note, io),
    place: `--against ${against}`,
    key: key === undefined ? undefined : readVerifierKey(key, io),
  };
}

/** Verifies a log and compares it with a note; a note that cannot be relied on, and a log that contradicts it, is a fault. */
export async function judgeAgainst(
  { text, place, key }: NoteOperands,
  { path, log }: { readonly path: string; readonly log: Readable },
): Promise<JudgedLog> {
  const opened = await openRunNote(text, key);
  if (!opened.ok) throw unusableNote(opened.failure, place);
  const note = opened.value;
  const verified = attestableLog(log);
  if (!verified.ok) {
    const { line, offset, reason } = verified.failure;
    return { verdict: { status: "damaged", line, offset, reason }, attested: undefined };
  }
  const { verdict, tree } = verified.value;
  const attestation = compareWithNote(tree, note);
  if (attestation.ok) return { verdict, attested: { note, attestation: attestation.value } };
  throw mismatchedLog(attestation.failure, { place: path, note });
}
