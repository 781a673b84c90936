/**
 * The claim on a file sink. After a crash the length and content of the file show what was performed only if nobody else has appended
 * to it. While an intent for the file is unconfirmed, the file therefore belongs to that run, even after its process has ended:
 * `PATH.claim` beside the file names the run's log. The claim is read and changed under the lock of the file itself.
 *
 * @module
 */
import { folderOf } from "../file/path.ts";
import { readRange, writeAll } from "../file/byte_file.ts";
import type { Disk } from "../file/disk.ts";

/** The run that claims a file. */
export interface Claimant {
  /** Absolute path of its log. */
  readonly log: string;
  /** The occurrence of the run. */
  readonly run: string;
}

/** Whether the log at a path has an unconfirmed intent for a sink; `undefined` if the log cannot be read. */
export type OpenIntentLookup = (log: string, sink: string) => boolean | undefined;

/** The environment of a claim. */
export interface ClaimContext {
  /** Where files are opened. */
  readonly disk: Disk;
  /** The run that claims files. */
  readonly claimant: Claimant;
  /** Looks up the intents of other runs. */
  readonly hasOpenIntent: OpenIntentLookup;
}

/** Takes the claim on `path`, whose lock the caller holds. If another run has it, returns which one and what to do. */
export function takeClaim(
  path: string,
  { disk, claimant, hasOpenIntent }: ClaimContext,
): string | undefined {
  const claimFile = claimPath(path);
  // A torn claim precedes every intent of its run, because a claim is durable before the first intent.
  const earlier = parseClaim(readSmall(claimFile, disk));
  const isOurs = earlier?.log === claimant.log && earlier.run === claimant.run;
  if (isOurs) return undefined;
  if (earlier !== undefined) {
    const isOpen = hasOpenIntent(earlier.log, `file:${path}`);
    if (isOpen === undefined) {
      return `an interrupted run claims it, and its log ${earlier.log} cannot be read; ` +
        `remove ${claimFile} if that log is lost`;
    }
    if (isOpen) return `an interrupted run claims it: first dustrun resume ${earlier.log}`;
  }
  const file = disk.replace(claimFile);
  try {
    const { log, run } = claimant;
    writeAll(file, new TextEncoder().encode(`${JSON.stringify({ log, run })}\n`));
    file.sync();
  } finally {
    file.close();
  }
  disk.syncFolder(folderOf(path));
  return undefined;
}

/** Releases the claim. A claim left by a crash has no effect if its log has no open intent. */
export function releaseClaim(path: string, disk: Disk): void {
  disk.remove(claimPath(path));
}

/** Upper bound on a claim: it is a path and a digest. */
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
