/**
 * Opens the log of an interrupted run for `resume` and `abandon`.
 *
 * @module
 */
import { AppendableFile, folderOf } from "../../api/files.ts";
import type { UnfinishedFailure } from "../../api/realize.ts";
import { recordClosed } from "../../api/runs.ts";
import { Fault } from "../host/fault.ts";
import { unreadable, unwritable } from "../host/io.ts";
import { damagedLog, refuseOldForm } from "./log_operand.ts";
import { damagedStore } from "./store_folder.ts";

/** Opens a log to write to it. Refuses one that another process is writing, and one of an earlier form. */
export function openToFinish(path: string): AppendableFile {
  let file: AppendableFile;
  try {
    file = AppendableFile.open(path);
  } catch (cause) {
    throw (cause instanceof Deno.errors.NotFound ? unreadable : unwritable)(path, cause);
  }
  try {
    refuseOldForm({ path, log: file });
    return file;
  } catch (cause) {
    file.close();
    throw cause;
  }
}

/** Records in the store how the log of one of its runs ends now. */
export function recordEnd(path: string, file: AppendableFile): void {
  const recorded = recordClosed(path, file);
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
        message:
          "the run was interrupted before its realization; none of its effects was performed",
        place: path,
        help,
      });
  }
}
