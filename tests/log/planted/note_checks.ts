/**
 * What notes and proofs of events must be, and what they must not be accepted as.
 *
 * @module
 */
import { assert, assertStrictEquals } from "../../../std/assert.ts";
import { MemoryFile } from "../../../store/file/byte_file.ts";
import { REALIZED } from "../second_verifier/damage.ts";
import { hex, rootOf, sha256, writeLog } from "../second_verifier/independent_writer.ts";
import {
  inclusionPath,
  noteKey,
  noteText,
  proofText,
  signedNote,
} from "../second_verifier/notes.ts";

/** The code of notes. */
export interface NoteCode {
  readonly key: typeof import("../../../store/note/key.ts");
  readonly note: typeof import("../../../store/note/note.ts");
  readonly runNote: typeof import("../../../store/note/run_note.ts");
  readonly logProof: typeof import("../../../store/note/log_proof.ts");
  readonly attestable: typeof import("../../../store/attest/attestable_log.ts");
  readonly attestation: typeof import("../../../store/attest/attestation.ts");
  readonly eventProof: typeof import("../../../store/attest/event_proof.ts");
}

const NAME = "example.org/log";
const KEY = noteKey(NAME), OTHER = noteKey("example.org/other");
/** Of the same name: a key before its rotation. */
const EARLIER = { ...KEY, id: OTHER.id, secret: OTHER.secret };
/** Signs in the name of the key without being it. */
const FORGER = { ...KEY, secret: OTHER.secret };

const LOG = writeLog(
  REALIZED.flatMap((draft, index) => index % 9 === 8 ? [draft, { kind: "checkpoint" }] : [draft]),
);
const SIZE = LOG.leaves.length;
const RUN = "0123456789abcdef0123456789abcdef";
const textOf = (size: number, origin = `${NAME}/run/${RUN}`) =>
  noteText(origin, size, rootOf(LOG.leaves.slice(0, size)));

/** Throws if a note or a proof is another, or if what is none is accepted. */
export async function checkNotes(code: NoteCode): Promise<void> {
  await checkSignatures(code);
  await checkAttestations(code);
  await checkProofs(code);
}

async function checkSignatures({ key, note }: NoteCode): Promise<void> {
  const seed = sha256(new TextEncoder().encode(NAME));
  const signer = await key.makeSignerKey(NAME, seed);
  assertStrictEquals(key.renderVerifierKey(signer), KEY.verifier);
  assertStrictEquals(await note.signNote(textOf(3), signer), signedNote(textOf(3), [KEY]));
  const verifier = parsedKey(key, KEY.verifier);
  const wrongId = KEY.verifier.replace(/\+[0-9a-f]{8}\+/, "+00000000+");
  assert(!key.parseVerifierKey(wrongId).ok);
  const outcomeOf = async (text: string) => {
    const parsed = note.parseNote(text);
    if (!parsed.ok) return parsed.failure.code;
    const verified = await note.verifyNote(parsed.value, verifier);
    return verified.ok ? "verified" : verified.failure.code;
  };
  const genuine = signedNote(textOf(3), [KEY]);
  const expected: readonly (readonly [string, string])[] = [
    [genuine, "verified"],
    [signedNote(textOf(3), [OTHER, KEY]), "verified"],
    [signedNote(textOf(3), [EARLIER, KEY]), "verified"],
    [textOf(3), "unsigned-note"],
    [signedNote(textOf(3), [OTHER]), "foreign-note"],
    [signedNote(textOf(3), [EARLIER]), "foreign-note"],
    [signedNote(textOf(3), [FORGER]), "forged-note"],
    [signedNote(textOf(3), [KEY, FORGER]), "forged-note"],
    [genuine.replace("\n3\n", "\n4\n"), "forged-note"],
    [genuine.slice(0, -1), "malformed-note"],
    [genuine.replace("— ", "- "), "malformed-note"],
  ];
  for (const [text, outcome] of expected) assertStrictEquals(await outcomeOf(text), outcome, text);
}

function parsedKey(key: NoteCode["key"], text: string) {
  const parsed = key.parseVerifierKey(text);
  assert(parsed.ok);
  return parsed.value;
}

async function checkAttestations(code: NoteCode): Promise<void> {
  const attestable = code.attestable.attestableLog(new MemoryFile(LOG.bytes));
  assert(attestable.ok);
  const { tree } = attestable.value;
  const identity = tree.outcome?.identity ?? "";
  const outcomeOf = async (text: string) => {
    const opened = await code.runNote.openRunNote(text, parsedKey(code.key, KEY.verifier));
    if (!opened.ok) return opened.failure.code;
    const compared = code.attestation.compareWithNote(tree, opened.value);
    return compared.ok ? `${compared.value.blocks} blocks` : compared.failure.code;
  };
  const signed = (text: string) => signedNote(text, [KEY]);
  const expected: readonly (readonly [string, string])[] = [
    [signed(textOf(SIZE)), `${SIZE} blocks`],
    [signed(textOf(2)), "2 blocks"],
    [signed(textOf(0)), "0 blocks"],
    [signed(textOf(2, `${NAME}/run/${identity}`)), "2 blocks"],
    [signed(noteText(`${NAME}/run/${RUN}`, SIZE + 1, sha256())), "shorter-log"],
    [signed(noteText(`${NAME}/run/${RUN}`, 2, sha256())), "rewritten-log"],
    [signed(noteText(`${NAME}/run/${RUN}`, 0, rootOf(LOG.leaves))), "rewritten-log"],
    [signed(textOf(2, `${NAME}/run/${"1".repeat(32)}`)), "other-run"],
    [signed(textOf(2, `${NAME}/run/${"1".repeat(64)}`)), "other-run"],
    [signed(textOf(2, `${NAME}/`)), "foreign-origin"],
    [signed(textOf(2, `${OTHER.name}/run/${RUN}`)), "foreign-origin"],
  ];
  for (const [text, outcome] of expected) assertStrictEquals(await outcomeOf(text), outcome, text);
}

async function checkProofs(code: NoteCode): Promise<void> {
  const verifier = parsedKey(code.key, KEY.verifier);
  const note = signedNote(textOf(SIZE), [KEY]);
  const log = new MemoryFile(LOG.bytes);
  const attestable = code.attestable.attestableLog(log);
  const opened = await code.runNote.openRunNote(note);
  assert(attestable.ok && opened.ok);
  const { tree } = attestable.value;
  const isProof = async (text: string) => {
    const parsed = code.logProof.parseLogProof(text);
    return parsed.ok && (await code.eventProof.checkEventProof(parsed.value, verifier)).ok;
  };
  for (const [index, block] of LOG.blocks.entries()) {
    const path = inclusionPath(LOG.leaves, index);
    const seq = tree.blocks[index]?.first ?? -1;
    const proven = code.eventProof.proveEvent(log, tree, { seq, note: opened.value });
    assert(proven.ok);
    const text = code.logProof.renderLogProof(proven.value);
    assertStrictEquals(text, proofText(block, index, path, note));
    assert(await isProof(text));
    const forged = proofText(sha256(), index, path, note);
    assert(!await isProof(forged), "another block");
    assert(!await isProof(proofText(block, index + 1, path, note)), "another index");
    const foreign = signedNote(textOf(SIZE, `${OTHER.name}/run/${RUN}`), [OTHER]);
    assert(!await isProof(proofText(block, index, path, foreign)), "another key");
    const older = signedNote(textOf(SIZE - 1), [KEY]);
    assert(!await isProof(proofText(block, index, path, older)), "another note");
    const checkpoint = tree.blocks[index]?.checkpoint ?? -1;
    const none = code.eventProof.proveEvent(log, tree, { seq: checkpoint, note: opened.value });
    assert(!none.ok && none.failure.code === "checkpoint-event");
  }
  assertStrictEquals(hex(rootOf(LOG.leaves)), opened.value.root);
}
