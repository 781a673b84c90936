/**
 * A seal ledger as notes and proofs see it: a tree (RFC 6962) whose leaves are its lines, without LF, as those of a store's log are.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { type Readable, readRange } from "../file/byte_file.ts";
import type { LogProof } from "../note/log_proof.ts";
import type { NotedTree } from "../note/noted_tree.ts";
import { type StoreNote, storeOrigin } from "../note/store_note.ts";
import { checkLedger, type LedgerDamage } from "../realize/ledger.ts";
import { leafHash } from "../tree/hash.ts";
import { proveInclusion } from "../tree/prove.ts";
import { treeRoot } from "../tree/tree_head.ts";
import { compareLines, type StoreMismatch } from "./store_attestation.ts";
import { growthOf, type UnprovableLines } from "./store_proof.ts";

/** An undamaged ledger with at least one entry. */
export interface LedgerTree {
  /** The first half of its first leaf, 32 hexadecimal digits. The first entry names a random occurrence, so no two ledgers have one id. */
  readonly id: string;
  /** The hashes of its entries, in hexadecimal. */
  readonly leaves: readonly string[];
  /** The byte offset of each entry's line, and of the end of the last one. */
  readonly offsets: readonly number[];
  /** Number of bytes of an unfinished line at the end, which is no entry. */
  readonly torn: number;
  /** The root over all entries. */
  readonly root: string;
}

/** Checks a ledger and reads its tree; `undefined` if it has no entry. */
export function readLedgerTree(source: Readable): Result<LedgerTree | undefined, LedgerDamage> {
  const leaves: string[] = [];
  const offsets = [0];
  let end = 0;
  const checked = checkLedger(source, (_, { at, bytes }) => {
    leaves.push(leafHash(bytes.subarray(0, -1)));
    end = at + bytes.length;
    offsets.push(end);
  });
  if (!checked.ok) return checked;
  const [first] = leaves;
  if (first === undefined) return success(undefined);
  const id = first.slice(0, ID_DIGITS);
  return success({ id, leaves, offsets, torn: source.size() - end, root: treeRoot(leaves) });
}

const ID_DIGITS = 32;

/** The note about a ledger as it is. Its origin has the form of that of a store: NAME, and the id. */
export function noteOfLedger({ id, leaves, root }: LedgerTree, name: string): NotedTree {
  return { origin: storeOrigin({ name, store: id }), size: leaves.length, root };
}

/** Whether a ledger begins with what a note attests; the number of entries after that. */
export function compareWithLedgerNote(
  { id, leaves }: LedgerTree,
  note: StoreNote,
): Result<{ readonly beyond: number }, StoreMismatch> {
  return compareLines({ leaves, idAt: () => id }, note);
}

/** Proves that an entry is in the ledger that a note attests. `source` is the ledger of `tree`. */
export function proveEntry(
  source: Readable,
  { tree, entry, note }: {
    readonly tree: LedgerTree;
    /** From 0. */
    readonly entry: number;
    readonly note: StoreNote;
  },
): Result<LogProof, UnprovableLines | NoSuchEntry> {
  if (note.signature === "unsigned") return failure({ code: "unsigned-note" });
  const compared = compareWithLedgerNote(tree, note);
  if (!compared.ok) return compared;
  const [at, end] = [tree.offsets[entry], tree.offsets[entry + 1]];
  if (at === undefined || end === undefined || entry >= note.size) {
    return failure({ code: "no-such-entry" });
  }
  const hashes = proveInclusion(tree.leaves.slice(0, note.size), entry);
  const leaf = readRange(source, { at, end: end - 1 });
  return success({ leaf, index: entry, hashes, note: note.written });
}

/** The note does not attest so many entries. */
export interface NoSuchEntry {
  /** The code. */
  readonly code: "no-such-entry";
}

/** Proves that the ledger that `older` attests is the beginning of the one that `note` attests. */
export function proveLedgerGrowth(
  { id, leaves }: LedgerTree,
  older: StoreNote,
  note: StoreNote,
): Result<string, UnprovableLines> {
  return growthOf({ leaves, idAt: () => id }, older, note);
}
