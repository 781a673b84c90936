/**
 * Notes about the log of a store. Its origin is `NAME/ID`, where NAME is that of the key and ID that of the store.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { VerifierKey } from "./key.ts";
import { parseNote, verifyNote } from "./note.ts";
import { type NotedTree, parseNotedTree } from "./noted_tree.ts";
import type { RunNote, UnusableNote } from "./run_note.ts";

/** A note about a store. */
export interface StoreNote extends NotedTree, Pick<RunNote, "signature" | "written"> {
  /** The store that its origin names, 32 hexadecimal digits. */
  readonly store: string;
}

/** The origin of a store's log. */
export function storeOrigin(
  { name, store }: { readonly name: string; readonly store: string },
): string {
  return `${name}/${store}`;
}

/** Opens a note. With a key, only what the key signed about its own stores is taken; without, everything, and the result says so. */
export async function openStoreNote(
  written: string,
  key?: VerifierKey,
): Promise<Result<StoreNote, UnusableNote>> {
  const note = parseNote(written);
  if (!note.ok) return note;
  if (key !== undefined) {
    const verified = await verifyNote(note.value, key);
    if (!verified.ok) return verified;
  }
  const tree = parseNotedTree(note.value.text);
  if (!tree.ok) return tree;
  const { origin } = tree.value;
  const [, name, store] = /^(.+)\/([0-9a-f]{32})$/s.exec(origin) ?? [];
  const isForeign = name === undefined || store === undefined || name.endsWith("/run") ||
    (key !== undefined && name !== key.name);
  if (isForeign) return failure({ code: "foreign-origin", origin });
  const isUnsigned = note.value.signatures.length === 0;
  const signature = key !== undefined ? "checked" : isUnsigned ? "unsigned" : "unchecked";
  return success({ ...tree.value, store, signature, written });
}
