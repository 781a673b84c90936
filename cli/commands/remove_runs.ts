/**
 * `dustrun runs rm` and `dustrun runs gc`: remove runs, and record in the store that they were removed. They are loaded only for that.
 *
 * @module
 */
import { fileAt, isSameFile } from "../../api/files.ts";
import { listRuns, resolveLog, type StoredRun } from "../../api/runs.ts";
import {
  isFinishedRun,
  type RemovalRefusal,
  removeLeftovers,
  removeRun,
} from "../../api/store_removal.ts";
import { Fault } from "../host/fault.ts";
import { type Io, unwritable } from "../host/io.ts";
import { damagedStore, storeOf, storeWords } from "../input/store_folder.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { countOf } from "../text/count.ts";
import { shownJson, shownLines } from "../text/shown.ts";

/** Removes the runs that the operands name, up to the first that is unfinished or being written. */
export function removeNamed(
  references: readonly string[],
  args: ArgumentsOf<"runs">,
  io: Io,
): number {
  if (references.length === 0) {
    throw new Fault({
      code: "DR1304",
      message: "rm needs a run",
      place: "rm",
      help: "dustrun runs rm 17 @; dustrun runs lists them",
    });
  }
  for (const number of references.map((reference) => numberOf(reference, args))) {
    removeOne(number, args, io);
  }
  return 0;
}

/** Removes what crashes left behind, and with `--keep` all finished runs but the last ones. */
export function collect(args: ArgumentsOf<"runs">, io: Io): number {
  const store = storeOf(args);
  const left = onDisk(store, () => removeLeftovers(store));
  if (!left.ok) throw damagedStore(store, left.failure);
  if (args.json) io.stdout(shownJson(JSON.stringify({ leftovers: left.value })));
  else if (!args.quiet) {
    const count = left.value.length;
    io.stdout(shownLines([
      count === 0
        ? "crashes have left nothing behind"
        : `removed ${countOf(count, "file")} that crashes left behind`,
    ]));
  }
  if (args.keep === undefined) return 0;
  for (const { number, path } of listRuns(store).slice(0, -args.keep)) {
    if (isFinishedRun(path)) removeOne(number, args, io);
    else if (!args.quiet) io.stderr(shownLines([`run ${number} is unfinished, and is kept`]));
  }
  return 0;
}

/** The number of a run: `17`, `@`, or that of a run whose log is gone. */
function numberOf(reference: string, args: ArgumentsOf<"runs">): number {
  const store = storeOf(args);
  if (/^[0-9]{1,15}$/.test(reference)) return Number(reference);
  const resolved = resolveLog(store, reference);
  const run = resolved.ok ? runAt(resolved.value, store) : undefined;
  if (run !== undefined) return run.number;
  throw new Fault({
    code: "DR1307",
    message: resolved.ok ? "it is not a run of the store" : resolved.failure.reason,
    place: reference,
    help: `dustrun runs${storeWords(args)} lists them`,
  });
}

/** The run whose log a path names. Stores have logs of the same names: the file counts, not its name. */
function runAt(path: string, store: string): StoredRun | undefined {
  const log = fileAt(path);
  if (log === undefined || log === "other") return undefined;
  return listRuns(store).find((run) => {
    const own = fileAt(run.path);
    return own !== undefined && own !== "other" && isSameFile(own, log);
  });
}

function removeOne(number: number, args: ArgumentsOf<"runs">, io: Io): void {
  const store = storeOf(args);
  const removed = onDisk(store, () => removeRun(store, number));
  if (!removed.ok) throw refused(removed.failure, number, args);
  if (args.json) io.stdout(shownJson(JSON.stringify({ run: number, removed: removed.value })));
  else if (!args.quiet) io.stdout(shownLines([`run ${number}: removed`]));
}

function onDisk<T>(store: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw unwritable(store, cause);
  }
}

function refused(
  refusal: RemovalRefusal,
  number: number,
  args: ArgumentsOf<"runs">,
): Fault {
  const store = storeOf(args), where = storeWords(args);
  switch (refusal.code) {
    case "damaged-store":
      return damagedStore(store, refusal);
    case "no-run":
      return new Fault({
        code: "DR1307",
        message: `the store ${store} has no run ${number}`,
        place: String(number),
        help: `dustrun runs${where} lists them`,
      });
    case "unfinished-run":
      return new Fault({
        code: "DR1309",
        message: "its effects are not all realized, and only its log says which are",
        place: `run ${number}`,
        help:
          `dustrun resume ${number}${where} finishes it, dustrun abandon ${number}${where} --why TEXT gives it up`,
      });
    case "busy-run":
      return new Fault({
        code: "DR1306",
        message: "another process writes its log",
        place: `run ${number}`,
        help: "wait until it has ended",
      });
  }
}
