/**
 * The store: a folder, `.dustrun` by default, with one log per run in `runs/`, numbered in order, `runs/000017-hello_k.jsonl`, and a log
 * of the store, which says which runs there are (`store_log.ts`).
 *
 * @module
 */
import { assert, failure, type Result, success } from "../../dvm/base/result.ts";
import { undefinedIfMissing } from "../file/host_error.ts";
import { AppendableFile, syncFolder } from "../file/host_file.ts";
import { HOST_FACTS } from "../file/host_facts.ts";
import { fileNameOf, folderOf, pathInside } from "../file/path.ts";
import { kindAt } from "../file/regular_file.ts";
import { historyOf, isKnownLog, type StoreDamage, type StoreHistory } from "./store_history.ts";
import { parseLogName, RUN_NUMBER_MAX } from "./store_line.ts";
import { StoreLog } from "./store_log.ts";
import { paddedNumber, type RecordedRun } from "./store_rules.ts";

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
  /** 128 random bits in 32 hexadecimal digits: the run's name wherever it goes. */
  readonly occurrence: string;
  /** The store's log, open: whoever closes the run's log records that in it, and releases it. */
  readonly storeLog: StoreLog;
}

/** A reference that names no run of the store. */
export interface NoSuchRun {
  /** Always `no-such-run`. */
  readonly code: "no-such-run";
  /** One sentence: what the store has instead. */
  readonly reason: string;
}

/**
 * Begins a run: takes the next number, creates its log, and records both, safely among concurrent processes and in constant time. Fails
 * with `damaged-store` if the end of the store's log cannot be read.
 */
export function createRun(store: string, label: string): Result<NewRun, StoreDamage> {
  const folder = runsFolder(store);
  makeFolder(folder);
  const storeLog = StoreLog.open(store, () => highestNumber(folder));
  let created: Created | undefined;
  try {
    const begun = storeLog.append(({ last }) => {
      if (last >= RUN_NUMBER_MAX) throw new Deno.errors.InvalidData(`no run follows run ${last}`);
      created = createLog(folder, { number: last + 1, label: plainLabel(label) });
      const { number, name } = created;
      return { kind: "begun", run: number, file: name, occurrence: HOST_FACTS.newOccurrence() };
    });
    if (!begun.ok) {
      storeLog.release();
      return begun;
    }
    assert(created !== undefined, "the log was created");
    const { number, label: used, name, file } = created;
    const { occurrence } = begun.value;
    const path = pathInside(folder, name);
    return success({ number, label: used, path, file, occurrence, storeLog });
  } catch (cause) {
    created?.file.close();
    if (created !== undefined && !isRecordedLog(store, created)) {
      Deno.removeSync(pathInside(folder, created.name));
    }
    storeLog.release();
    throw cause;
  }
}

/** Whether the store's log has a line about a log. The host may fail after it was written, and then the log has to stay. */
function isRecordedLog(store: string, { number, name }: Created): boolean {
  const history = historyOf(store);
  return history.ok && history.value?.runs.get(number)?.file === name;
}

/**
 * The runs of a store, in order; none if the store does not exist. Where the store has a log, its runs are those that the log records, and
 * those that are older than the log; other files in the folder are none, nor is a link or a FIFO under the name of a run.
 */
export function listRuns(store: string): StoredRun[] {
  const folder = runsFolder(store);
  const history = historyOf(store);
  const runs: StoredRun[] = [];
  for (const { name, isFile } of entriesIn(folder)) {
    const parsed = parseLogName(name);
    if (!isFile || parsed === undefined) continue;
    if (history.ok && !isRun(name, parsed.number, history.value)) continue;
    runs.push({ ...parsed, path: pathInside(folder, name) });
  }
  return runs.sort((a, b) => a.number - b.number);
}

/** Whether a file of the folder is a run, by what the store's log says. */
function isRun(name: string, number: number, history: StoreHistory | undefined): boolean {
  if (history === undefined) return true;
  return history.runs.get(number)?.removed !== true && isKnownLog(name, history);
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
  const history = historyOf(store);
  if (history.ok && history.value?.runs.get(Number(reference))?.removed === true) {
    return failure({ code: "no-such-run", reason: `run ${reference} was removed` });
  }
  const count = listRuns(store).length;
  const reason = count === 0
    ? `the store ${store} has no runs`
    : `the store ${store} has ${count} run${count === 1 ? "" : "s"}, and none is ${reference}`;
  return failure({ code: "no-such-run", reason });
}

/** A log that was just created. */
interface Created {
  readonly number: number;
  /** The label in its name. */
  readonly label: string;
  readonly name: string;
  readonly file: AppendableFile;
}

/** Creates the log of a run. Where a file of another origin has that name already, the label gets a number. */
function createLog(
  folder: string,
  { number, label }: { readonly number: number; readonly label: string },
): Created {
  for (let attempt = 1;; attempt++) {
    const suffix = attempt === 1 ? "" : `_${attempt}`;
    const used = `${label.slice(0, LABEL_MAX - suffix.length)}${suffix}`;
    const name = `${paddedNumber(number)}-${used}.jsonl`;
    try {
      const file = AppendableFile.create(pathInside(folder, name));
      return { number, label: used, name, file };
    } catch (cause) {
      if (!(cause instanceof Deno.errors.AlreadyExists) || attempt === ATTEMPTS_MAX) throw cause;
    }
  }
}

const ATTEMPTS_MAX = 100;
const LABEL_MAX = 60;

/** The highest number of a file in the folder of runs, whoever put it there; 0 if there is none. */
export function highestNumber(folder: string): number {
  let highest = 0;
  for (const name of namesIn(folder)) {
    highest = Math.max(highest, parseLogName(name)?.number ?? 0);
  }
  return highest;
}

/** The names in a folder; none if it does not exist. */
export function namesIn(folder: string): string[] {
  return entriesIn(folder).map(({ name }) => name);
}

/** The name of the log that a file belongs to by its name: snapshots, torn tails, or one of these not yet whole. */
export function logBeside(name: string): string | undefined {
  return /^(.+\.jsonl)\.(?:snapshots|torn|torn\.[0-9a-f-]{36}|[0-9]+\.torn)$/s.exec(name)?.[1];
}

/** Whether a file is the log of a run, or beside it. Of a run older than the store's log, only the number is known. */
export function isFileOfRun(
  name: string,
  { number, file }: Pick<RecordedRun, "number" | "file">,
): boolean {
  const log = logBeside(name) ?? name;
  return file === undefined ? parseLogName(log)?.number === number : log === file;
}

/** The removed run that a file is a part of; `undefined` if none. */
export function removedRunOf(name: string, { runs }: StoreHistory): RecordedRun | undefined {
  const number = parseLogName(logBeside(name) ?? name)?.number;
  const run = number === undefined ? undefined : runs.get(number);
  return run?.removed === true && isFileOfRun(name, run) ? run : undefined;
}

function entriesIn(folder: string): Deno.DirEntry[] {
  return undefinedIfMissing(() => [...Deno.readDirSync(folder)]) ?? [];
}

/** Makes the folder of runs. A link in its place might lead anywhere. */
function makeFolder(folder: string): void {
  const kind = kindAt(folder);
  if (kind === "folder") return;
  if (kind === "link") throw new Deno.errors.InvalidData(`${folder} is a link, not a folder`);
  Deno.mkdirSync(folder, { recursive: true });
  syncFolder(folderOf(folder));
  syncFolder(folderOf(folderOf(folder)));
}

/** The folder of the logs of a store. */
export function runsFolder(store: string): string {
  return pathInside(store, "runs");
}

function plainLabel(label: string): string {
  const plain = label.replaceAll(/[^A-Za-z0-9_-]+/g, "_").slice(0, LABEL_MAX);
  return plain === "" ? "run" : plain;
}
