/**
 * Proofs about a store's log, for people who have a note of it and not the log: that a run is recorded in it, and that one note is about the
 * beginning of what another is about.
 *
 * @module
 */
import { decodeText } from "../file/decode_text.ts";
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { NotIncluded } from "../attest/event_proof.ts";
import { base64ToBytes, bytesToBase64 } from "../../dvm/value/base64.ts";
import { bytesToHex, hexToBytes } from "../file/hex.ts";
import type { VerifierKey } from "../note/key.ts";
import type { LogProof } from "../note/log_proof.ts";
import type { UnsignedNote } from "../note/note.ts";
import type { UnusableNote } from "../note/open_note.ts";
import { openStoreNote, type StoreNote } from "../note/store_note.ts";
import { isConsistent, isIncluded } from "../tree/check_proof.ts";
import { leafHash } from "../tree/hash.ts";
import { proveConsistency, proveInclusion } from "../tree/prove.ts";
import {
  type AttestedLines,
  compareLines,
  compareWithStoreNote,
  linesOfStore,
  type StoreMismatch,
} from "./store_attestation.ts";
import type { StoreTree } from "./store_history.ts";
import { parseStoreLine } from "./store_line.ts";

/** No line that the note attests is about the run. */
export interface NoLineOfRun {
  /** The code. */
  readonly code: "no-line-of-run";
}

/** The first note attests more lines than the second. */
export interface LaterNote {
  /** The code. */
  readonly code: "later-note";
}

/** Why nothing is proven about lines. A note that nobody signed proves nothing to anybody else. */
export type UnprovableLines = StoreMismatch | UnsignedNote | LaterNote;

/** Why nothing is proven about a store. */
export type UnprovableStore = UnprovableLines | NoLineOfRun;

/** Proves what a store's log records of a run: the last line about it that the note attests. */
export function proveRun(
  tree: StoreTree,
  run: number,
  note: StoreNote,
): Result<LogProof, UnprovableStore> {
  if (note.signature === "unsigned") return failure({ code: "unsigned-note" });
  const compared = compareWithStoreNote(tree, note);
  if (!compared.ok) return compared;
  const index = tree.lines.slice(0, note.size).findLastIndex((line) => runOf(line) === run);
  const leaf = tree.lines[index];
  if (leaf === undefined) return failure({ code: "no-line-of-run" });
  const hashes = proveInclusion(tree.leaves.slice(0, note.size), index);
  return success({ leaf: new TextEncoder().encode(leaf), index, hashes, note: note.written });
}

function runOf(text: string): number | undefined {
  const line = parseStoreLine(text);
  return line === undefined || line.kind === "store" ? undefined : line.run;
}

/**
 * Proves that the log that `older` attests is the beginning of the one that `note` attests. The proof has the form in which a witness
 * is asked to cosign (C2SP `tlog-witness`): the old size, the hashes, an empty line, the note.
 *
 * @see https://c2sp.org/tlog-witness
 */
export function proveGrowth(
  tree: StoreTree,
  older: StoreNote,
  note: StoreNote,
): Result<string, UnprovableStore> {
  return growthOf(linesOfStore(tree), older, note);
}

/** The same for any lines that notes attest. */
export function growthOf(
  lines: AttestedLines,
  older: StoreNote,
  note: StoreNote,
): Result<string, UnprovableLines> {
  if (note.signature === "unsigned") return failure({ code: "unsigned-note" });
  if (older.size > note.size) return failure({ code: "later-note" });
  for (const compared of [older, note].map((each) => compareLines(lines, each))) {
    if (!compared.ok) return compared;
  }
  const hashes = proveConsistency(lines.leaves.slice(0, note.size), older.size)
    .map((hash) => bytesToBase64(hexToBytes(hash)));
  return success(`${[`old ${older.size}`, ...hashes].join("\n")}\n\n${note.written}`);
}

/** A line that was proven to be in a store's log. */
export interface ProvenLine {
  /** The note that attests it. */
  readonly note: StoreNote;
  /** Its index, from 0. */
  readonly index: number;
  /** The line. */
  readonly line: string;
}

/** Checks a proof: the key signed its note about one of its own stores, and the line is in the tree of that note. */
export async function checkLineProof(
  { leaf, index, hashes, note }: LogProof,
  key: VerifierKey,
): Promise<Result<ProvenLine, UnusableNote | NotIncluded>> {
  const opened = await openStoreNote(note, key);
  if (!opened.ok) return opened;
  if (!isIncluded({ index, hash: leafHash(leaf) }, opened.value, hashes)) {
    return failure({ code: "not-included" });
  }
  const line = decodeText(leaf);
  return success({ note: opened.value, index, line });
}

/** What a proof of growth shows. */
export interface ProvenGrowth {
  /** The note about what has grown. */
  readonly note: StoreNote;
  /** Number of lines at its beginning, which the earlier note attests. */
  readonly from: number;
}

/** The proof is not about the earlier note, or its hashes do not lead from that to the later one. */
export interface NotGrown {
  /** The code. */
  readonly code: "not-grown";
}

/** Whether a text has the form of a proof of growth. */
export function isGrowthProof(text: string): boolean {
  return GROWTH.test(text);
}

/** Checks a proof of growth: the key signed its note, and what `older` attests is the beginning of what that note attests. */
export async function checkGrowthProof(
  text: string,
  older: StoreNote,
  key: VerifierKey,
): Promise<Result<ProvenGrowth, UnusableNote | NotGrown>> {
  const [, size = "", hashes = "", written = ""] = GROWTH.exec(text) ?? [];
  const opened = await openStoreNote(written, key);
  if (!opened.ok) return opened;
  const note = opened.value;
  const proof = hashes.split("\n").flatMap((line) => {
    const bytes = base64ToBytes(line);
    return line === "" || bytes === undefined ? [] : [bytesToHex(bytes)];
  });
  return Number(size) === older.size && isConsistent(older, note, proof)
    ? success({ note, from: older.size })
    : failure({ code: "not-grown" });
}

const GROWTH = /^old (0|[1-9][0-9]{0,15})\n((?:[A-Za-z0-9+/]{43}=\n){0,64})\n([^]*)$/;
