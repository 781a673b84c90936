/**
 * The store that a command line names.
 *
 * @module
 */
import { DEFAULT_STORE } from "../../api/runs.ts";
import type { StoreOption } from "../spec/options.ts";

/** The store's folder. */
export function storeOf(args: StoreOption): string {
  return args.store ?? DEFAULT_STORE;
}
