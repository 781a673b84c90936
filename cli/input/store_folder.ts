/**
 * The store that a command line names.
 *
 * @module
 */
import { DEFAULT_STORE, type StoreDamage } from "../../api/runs.ts";
import type { StoreOption } from "../spec/options.ts";
import { Fault } from "../host/fault.ts";

/** The store's folder. */
export function storeOf(args: StoreOption): string {
  return args.store ?? DEFAULT_STORE;
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
