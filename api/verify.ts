/**
 * The form of whole logs, verifying them, and comparing them with checkpoints that were kept elsewhere.
 *
 * @module
 */
export type { LogDamage } from "../store/log/log_damage.ts";
export { type OldForm, oldFormOf } from "../store/log/log_line.ts";
export type { ScannedLog } from "../store/log/scan.ts";
export {
  checkpointOf,
  type CompleteLog,
  type CountedLog,
  type DamagedLog,
  type ExternalCheckpoint,
  type IncompleteLog,
  type LogVerdict,
  parseCheckpointLine,
  type PrefixLog,
  renderCheckpointLine,
  type TornLog,
  verifyLog,
} from "../store/log/verify.ts";
