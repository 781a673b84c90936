/**
 * Notes about stores: making them, and comparing stores with them.
 *
 * @module
 */
export {
  compareWithStoreNote,
  noteOfStore,
  type OtherStore,
  type RewrittenStoreLog,
  type ShorterStoreLog,
  type StoreMismatch,
} from "../store/runs/store_attestation.ts";
