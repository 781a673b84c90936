/**
 * What notes say about a store's log.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { NotedTree } from "../note/noted_tree.ts";
import { storeOrigin } from "../note/store_note.ts";
import { treeRoot } from "../tree/tree_head.ts";
import type { StoreTree } from "./store_history.ts";

/** The note is about another store than the log was at that size. */
export interface OtherStore {
  /** The code. */
  readonly code: "other-store";
  /** The id of the store at that size. */
  readonly store: string;
}

/** The log has fewer lines than the note attests. */
export interface ShorterStoreLog {
  /** The code. */
  readonly code: "shorter-store";
  /** Number of lines of the log. */
  readonly lines: number;
}

/** The log has as many lines as the note attests, and some of them were changed. */
export interface RewrittenStoreLog {
  /** The code. */
  readonly code: "rewritten-store";
}

/** Why a store's log is not the one that a note attests. */
export type StoreMismatch = OtherStore | ShorterStoreLog | RewrittenStoreLog;

/** The note about a store's log as it is. */
export function noteOfStore({ history, leaves, root }: StoreTree, name: string): NotedTree {
  const store = storeIdAt(history, leaves.length);
  return { origin: storeOrigin({ name, store }), size: leaves.length, root };
}

/** Lines that notes attest: those of a store's log, or of a seal ledger. */
export interface AttestedLines {
  /** The hash of each line, in hexadecimal. */
  readonly leaves: readonly string[];
  /** The id in force after so many of them. */
  readonly idAt: (size: number) => string;
}

/** The lines of a store's log. */
export function linesOfStore({ history, leaves }: StoreTree): AttestedLines {
  return { leaves, idAt: (size) => storeIdAt(history, size) };
}

/** Whether a store's log begins with what a note attests; the number of lines after that. */
export function compareWithStoreNote(
  tree: StoreTree,
  note: NotedTree & { readonly store: string },
): Result<{ readonly beyond: number }, StoreMismatch> {
  return compareLines(linesOfStore(tree), note);
}

/** Whether lines begin with what a note attests; the number of lines after that. */
export function compareLines(
  { leaves, idAt }: AttestedLines,
  { store, size, root }: NotedTree & { readonly store: string },
): Result<{ readonly beyond: number }, StoreMismatch> {
  if (size > leaves.length) return failure({ code: "shorter-store", lines: leaves.length });
  const own = idAt(size);
  if (own !== store) return failure({ code: "other-store", store: own });
  if (treeRoot(leaves.slice(0, size)) !== root) return failure({ code: "rewritten-store" });
  return success({ beyond: leaves.length - size });
}

/** The id of the store in force after that many lines; the first one before the first line. */
function storeIdAt({ names }: StoreTree["history"], size: number): string {
  return (names.findLast(({ from }) => from < size) ?? names[0])?.id ?? "";
}
