/**
 * Finds in a ledger what of a batch was sealed before a crash. Every entry of the ledger is compared; whatever does not fit leaves
 * open what was performed.
 *
 * @module
 */
import { failure, type Result, success } from "../../dvm/base/result.ts";
import type { Readable } from "../file/byte_file.ts";
import { effectKey } from "./effect_key.ts";
import { checkLedger, type LedgerEntry } from "./ledger.ts";
import type { Batch, RecordedEffect } from "./sink.ts";

/** The entries of a batch that a ledger has. */
export interface SealedBatch {
  /** The lines of the first effects of the batch, and where each begins. */
  readonly pieces: readonly { readonly at: number; readonly bytes: Uint8Array }[];
}

/** Finds the first effects of a batch that was intended when the ledger was `position` bytes long. The failure is one sentence. */
export function findSealed(
  ledger: Readable,
  { position, batch }: { readonly position: number; readonly batch: Batch },
): Result<SealedBatch, string> {
  const { run, effects } = batch;
  const byKey = new Map(effects.map((effect) => [effectKey(run, effect.index), effect]));
  const pieces: { at: number; bytes: Uint8Array }[] = [];
  let hasPosition = position === 0;
  let misfit: string | undefined;
  const checked = checkLedger(ledger, (entry, { at, bytes }) => {
    hasPosition ||= at === position || at + bytes.length === position;
    const meant = byKey.get(entry.key) ??
      (entry.run === run ? effects.find(({ index }) => index === entry.effect) : undefined);
    if (meant === undefined) return;
    const isNext = at >= position && effects[pieces.length] === meant && isOf(entry, meant, run);
    if (isNext) pieces.push({ at, bytes: bytes.slice() });
    else misfit ??= `entry ${entry.entry} of the ledger contradicts the effect`;
  });
  if (!checked.ok) {
    const { line, reason } = checked.failure;
    return failure(`the ledger is damaged at line ${line}: ${reason}`);
  }
  if (misfit !== undefined) return failure(misfit);
  return hasPosition
    ? success({ pieces })
    : failure("the ledger has no entry where it ended when the effect was intended");
}

/** Whether an entry is the one that an effect has. The chain was checked, with it the digest of the payload. */
function isOf(entry: LedgerEntry, effect: RecordedEffect, run: string): boolean {
  return entry.run === run && entry.key === effectKey(run, effect.index) &&
    entry.effect === effect.index && entry.kind === effect.kind &&
    entry.payload === effect.payload;
}
