/**
 * Compares a store's log with the folder of its runs: what was removed, added, cut off, exchanged or copied since it was recorded. Every
 * log is read whole. Nothing is changed.
 *
 * @module
 */
import { ReadableFile } from "../file/host_file.ts";
import { pathInside } from "../file/path.ts";
import { isEmptyFile, kindAt } from "../file/regular_file.ts";
import { checkRecordedRun } from "./check_recorded_run.ts";
import { logBeside, namesIn, removedRunOf, runsFolder } from "./run_store.ts";
import { bySeverity, type StoreFinding } from "./store_finding.ts";
import {
  isKnownLog,
  readStore,
  type StoreDamage,
  type StoreHistory,
  type StoreTree,
} from "./store_history.ts";
import { parseLogName } from "./store_line.ts";
import type { RecordedRun } from "./store_rules.ts";

/** A store, checked. */
export interface StoreCheck {
  /** The store's log; `undefined` if there is none, or it is damaged. */
  readonly log: StoreTree | undefined;
  /** Problems, by severity and number of the run; empty if all is in order. */
  readonly findings: readonly StoreFinding[];
}

/** Checks a store. */
export function checkStore(store: string): StoreCheck {
  const names = namesIn(runsFolder(store)).sort();
  const read = readStore(store);
  if (!read.ok) return { log: undefined, findings: [damageOf(read.failure)] };
  const log = read.value;
  if (log === undefined) return { log, findings: withoutLog(names) };
  const { history } = log;
  const findings = [
    ...unfinishedLine(history),
    ...checkRuns(store, names, history),
    ...foreignFiles(store, names, history),
  ];
  return { log, findings: bySeverity(findings) };
}

function withoutLog(names: readonly string[]): readonly StoreFinding[] {
  const logs = names.filter((name) => !names.includes(logBeside(name) ?? ""));
  if (logs.length === 0) return [];
  const message = `the store has no log, so nothing is known of the ${logs.length} in runs/`;
  return [{ kind: "incomplete", run: undefined, message }];
}

function damageOf({ line, reason }: StoreDamage): StoreFinding {
  const message = `the store's log is damaged at line ${line}: ${reason}`;
  return { kind: "damaged", run: undefined, message };
}

function unfinishedLine({ torn }: StoreHistory): readonly StoreFinding[] {
  if (torn === 0) return [];
  const message = `the store's log ends with ${torn} bytes of an unfinished line`;
  return [{ kind: "incomplete", run: undefined, message }];
}

function checkRuns(
  store: string,
  names: readonly string[],
  history: StoreHistory,
): readonly StoreFinding[] {
  const left = Map.groupBy(names, (name) => removedRunOf(name, history));
  return [...history.runs.values()].flatMap((run) => {
    if (run.removed) return checkRemoved(run.number, left.get(run) ?? []);
    return run.file === undefined ? [] : checkFile(run, pathInside(runsFolder(store), run.file));
  });
}

function checkRemoved(run: number, left: readonly string[]): readonly StoreFinding[] {
  if (left.length === 0) return [];
  const message = `it is recorded as removed, and still there: ${left.join(", ")}`;
  return [{ kind: "incomplete", run, message }];
}

function checkFile(run: RecordedRun, path: string): readonly StoreFinding[] {
  const kind = kindAt(path);
  const finding = (kind: StoreFinding["kind"], message: string): readonly StoreFinding[] => [
    { kind, run: run.number, message },
  ];
  if (kind === "absent") {
    return finding("disagreement", "its log is missing, and nobody recorded that it was removed");
  }
  if (kind !== "file") return finding("disagreement", `a ${kind} stands in the place of its log`);
  const log = new ReadableFile(path);
  try {
    return checkRecordedRun(run, log).flatMap(({ kind, message }) => finding(kind, message));
  } finally {
    log.close();
  }
}

/** Entries of the folder of runs that no line of the store's log accounts for, whatever they are and however they are named. */
function foreignFiles(
  store: string,
  names: readonly string[],
  history: StoreHistory,
): readonly StoreFinding[] {
  const logs = names.filter((name) => isKnownLog(name, history));
  const files = [...history.runs.values()].flatMap(({ file }) => file ?? []);
  const known = new Set([...logs, ...files]);
  return names.flatMap((name): readonly StoreFinding[] => {
    if (known.has(name) || known.has(logBeside(name) ?? "")) return [];
    const isRunLog = parseLogName(name) !== undefined;
    const shown = isRunLog ? name : JSON.stringify(name);
    const isEmpty = isRunLog && isEmptyFile(pathInside(runsFolder(store), name));
    const message = isEmpty
      ? `${shown} is empty and not recorded: a process ended before it recorded its run`
      : `${shown} is not recorded: no run of this store wrote it`;
    return [{ kind: isEmpty ? "incomplete" : "disagreement", run: undefined, message }];
  });
}
