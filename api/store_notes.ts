/**
 * Notes about stores: making them, and comparing stores with them.
 *
 * @module
 */
export {
  compareWithLedgerNote,
  type LedgerTree,
  type NoSuchEntry,
  noteOfLedger,
  proveEntry,
  proveLedgerGrowth,
  readLedgerTree,
} from "../store/runs/ledger_tree.ts";
export type { LedgerDamage } from "../store/realize/ledger.ts";
export {
  checkGrowthProof,
  checkLineProof,
  isGrowthProof,
  type LaterNote,
  type NoLineOfRun,
  type NotGrown,
  proveGrowth,
  type ProvenGrowth,
  type ProvenLine,
  proveRun,
  type UnprovableLines,
  type UnprovableStore,
} from "../store/runs/store_proof.ts";
export {
  compareWithStoreNote,
  noteOfStore,
  type OtherStore,
  type RewrittenStoreLog,
  type ShorterStoreLog,
  type StoreMismatch,
} from "../store/runs/store_attestation.ts";
