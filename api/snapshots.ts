/**
 * Snapshots beside a log, so that its states are found without folding it from the beginning.
 *
 * @module
 */
export {
  type OpenSnapshots,
  openSnapshots,
  snapshotFile,
  snapshotsOf,
} from "../store/projection/state/snapshot_file.ts";
