/**
 * Removes runs from a store. The store's log says so first, and durably, so that a run is either there or known to be removed; after a
 * crash between the two, removing it again completes the removal.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import { AppendableFile, syncFolder } from "../file/host_file.ts";
import { fileNameOf, pathInside } from "../file/path.ts";
import { isEmptyFile, kindAt } from "../file/regular_file.ts";
import { needsRealization, unfinishedReason } from "../log/event_order.ts";
import { scanLog } from "../log/scan.ts";
import {
  highestNumber,
  isFileOfRun,
  listRuns,
  namesIn,
  removedRunOf,
  runsFolder,
} from "./run_store.ts";
import { historyOf, type StoreDamage, type StoreHistory } from "./store_history.ts";
import { parseLogName } from "./store_line.ts";
import { StoreLog } from "./store_log.ts";
import type { RecordedRun } from "./store_rules.ts";

/** The store has no run of that number. */
export interface NoRunToRemove {
  /** The code. */
  readonly code: "no-run";
}

/** Effects of the run may or may not have been performed, and only its log says which. */
export interface UnfinishedRun {
  /** The code. */
  readonly code: "unfinished-run";
}

/** Another process writes the run's log. */
export interface BusyRun {
  /** The code. */
  readonly code: "busy-run";
}

/** Why a run is not removed. */
export type RemovalRefusal = StoreDamage | NoRunToRemove | UnfinishedRun | BusyRun;

/** Removes a run with the files beside its log; returns the names of the files that were there. */
export function removeRun(
  store: string,
  number: number,
): Result<readonly string[], RemovalRefusal> {
  const history = historyOf(store);
  if (!history.ok) return history;
  const folder = runsFolder(store);
  const recorded = history.value?.runs.get(number);
  if (recorded?.removed === true) return success(removeFiles(folder, recorded));
  const file = recorded?.file ?? listedFile(store, number);
  if (file === undefined) return failure({ code: "no-run" });
  const recordedNow = withUnusedLog(pathInside(folder, file), () => recordRemoved(store, number));
  return recordedNow.ok ? success(removeFiles(folder, { number, file })) : recordedNow;
}

/** The name of the log of a run that is older than the store's log, which does not say it. */
function listedFile(store: string, number: number): string | undefined {
  const listed = listRuns(store).find((run) => run.number === number);
  return listed === undefined ? undefined : fileNameOf(listed.path);
}

/** Removes what crashes left behind: files of removed runs, and empty logs that no line is about. Returns their names. */
export function removeLeftovers(store: string): Result<readonly string[], StoreDamage> {
  const first = historyOf(store);
  if (!first.ok || first.value === undefined) return first.ok ? success([]) : first;
  const log = StoreLog.open(store, () => highestNumber(runsFolder(store)));
  try {
    let removed: readonly string[] = [];
    // Under the lock no run is between the creation of its log and its line.
    const done = log.append(() => {
      const history = historyOf(store);
      if (history.ok && history.value !== undefined) {
        removed = leftovers(store, history.value);
      }
      return undefined;
    });
    return done.ok ? success(removed) : done;
  } finally {
    log.release();
  }
}

function leftovers(store: string, history: StoreHistory): readonly string[] {
  const folder = runsFolder(store);
  const names = namesIn(folder);
  return removeAll(folder, [
    ...names.filter((name) => removedRunOf(name, history)?.file !== undefined),
    ...names.filter((name) => isUnrecorded(name, history) && isEmptyFile(pathInside(folder, name))),
  ]);
}

/** Whether a name is that of a log that no line is about. */
function isUnrecorded(name: string, { runs, older }: StoreHistory): boolean {
  const number = parseLogName(name)?.number;
  if (number === undefined) return false;
  const run = runs.get(number);
  return run === undefined ? number > older : run.file !== undefined && run.file !== name;
}

/** Whether nothing of a run is left to do, so that only its record is lost if it is removed. */
export function isFinishedRun(path: string): boolean {
  if (kindAt(path) !== "file") return false;
  const finished = withUnusedLog(path, () => success(undefined));
  return finished.ok;
}

/** Calls `use` while no other process can write the log. A log that is missing or damaged needs no lock. */
function withUnusedLog<F>(
  path: string,
  use: () => Result<undefined, F>,
): Result<undefined, F | UnfinishedRun | BusyRun> {
  if (kindAt(path) !== "file") return use();
  const log = openUnlessBusy(path);
  if (log === undefined) return failure({ code: "busy-run" });
  try {
    return isUnfinished(log) ? failure({ code: "unfinished-run" }) : use();
  } finally {
    log.close();
  }
}

function openUnlessBusy(path: string): AppendableFile | undefined {
  try {
    return AppendableFile.open(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.Busy) return undefined;
    throw cause;
  }
}

function isUnfinished(log: AppendableFile): boolean {
  const scanned = scanLog(log);
  if (!scanned.ok) return false;
  const { header, outcome, realization } = scanned.value;
  if (realization === "none" || !needsRealization(header, outcome)) return false;
  return unfinishedReason(realization) !== undefined;
}

function recordRemoved(store: string, number: number): Result<undefined, StoreDamage> {
  const log = StoreLog.open(store, () => highestNumber(runsFolder(store)));
  try {
    const removed = log.append(() => ({ kind: "removed", run: number }));
    if (!removed.ok) return removed;
    log.sync();
    return success(undefined);
  } finally {
    log.release();
  }
}

/** Removes the log of a run and what is beside it: snapshots and torn tails. */
function removeFiles(
  folder: string,
  run: Pick<RecordedRun, "number" | "file">,
): readonly string[] {
  return removeAll(folder, namesIn(folder).filter((name) => isFileOfRun(name, run)));
}

function removeAll(folder: string, names: readonly string[]): readonly string[] {
  for (const name of names) Deno.removeSync(pathInside(folder, name));
  if (names.length > 0) syncFolder(folder);
  return names;
}
