/**
 * The store: a folder of numbered runs.
 *
 * @module
 */
export {
  createRun,
  DEFAULT_STORE,
  labelOf,
  listRuns,
  type NewRun,
  type NoSuchRun,
  resolveLog,
  type StoredRun,
} from "../store/runs/run_store.ts";
