/**
 * The store: a folder, `.dustrun` by default, with one log per run in `runs/`, numbered in order: `runs/000017-hello_k.jsonl`.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { AppendableFile, syncFolder } from "../file/host_file.ts";
import { fileNameOf, folderOf, pathInside } from "../file/path.ts";

/** The store's default folder; `--store` names another. */
export const DEFAULT_STORE = ".dustrun";

/** A run of the store. */
export interface StoredRun {
  /** From 1, in the order in which the runs began. */
  readonly number: number;
  /** The label given when the run began, usually the program's file name. */
  readonly label: string;
  /** Path of the log. */
  readonly path: string;
}

/** A run whose log is open for writing. */
export interface NewRun extends StoredRun {
  /** The new log, empty and locked. */
  readonly file: AppendableFile;
}

/** A reference that names no run of the store. */
export interface NoSuchRun {
  /** Always `no-such-run`. */
  readonly code: "no-such-run";
  /** One sentence: what the store has instead. */
  readonly reason: string;
}

const LOG_NAME = /^([0-9]{6,})-(.*)\.jsonl$/;

/** Begins a run: takes the next free number, safely among concurrent processes, and creates its log. */
export function createRun(store: string, label: string): NewRun {
  const folder = runsFolder(store);
  makeFolder(folder);
  for (let number = lastNumber(folder) + 1;; number++) {
    const run = tryReserve(folder, { number, label: plainLabel(label) });
    if (run !== undefined) return run;
  }
}

/** The runs of a store, in order; none if the store does not exist. */
export function listRuns(store: string): StoredRun[] {
  const folder = runsFolder(store);
  const runs: StoredRun[] = [];
  for (const name of namesIn(folder)) {
    const [, number, label] = LOG_NAME.exec(name) ?? [];
    if (number === undefined || label === undefined) continue;
    runs.push({ number: Number(number), label, path: pathInside(folder, name) });
  }
  return runs.sort((a, b) => a.number - b.number);
}

/**
 * The path of the log that `reference` names: `@` is the last run of the store, `@1` the one before it, `17` the run with that
 * number; anything else is a path. A file named `17` is written `./17`.
 */
export function resolveLog(store: string, reference: string): Result<string, NoSuchRun> {
  const back = /^@([0-9]{0,9})$/.exec(reference)?.[1];
  if (back !== undefined) {
    const run = listRuns(store).at(-1 - Number(back));
    return run === undefined ? noSuchRun(store, reference) : success(run.path);
  }
  if (!/^[0-9]{1,15}$/.test(reference)) return success(reference);
  const run = listRuns(store).find(({ number }) => number === Number(reference));
  return run === undefined ? noSuchRun(store, reference) : success(run.path);
}

/** The label for a program's file: its name without `.json` or `.dir.json`. */
export function labelOf(path: string): string {
  return fileNameOf(path).replace(/(\.dir)?\.json$/, "");
}

function noSuchRun(store: string, reference: string): Result<never, NoSuchRun> {
  const count = listRuns(store).length;
  const reason = count === 0
    ? `the store ${store} has no runs`
    : `the store ${store} has ${count} run${count === 1 ? "" : "s"}, and none is ${reference}`;
  return failure({ code: "no-such-run", reason });
}

/**
 * Tries to take a number. The name of a reservation file has no label, so runs of different programs compete for the same file.
 * Its owner checks again whether the number is free. A reservation left by a crash only leaves a gap in the numbers.
 */
function tryReserve(
  folder: string,
  { number, label }: { readonly number: number; readonly label: string },
): NewRun | undefined {
  const padded = String(number).padStart(6, "0");
  const reservation = pathInside(folder, `${padded}.reserved`);
  if (!createEmpty(reservation)) return undefined;
  try {
    if (namesIn(folder).some((name) => name.startsWith(`${padded}-`))) return undefined;
    const path = pathInside(folder, `${padded}-${label}.jsonl`);
    return { number, label, path, file: AppendableFile.create(path) };
  } finally {
    Deno.removeSync(reservation);
  }
}

function createEmpty(path: string): boolean {
  try {
    Deno.openSync(path, { write: true, createNew: true }).close();
    return true;
  } catch (cause) {
    if (cause instanceof Deno.errors.AlreadyExists) return false;
    throw cause;
  }
}

function lastNumber(folder: string): number {
  let last = 0;
  for (const name of namesIn(folder)) {
    const [, number] = LOG_NAME.exec(name) ?? [];
    if (number !== undefined) last = Math.max(last, Number(number));
  }
  return last;
}

function namesIn(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    throw cause;
  }
}

function makeFolder(folder: string): void {
  try {
    if (Deno.statSync(folder).isDirectory) return;
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
  }
  Deno.mkdirSync(folder, { recursive: true });
  syncFolder(folderOf(folder));
  syncFolder(folderOf(folderOf(folder)));
}

function runsFolder(store: string): string {
  return pathInside(store, "runs");
}

function plainLabel(label: string): string {
  const plain = label.replaceAll(/[^A-Za-z0-9_-]+/g, "_").slice(0, 60);
  return plain === "" ? "run" : plain;
}
