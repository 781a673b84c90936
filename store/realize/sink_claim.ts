/**
 * A file sink tells by its length and bytes what it holds, as long as nobody else appends to it in between. While an effect is
 * intended there and not confirmed, the file therefore belongs to the run that intended it, also after that run's process
 * has died: `PATH.claim` beside it names the run's log. The claim is looked at and changed under the lock of the file itself.
 *
 * @module
 */
import { dirname } from "node:path";
import { readRange, writeAll } from "../file/byte_file.ts";
import type { Disk } from "../file/disk.ts";

/** The run that wants a file. */
export interface Claimant {
  /** Absolute path of its log. */
  readonly log: string;
  /** Digest of the run. */
  readonly run: string;
}

/** Whether the log at a path has an unconfirmed intent on that sink; `undefined` when the log cannot be read. */
export type IntentOracle = (log: string, sink: string) => boolean | undefined;

/** What taking a claim goes by. */
export interface Claiming {
  readonly disk: Disk;
  readonly claimant: Claimant;
  readonly hasOpenIntent: IntentOracle;
}

/** Takes the claim on `path`, whose lock the caller holds. A text says whose it is instead, and what to do. */
export function takeClaim(
  path: string,
  { disk, claimant, hasOpenIntent }: Claiming,
): string | undefined {
  const beside = claimPath(path);
  // One that was torn is older than every intent of its run: a claim is durable before the first of them.
  const earlier = parseClaim(readSmall(beside, disk));
  const isOurs = earlier?.log === claimant.log && earlier.run === claimant.run;
  if (isOurs) return undefined;
  if (earlier !== undefined) {
    const isOpen = hasOpenIntent(earlier.log, `file:${path}`);
    if (isOpen === undefined) {
      return `an interrupted run claims it whose log, ${earlier.log}, cannot be read; ` +
        `remove ${beside} if that log is lost for good`;
    }
    if (isOpen) return `an interrupted run claims it; dustrun resume ${earlier.log} first`;
  }
  const file = disk.replace(beside);
  try {
    const { log, run } = claimant;
    writeAll(file, new TextEncoder().encode(`${JSON.stringify({ log, run })}\n`));
    file.sync();
  } finally {
    file.close();
  }
  disk.syncFolder(dirname(path));
  return undefined;
}

/** Gives the claim up. One that stays behind because of a crash is void: its log has no open intent. */
export function releaseClaim(path: string, disk: Disk): void {
  disk.remove(claimPath(path));
}

/** A claim is a path and a digest. */
const CLAIM_BYTES_MAX = 64 * 1024;

function readSmall(path: string, disk: Disk): Uint8Array | undefined {
  const file = disk.openToRead(path);
  if (file === undefined) return undefined;
  try {
    return readRange(file, { at: 0, end: Math.min(file.size(), CLAIM_BYTES_MAX) });
  } finally {
    file.close();
  }
}

function claimPath(path: string): string {
  return `${path}.claim`;
}

function parseClaim(bytes: Uint8Array | undefined): Claimant | undefined {
  if (bytes === undefined) return undefined;
  try {
    const claim: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof claim !== "object" || claim === null) return undefined;
    if (!("log" in claim) || !("run" in claim)) return undefined;
    const { log, run } = claim;
    return typeof log === "string" && typeof run === "string" ? { log, run } : undefined;
  } catch {
    return undefined;
  }
}
