/**
 * Whether a store began a run: its log says so, and is the file that it says it is. A copy, an archive or a backup of a store has another
 * file, so its runs are not those of this store.
 *
 * @module
 */
import { fileNameOf, folderOf } from "../file/path.ts";
import { SharedFile } from "../file/shared_file.ts";
import { historyOf, storeLogPath } from "./store_history.ts";
import { isNamedFile } from "./store_log.ts";

/** Whether the store around the log at an absolute path began the run with this occurrence. */
export function isOwnRun(path: string, occurrence: string): boolean {
  const store = folderOf(folderOf(path));
  const history = historyOf(store);
  if (!history.ok || history.value === undefined) return false;
  const run = [...history.value.runs.values()].find((known) => known.occurrence === occurrence);
  if (run === undefined || run.file !== fileNameOf(path)) return false;
  const file = SharedFile.open(storeLogPath(store));
  try {
    return history.value.names.some((name) =>
      name.id === run.store && isNamedFile(name, file.identity)
    );
  } finally {
    file.close();
  }
}
