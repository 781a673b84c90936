/**
 * Notes about logs: making them, comparing logs with them, and proving single events with them.
 *
 * @module
 */
export { type AttestableLog, attestableLog } from "../store/attest/attestable_log.ts";
export {
  type Attestation,
  compareWithNote,
  type NoteMismatch,
  noteOf,
  type OtherRun,
  type RewrittenLog,
  type ShorterLog,
} from "../store/attest/attestation.ts";
export {
  checkEventProof,
  type CheckpointEvent,
  type EventBeyondNote,
  type InvalidProof,
  type NoBlock,
  type NoSuchEvent,
  type NotIncluded,
  type ProofRequest,
  proveEvent,
  type ProvenBlock,
  seqOfLine,
  type UnprovableEvent,
} from "../store/attest/event_proof.ts";
export type { LogTree, OutcomeTree, TreeBlock } from "../store/attest/log_tree.ts";
