/**
 * Removing runs from a store.
 *
 * @module
 */
export {
  type BusyRun,
  isFinishedRun,
  type NoRunToRemove,
  type RemovalRefusal,
  removeLeftovers,
  removeRun,
  type UnfinishedRun,
} from "../store/runs/remove_run.ts";
