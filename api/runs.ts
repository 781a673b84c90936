/**
 * The store: a folder of numbered runs.
 *
 * @module
 */
export type { FileIdentity } from "../store/file/shared_file.ts";
export type {
  AnyStoreLine,
  RunBegun,
  RunClosed,
  RunRemoved,
  StoreFact,
  StoreLine,
  StoreNamed,
} from "../store/runs/store_line.ts";
export { isOwnRun } from "../store/runs/own_run.ts";
export { recordClosed } from "../store/runs/record_closed.ts";
export { type StoreEnd, type StoreFile, StoreLog } from "../store/runs/store_log.ts";
export {
  historyOf,
  readStore,
  type StoreDamage,
  type StoreHistory,
  type StoreTree,
} from "../store/runs/store_history.ts";
export type { RecordedRun, StoreName } from "../store/runs/store_rules.ts";
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
