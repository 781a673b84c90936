/**
 * The idempotency key of an effect: it is the same however often, in whatever group and wherever the effect is performed, and no other
 * effect has it.
 *
 * @module
 */
import { sha256 } from "../file/sha256.ts";

/** The hex digest of `OCCURRENCE:INDEX`. */
export function effectKey(occurrence: string, index: number): string {
  return sha256(`${occurrence}:${index}`);
}
