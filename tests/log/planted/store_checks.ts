/**
 * What codec, rules, tree, proofs and notes must do, checked against writers that share no code with them. The code is passed in, so
 * that a copy with a bug in it can be checked too.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { MemoryFile } from "../../../store/file/byte_file.ts";
import { FAULTS } from "../second_verifier/all_faults.ts";
import { REALIZED } from "../second_verifier/damage.ts";
import { logBytes } from "../second_verifier/independent_writer.ts";
import { FAILED_RUN, realizedRun, returnedRun } from "../second_verifier/sample_drafts.ts";
import { checkNotes, type NoteCode } from "./note_checks.ts";
import { checkTree, type TreeCode } from "./tree_checks.ts";

/** The code under test: the real one, or a copy with a bug planted in it. */
export interface StoreCode extends TreeCode, NoteCode {
  readonly decode: typeof import("../../../store/codec/decode_event.ts");
  readonly encode: typeof import("../../../store/codec/encode_event.ts");
  readonly writer: typeof import("../../../store/log/writer.ts");
  readonly verify: typeof import("../../../store/log/verify.ts");
}

/** Loads the code under test from the folder that has `store/` in it. */
export async function storeFrom(root: string): Promise<StoreCode> {
  const load = (path: string) => import(new URL(`store/${path}`, root).href);
  return {
    decode: await load("codec/decode_event.ts"),
    encode: await load("codec/encode_event.ts"),
    writer: await load("log/writer.ts"),
    verify: await load("log/verify.ts"),
    hash: await load("tree/hash.ts"),
    head: await load("tree/tree_head.ts"),
    prove: await load("tree/prove.ts"),
    check: await load("tree/check_proof.ts"),
    key: await load("note/key.ts"),
    note: await load("note/note.ts"),
    runNote: await load("note/run_note.ts"),
    logProof: await load("note/log_proof.ts"),
    attestable: await load("attest/attestable_log.ts"),
    attestation: await load("attest/attestation.ts"),
    eventProof: await load("attest/event_proof.ts"),
  };
}

/** Valid logs with every kind of event, of one block and of several. */
const VALID: readonly Uint8Array[] = [
  REALIZED,
  FAILED_RUN,
  returnedRun("simulate", { isSmall: true }),
  realizedRun(700),
].map((drafts) => logBytes(drafts));

/** Strings and numbers that the samples lack. */
const LINES: readonly string[] = [
  String
    .raw`{"seq":4294967296000,"kind":"stmt","at":"main.body[0]","set":{"a\\b":{"Int":5000000001}}}`,
  String.raw`{"seq":7,"kind":"constraint_failed","id":"C1","reason":"\u001f \\ \" \n é 😀 ` +
  '\x7f"}',
  '{"seq":7,"kind":"leave_proc","proc":"main","value":{"Int":-9223372036854775808}}',
  '{"seq":7,"kind":"leave_proc","proc":"main","value":{"Int":9007199254740991}}',
  '{"seq":7,"kind":"leave_proc","proc":"main","value":{"Int":1000000000}}',
];

/** Throws if the code does anything else than it must. */
export async function checkStore(code: StoreCode): Promise<void> {
  checkCodec(code);
  checkVerdicts(code);
  checkTree(code);
  await checkNotes(code);
}

function checkCodec(code: StoreCode): void {
  for (const line of LINES) assertStrictEquals(copied(code, line), line);
  for (const log of VALID) {
    const lines = new TextDecoder().decode(log).trimEnd().split("\n");
    for (const line of lines) assertStrictEquals(copied(code, line), line);
    assertEquals(rewritten(code, lines), log);
  }
}

/** A line that was decoded and encoded again. */
function copied({ decode, encode }: StoreCode, line: string): string {
  const decoded = decode.decodeLine(line);
  return decoded.ok ? encode.encodeLine(decoded.value) : decoded.failure.reason;
}

/** The log that the writer makes of the events of these lines. */
function rewritten({ decode, writer }: StoreCode, lines: readonly string[]): Uint8Array {
  const file = new MemoryFile();
  const log = new writer.LogWriter(file);
  for (const line of lines) {
    const decoded = decode.decodeLine(line);
    assert(decoded.ok);
    if (decoded.value.kind !== "checkpoint") log.append(decoded.value);
  }
  log.finish();
  return file.content();
}

function checkVerdicts({ verify }: StoreCode): void {
  for (const log of VALID) {
    assertStrictEquals(verify.verifyLog(new MemoryFile(log)).status, "complete");
  }
  for (const { rule, name, bytes } of FAULTS) {
    const { status } = verify.verifyLog(new MemoryFile(bytes));
    assertStrictEquals(status, "damaged", `rule ${rule}, ${name}`);
  }
}
