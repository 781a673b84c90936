/**
 * The snapshots beside a log that a command reads.
 *
 * @module
 */
import { type HeldSnapshots, holdSnapshots } from "../../api/snapshots.ts";
import type { OpenLog } from "./log_operand.ts";

/** A log of this many bytes is worth a file of snapshots beside it. */
const LONG_LOG_BYTES = 1024 * 1024;

/** Opens the snapshots beside a log; a long one gets some where there are none. */
export function snapshotsBeside({ path, log }: OpenLog): HeldSnapshots | undefined {
  return holdSnapshots(path, { create: log.size() >= LONG_LOG_BYTES });
}
