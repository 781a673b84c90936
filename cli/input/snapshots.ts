/**
 * The file of snapshots beside a log.
 *
 * @module
 */
import { type OpenSnapshots, openSnapshots } from "../../api/snapshots.ts";
import type { OpenLog } from "./log_operand.ts";

/** Logs of at least this many bytes get a file of snapshots. */
const LONG_LOG_BYTES = 1024 * 1024;

/** Opens the snapshots beside a log; creates them for a long log that has none. Beside standard input there are none. */
export function snapshotsBeside({ path, log }: OpenLog): OpenSnapshots | undefined {
  if (path === "-") return undefined;
  return openSnapshots(path, { create: log.size() >= LONG_LOG_BYTES });
}
