/**
 * The store that a command line names.
 *
 * @module
 */
import { DEFAULT_STORE, type StoreDamage } from "../../api/runs.ts";
import { shellWord } from "../../api/visible.ts";
import type { StoreOption } from "../spec/options.ts";
import { Fault } from "../host/fault.ts";
import { foundUpwards } from "./found_upwards.ts";

/**
 * The store's folder: the one that is named, or the nearest one from the working folder upwards; a new one is made in the working folder.
 * It is looked for once for a command line, which may later not be allowed to.
 */
export function storeOf(args: StoreOption): string {
  if (args.store !== undefined) return args.store;
  const known = FOUND.get(args);
  if (known !== undefined) return known;
  const store = foundUpwards(DEFAULT_STORE, "folder") ?? DEFAULT_STORE;
  FOUND.set(args, store);
  return store;
}

/** The store of each command line that names none. */
const FOUND = new WeakMap<StoreOption, string>();

/** The ledger that the store has for seals. */
export function ledgerOf(args: StoreOption): string {
  return `${storeOf(args)}/seals.jsonl`;
}

/** The words that name the store again in a command that is suggested; none for the default one. */
export function storeWords({ store }: StoreOption): string {
  return store === undefined ? "" : ` --store ${shellWord(store)}`;
}

/** The fault for a store whose log was changed. */
export function damagedStore(store: string, { line, offset, reason }: StoreDamage): Fault {
  const place = line === 0 ? "" : `:${line}`;
  return new Fault({
    code: "DR1308",
    message: reason,
    place: `${store}/log${place}, byte ${offset}`,
    help: "nothing after this point can be trusted; --store names another folder for new runs",
  });
}
