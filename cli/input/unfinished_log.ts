/**
 * Opens the log of an interrupted run for `resume` and `abandon`.
 *
 * @module
 */
import { AppendableFile } from "../../api/files.ts";
import type { UnfinishedFailure } from "../../api/realize.ts";
import { Fault } from "../host/fault.ts";
import { unreadable, unwritable } from "../host/io.ts";
import { damagedLog, refuseOldForm } from "./log_operand.ts";

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
