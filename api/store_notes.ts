/**
 * Notes about stores: making them, and comparing stores with them.
 *
 * @module
 */
export {
  checkLineProof,
  type LaterNote,
  type NoLineOfRun,
  proveGrowth,
  type ProvenLine,
  proveRun,
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
