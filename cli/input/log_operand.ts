/**
 * Operands that name a log: by a reference to the store, or by a path.
 *
 * @module
 */
import { MemoryFile, type Readable, ReadableFile } from "../../api/files.ts";
import { type LogDamage, oldFormOf, verifyLog } from "../../api/verify.ts";
import { resolveLog } from "../../api/runs.ts";
import type { StoreOption } from "../spec/options.ts";
import { Fault } from "../host/fault.ts";
import { type Io, unreadable } from "../host/io.ts";
import { refuseOtherKind, WANTED, type Wanted } from "./file_gate.ts";
import { HEAD_BYTES } from "./file_kind.ts";
import { storeOf, storeWords } from "./store_folder.ts";

/** A log open for reading. Whoever opens it closes it. */
export interface OpenLog {
  readonly path: string;
  readonly log: Readable;
}

/** The path of the log that `reference` (`@`, `@1`, `17` or a path) names. */
export function logPath(reference: string, args: StoreOption): string {
  const resolved = resolveLog(storeOf(args), reference);
  if (resolved.ok) return resolved.value;
  throw new Fault({
    code: "DR1307",
    message: resolved.failure.reason,
    place: reference,
    help: `dustrun runs${storeWords(args)} lists them`,
  });
}

/** Opens the log that `reference` names. Another kind of file, and a log of an earlier form, are refused. */
export function openLog(
  reference: string,
  args: StoreOption,
  io: Io,
  wanted: Wanted = WANTED.log,
): OpenLog {
  const open = openAnyForm(reference, args, io);
  try {
    if (open.path === reference) refuseOtherFile(open, wanted); // a run of the store is a log, however damaged
    refuseOldForm(open);
    return open;
  } catch (cause) {
    open.log.close();
    throw cause;
  }
}

/** Opens the log that `reference` names, of whatever form. */
export function openAnyForm(reference: string, args: StoreOption, io: Io): OpenLog {
  const path = logPath(reference, args);
  return { path, log: openOrReadWhole(path, io) };
}

/** Opens a file for reading. Standard input, for `-`, and pipes are read whole. */
export function openOrReadWhole(path: string, io: Io): Readable {
  return path === "-" || isPipe(path) ? new MemoryFile(io.readBytes(path)) : openReadable(path);
}

/** Opens a file for reading. */
export function openReadable(path: string): ReadableFile {
  let file: ReadableFile | undefined;
  try {
    file = new ReadableFile(path);
    file.read(new Uint8Array(1), 0); // a folder opens like a file, but cannot be read
    return file;
  } catch (cause) {
    file?.close();
    throw unreadable(path, cause);
  }
}

/** Refuses a file that is not a log, by its beginning. */
export function refuseOtherFile({ path, log }: OpenLog, wanted: Wanted = WANTED.log): void {
  refuseOtherKind(headOf(log), path, wanted);
}

/** The beginning of an open file, by which its kind is judged. */
export function headOf(file: Readable): Uint8Array {
  const head = new Uint8Array(HEAD_BYTES);
  return head.subarray(0, file.read(head, 0));
}

function isPipe(path: string): boolean {
  try {
    return Deno.statSync(path).isFifo === true;
  } catch {
    return false; // opening it says why
  }
}

/** Refuses a log of an earlier form, with the version that reads it. */
export function refuseOldForm({ path, log }: OpenLog): void {
  const old = oldFormOf(log);
  if (old === undefined) return;
  throw new Fault({
    code: "DR1321",
    message: `the log has the form ${old.format}`,
    place: path,
    help: `dustrun ${old.version} reads it, and finishes its realization`,
  });
}

/** Refuses a damaged log. All of it is read. */
export function refuseDamaged({ path, log }: OpenLog): void {
  const verdict = verifyLog(log);
  if (verdict.status === "damaged") throw damagedLog(path, verdict);
}

/** The fault for a log that was changed. */
export function damagedLog(path: string, { line, offset, reason }: Omit<LogDamage, "code">): Fault {
  return new Fault({
    code: "DR1308",
    message: reason,
    place: line === 0 ? `${path}, byte ${offset}` : `${path}:${line}, byte ${offset}`,
    help: "nothing after this point can be trusted; compare with a copy or an earlier note",
  });
}
