/**
 * Checking a store: its log, and the logs of its runs against what it recorded of them.
 *
 * @module
 */
export { checkStore, type StoreCheck } from "../store/runs/check_store.ts";
export type { StoreFinding } from "../store/runs/store_finding.ts";
