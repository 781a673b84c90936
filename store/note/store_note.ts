/**
 * Notes about the log of a store. Its origin is `NAME/ID`, where NAME is that of the key and ID that of the store.
 *
 * @module
 */
import { type Result, success } from "../../dvm/base/result.ts";
import type { VerifierKey } from "./key.ts";
import { type OpenedNote, openNote, type UnusableNote } from "./open_note.ts";

/** A note about a store. */
export interface StoreNote extends OpenedNote {
  /** The store that its origin names, 32 hexadecimal digits. */
  readonly store: string;
}

/** What the origin of a store's log names. */
interface StoreOrigin {
  readonly name: string;
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
  const opened = await openNote(written, { key, parseOrigin: parseStoreOrigin });
  if (!opened.ok) return opened;
  const { note, subject: { store } } = opened.value;
  return success({ ...note, store });
}

/** The store that an origin names; `undefined` for the origin of something else, such as a run. */
function parseStoreOrigin(origin: string): StoreOrigin | undefined {
  const [, name, store] = /^(.+)\/([0-9a-f]{32})$/s.exec(origin) ?? [];
  const isOther = name === undefined || store === undefined || name.endsWith("/run");
  return isOther ? undefined : { name, store };
}
