/**
 * How commands get at a log: by a reference to the store, or by a path.
 *
 * @module
 */
import {
  DEFAULT_STORE,
  type HeldSnapshots,
  holdSnapshots,
  type LogDamage,
  type Readable,
  ReadableFile,
  resolveLog,
} from "../../mod.ts";
import type { CommandArguments } from "../spec/command_spec.ts";
import { Fault } from "../host/fault.ts";
import { unreadable } from "../host/io.ts";

/** A log open for reading. Whoever opens it closes it. */
export interface OpenLog {
  readonly path: string;
  readonly log: Readable;
}

/** The store's folder that a command line names. */
export function storeOf(args: CommandArguments): string {
  return args.value("store") ?? DEFAULT_STORE;
}

/** The path of the log that `reference` (`@`, `@1`, `17` or a path) names. */
export function logPath(reference: string, args: CommandArguments): string {
  const resolved = resolveLog(storeOf(args), reference);
  if (resolved.ok) return resolved.value;
  throw new Fault({
    code: "DR1307",
    message: resolved.failure.reason,
    place: reference,
    help: "dustrun runs lists them",
  });
}

/** Opens the log that `reference` names. */
export function openLog(reference: string, args: CommandArguments): OpenLog {
  const path = logPath(reference, args);
  let log: ReadableFile | undefined;
  try {
    log = new ReadableFile(path);
    log.read(new Uint8Array(1), 0); // a folder opens like a file, and only then refuses
    return { path, log };
  } catch (cause) {
    log?.close();
    throw unreadable(path, cause);
  }
}

/** A log of this many bytes is worth a file of snapshots beside it. */
const LONG_LOG_BYTES = 1024 * 1024;

/** Opens the snapshots beside a log; a long one gets some where there are none. */
export function snapshotsBeside({ path, log }: OpenLog): HeldSnapshots | undefined {
  return holdSnapshots(path, { create: log.size() >= LONG_LOG_BYTES });
}

/** The fault for a log that is not as it was written. */
export function damagedLog(path: string, { line, offset, reason }: Omit<LogDamage, "code">): Fault {
  return new Fault({
    code: "DR1308",
    message: reason,
    place: line === 0 ? `${path}, byte ${offset}` : `${path}:${line}, byte ${offset}`,
    help: "nothing after this point can be trusted; compare with a copy or an external checkpoint",
  });
}
