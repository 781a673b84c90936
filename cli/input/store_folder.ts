/**
 * The store that a command line names.
 *
 * @module
 */
import { DEFAULT_STORE, type StoreDamage } from "../../api/runs.ts";
import { shellWord } from "../../api/visible.ts";
import type { StoreOption } from "../spec/options.ts";
import { Fault } from "../host/fault.ts";

/** The store's folder. */
export function storeOf(args: StoreOption): string {
  return args.store ?? DEFAULT_STORE;
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
