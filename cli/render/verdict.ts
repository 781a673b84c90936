/**
 * The verdict on a log, and what a note attests of it, as text.
 *
 * @module
 */
import type { Attestation } from "../../api/attest.ts";
import type { RunNote } from "../../api/notes.ts";
import type { LogVerdict } from "../../api/verify.ts";
import { countOf } from "../text/count.ts";

/** A log that was verified, and compared with a note if one was given. */
export interface JudgedLog {
  /** The verdict on the log by itself. */
  readonly verdict: LogVerdict;
  /** What the note says; `undefined` without a note, and about a damaged log. */
  readonly attested: AttestedLog | undefined;
}

/** What a note says about a log that agrees with it. */
export interface AttestedLog {
  /** The note. */
  readonly note: RunNote;
  /** How much of the log it attests. */
  readonly attestation: Attestation;
}

/** The verdict in words; `isAttested` if a note attests the whole log. */
export function renderVerdict(verdict: LogVerdict, isAttested: boolean): string {
  switch (verdict.status) {
    case "complete":
      return `complete, ${isAttested ? "as attested, " : ""}${verdict.events} events`;
    case "prefix": {
      if (verdict.events === 0) return "empty: nothing was written";
      const uncovered = verdict.uncovered === 0
        ? ""
        : `; no checkpoint covers the last ${verdict.uncovered}`;
      return `valid prefix of ${verdict.events} events, completeness not provable${uncovered}`;
    }
    case "incomplete":
      return `incomplete: ${verdict.events} events, and ${verdict.reason}`;
    case "torn":
      return `torn: ${verdict.events} valid events, then ${verdict.length} bytes of an unfinished line at byte ${verdict.offset}`;
    case "damaged":
      return `damaged at line ${verdict.line}, byte ${verdict.offset}: ${verdict.reason}`;
  }
}

/** What the note attests, and whose word that is. */
export function renderAttestation({ note, attestation }: AttestedLog): string {
  return `${renderExtent(attestation)}; ${renderSignature(note)}`;
}

function renderExtent({ blocks, beyond }: Attestation): string {
  if (blocks === 0) return "the note attests nothing: its size is 0";
  const upTo = `attested up to block ${blocks}`;
  return beyond === 0 ? upTo : `${upTo}; the ${countOf(beyond, "event")} beyond are not attested`;
}

function renderSignature({ signature, run }: RunNote): string {
  const { name } = run;
  switch (signature) {
    case "checked":
      return `signed by ${name}`;
    case "unchecked":
      return `the signature in the name of ${name} was not checked: no --key was given`;
    case "unsigned":
      return "nobody signed the note";
  }
}
