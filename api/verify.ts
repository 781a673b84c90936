/**
 * The form of whole logs, and verifying them.
 *
 * @module
 */
export type { LogDamage } from "../store/log/log_damage.ts";
export { type OldForm, oldFormOf } from "../store/log/log_line.ts";
export type { ScannedLog } from "../store/log/scan.ts";
export {
  type CompleteLog,
  type CountedLog,
  type DamagedLog,
  type IncompleteLog,
  type LogVerdict,
  type PrefixLog,
  type TornLog,
  verifyLog,
} from "../store/log/verify.ts";
