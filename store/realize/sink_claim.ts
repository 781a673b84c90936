/**
 * The claim on a file sink. After a crash the end of the file shows what was performed only if no other run has appended to it. While
 * an intent for the file is unconfirmed, the file therefore belongs to that run, even after its process has ended: the symbolic link
 * `PATH.claim` beside the file names the run and its log. It is read and changed under the lock of the file itself.
 *
 * A claim is a link because a link is created with its whole content, or not at all if its name exists; nothing is ever opened under that name.
 * Anything else there is not changed, and the sink is refused.
 *
 * @module
 */
import { shellWord } from "../../dvm/text/visible.ts";
import { folderOf } from "../file/path.ts";
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

/** Takes the claim on `path`, whose lock the caller holds. If that is impossible, returns the reason and what to do. */
export function takeClaim(
  path: string,
  { disk, claimant, hasOpenIntent }: ClaimContext,
): string | undefined {
  const claim = claimPath(path);
  const text = disk.readLink(claim);
  const earlier = text === undefined ? undefined : parseClaim(text);
  if (earlier?.log === claimant.log && earlier.run === claimant.run) return undefined;
  if (earlier !== undefined) {
    const isOpen = hasOpenIntent(earlier.log, `file:${path}`);
    if (isOpen === undefined) {
      return `an interrupted run claims it, and its log ${earlier.log} cannot be read; ` +
        `remove ${claim} if that log is lost`;
    }
    if (isOpen) {
      return `an interrupted run claims it: first dustrun resume ${shellWord(earlier.log)}`;
    }
    disk.remove(claim);
  }
  try {
    disk.makeLink(claim, renderClaim(claimant));
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AlreadyExists)) throw cause;
    return `the name ${claim} is needed to claim it, and something else has that name`;
  }
  disk.syncFolder(folderOf(path));
  return undefined;
}

/** Releases the claim. A claim left by a crash has no effect if its log has no open intent. */
export function releaseClaim(path: string, { disk, claimant }: ClaimContext): void {
  const claim = claimPath(path);
  if (disk.readLink(claim) === renderClaim(claimant)) disk.remove(claim);
}

function claimPath(path: string): string {
  return `${path}.claim`;
}

/** `dustrun-claim:OCCURRENCE:LOG`, the text of the link. */
function renderClaim({ log, run }: Claimant): string {
  return `dustrun-claim:${run}:${log}`;
}

function parseClaim(text: string): Claimant | undefined {
  const [, run, log] = /^dustrun-claim:([0-9a-f]{32}):(\/.*|[A-Za-z]:.*)$/s.exec(text) ?? [];
  return run === undefined || log === undefined ? undefined : { log, run };
}
