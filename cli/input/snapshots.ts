/**
 * The snapshots beside a log that a command reads.
 *
 * @module
 */
import { type OpenSnapshots, openSnapshots } from "../../api/snapshots.ts";
import type { OpenLog } from "./log_operand.ts";

/** A log of this many bytes is worth a file of snapshots beside it. */
const LONG_LOG_BYTES = 1024 * 1024;

/** Opens the snapshots beside a log; a long one gets some where there are none. */
export function snapshotsBeside({ path, log }: OpenLog): OpenSnapshots | undefined {
  return openSnapshots(path, { create: log.size() >= LONG_LOG_BYTES });
}
