/**
 * Opens the log of an interrupted run for `resume` and `abandon`.
 *
 * @module
 */
import { AppendableFile, HOST_DISK } from "../../api/files.ts";
import { folderOf } from "../../api/paths.ts";
import type { UnfinishedFailure } from "../../api/realize.ts";
import type { ClosedLog } from "../../api/record.ts";
import { recordClosed } from "../../api/runs.ts";
import { Fault } from "../host/fault.ts";
import { unreadable, unwritable } from "../host/io.ts";
import { damagedLog, logPath, refuseOldForm, refuseOtherFile } from "./log_operand.ts";
import type { StoreOption } from "../spec/options.ts";
import { damagedStore } from "./store_folder.ts";

/** A log open for writing. Whoever opens it closes it. */
export interface LogToFinish {
  /** Absolute path. */
  readonly path: string;
  readonly file: AppendableFile;
}

/**
 * Opens the log that `reference` names, to write to it. Refuses one that another process is writing, one of an earlier form, and what is
 * not a log.
 */
export function openToFinish(reference: string, args: StoreOption): LogToFinish {
  if (reference === "-") {
    throw new Fault({
      code: "DR1303",
      message: "a log is finished in its file, and standard input is none",
      place: "-",
      help: "name the file or the run; dustrun runs lists them",
    });
  }
  const named = logPath(reference, args);
  const path = HOST_DISK.resolve(named);
  let file: AppendableFile;
  try {
    file = AppendableFile.open(path);
  } catch (cause) {
    throw (cause instanceof Deno.errors.NotFound ? unreadable : unwritable)(path, cause);
  }
  try {
    if (named === reference) refuseOtherFile({ path, log: file });
    refuseOldForm({ path, log: file });
    return { path, file };
  } catch (cause) {
    file.close();
    throw cause;
  }
}

/** Records in the store how the log of one of its runs ends now. */
export function recordEnd(path: string, closed: ClosedLog): void {
  const recorded = recordClosed(path, closed);
  if (!recorded.ok) throw damagedStore(folderOf(folderOf(path)), recorded.failure);
}

/** The fault for a log with nothing to finish. */
export function unfinishedFault(
  failure: UnfinishedFailure,
  { path, help }: { readonly path: string; readonly help: string },
): Fault {
  switch (failure.code) {
    case "damaged-log":
      return damagedLog(path, failure);
    case "empty-log":
    case "unresolved":
      return new Fault({
        code: "DR1309",
        message: "it has no outcome: unless it was cut, none of the run's effects was performed",
        place: path,
        help,
      });
  }
}
