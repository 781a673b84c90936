/**
 * Signed notes about logs, their keys, proofs in the forms of C2SP, and the trees that they are about.
 *
 * @module
 */
export {
  isKeyName,
  type KeyIdentity,
  makeSignerKey,
  type MalformedKey,
  parseSignerKey,
  parseVerifierKey,
  renderSignerKey,
  renderVerifierKey,
  type SignerKey,
  type VerifierKey,
  verifierKeyOf,
} from "../store/note/key.ts";
export {
  type ForeignNote,
  type ForgedNote,
  type MalformedNote,
  type Note,
  type NoteSignature,
  parseNote,
  signNote,
  type UnsignedNote,
  type UnverifiedNote,
  verifyNote,
} from "../store/note/note.ts";
export {
  type NotedTree,
  parseNotedTree,
  parseRunOrigin,
  renderNotedTree,
  type RunOrigin,
  runOrigin,
} from "../store/note/noted_tree.ts";
export {
  type LogProof,
  type MalformedProof,
  parseLogProof,
  renderLogProof,
} from "../store/note/log_proof.ts";
export { openStoreNote, type StoreNote, storeOrigin } from "../store/note/store_note.ts";
export type { ForeignOrigin, OpenedNote, UnusableNote } from "../store/note/open_note.ts";
export { openRunNote, type RunNote } from "../store/note/run_note.ts";
export { EMPTY_ROOT, leafHash, nodeHash } from "../store/tree/hash.ts";
export { TreeHead, treeRoot } from "../store/tree/tree_head.ts";
export { proveConsistency, proveInclusion } from "../store/tree/prove.ts";
export {
  isConsistent,
  isIncluded,
  type LeafState,
  type TreeState,
} from "../store/tree/check_proof.ts";
