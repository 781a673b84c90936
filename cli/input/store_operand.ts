/**
 * The log of the store that a command line names, read and checked.
 *
 * @module
 */
import { readStore, type StoreTree } from "../../api/runs.ts";
import { Fault } from "../host/fault.ts";
import { unreadable } from "../host/io.ts";
import type { StoreOption } from "../spec/options.ts";
import { damagedStore, storeOf } from "./store_folder.ts";

/** A store, and the tree of its log. */
export interface OpenStore {
  readonly store: string;
  readonly tree: StoreTree;
}

/** Reads the log of the store, which must be there and undamaged. */
export function openStore(args: StoreOption): OpenStore {
  const store = storeOf(args);
  const read = tryRead(store);
  if (!read.ok) throw damagedStore(store, read.failure);
  if (read.value === undefined) throw absentStore(store);
  return { store, tree: read.value };
}

function tryRead(store: string): ReturnType<typeof readStore> {
  try {
    return readStore(store);
  } catch (cause) {
    throw unreadable(store, cause);
  }
}

/** The fault for a folder that is no store, or one without a log. */
export function absentStore(store: string): Fault {
  return new Fault({
    code: "DR1305",
    message: "there is no store",
    place: store,
    help: "the first run makes it; --store names another folder",
  });
}
