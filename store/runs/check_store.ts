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
import { namesIn, runsFolder } from "./run_store.ts";
import { bySeverity, type StoreFinding } from "./store_finding.ts";
import { readStore, type StoreDamage, type StoreHistory, type StoreTree } from "./store_history.ts";
import { LOG_NAME } from "./store_line.ts";
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
  const names = logNames(store);
  const read = readStore(store);
  if (!read.ok) return { log: undefined, findings: [damageOf(read.failure)] };
  const log = read.value;
  if (log === undefined) return { log, findings: withoutLog(names) };
  const { history } = log;
  const findings = [
    ...unfinishedLine(history),
    ...checkRuns(store, history),
    ...foreignFiles(store, names, history),
  ];
  return { log, findings: bySeverity(findings) };
}

function logNames(store: string): readonly string[] {
  return namesIn(runsFolder(store)).filter((name) => LOG_NAME.test(name)).sort();
}

function withoutLog(names: readonly string[]): readonly StoreFinding[] {
  if (names.length === 0) return [];
  const message = `the store has no log, so nothing is known of the ${names.length} in runs/`;
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

function checkRuns(store: string, { runs }: StoreHistory): readonly StoreFinding[] {
  return [...runs.values()].flatMap((run) => {
    const { file } = run;
    if (file === undefined) return [];
    return checkFile(run, pathInside(runsFolder(store), file));
  });
}

function checkFile(run: RecordedRun, path: string): readonly StoreFinding[] {
  const kind = kindAt(path);
  const finding = (kind: StoreFinding["kind"], message: string): readonly StoreFinding[] => [
    { kind, run: run.number, message },
  ];
  if (run.removed) {
    if (kind === "absent") return [];
    return finding("incomplete", "it is recorded as removed, and its log is still there");
  }
  if (kind === "absent") {
    return finding("disagreement", "its log is missing, and nobody recorded that it was removed");
  }
  if (kind !== "file") return finding("disagreement", `a ${kind} stands in the place of its log`);
  const log = new ReadableFile(path);
  try {
    return checkRecordedRun(run, log).map(({ kind, message }) => ({
      kind,
      run: run.number,
      message,
    }));
  } finally {
    log.close();
  }
}

/** Files that look like logs of runs and are none by the store's log. */
function foreignFiles(
  store: string,
  names: readonly string[],
  { runs, older }: StoreHistory,
): readonly StoreFinding[] {
  return names.flatMap((name): readonly StoreFinding[] => {
    const number = Number(LOG_NAME.exec(name)?.[1]);
    const run = runs.get(number);
    if (run === undefined ? number <= older : run.file === name || run.file === undefined) {
      return [];
    }
    const isEmpty = isEmptyFile(pathInside(runsFolder(store), name));
    const message = isEmpty
      ? `${name} is empty and not recorded: a process ended before it recorded its run`
      : `${name} is not recorded: no run of this store wrote it`;
    return [{ kind: isEmpty ? "incomplete" : "disagreement", run: undefined, message }];
  });
}
