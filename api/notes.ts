/**
 * Signed notes about logs, their keys, and proofs in the forms of C2SP.
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
