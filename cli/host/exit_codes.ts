/**
 * Exit codes (`docs/cli.md` lists them for users).
 *
 * @module
 */
import type { FailureKind } from "../../api/diagnostics.ts";
import type { Semantics } from "../../api/input.ts";

/** The exit code of each failure kind under `spec`. */
const EXIT_CODES: { readonly [K in FailureKind]: number } = {
  DirLoad: 3,
  Inadmissible: 10,
  ConstraintFailure: 10,
  DirValidate: 11,
  EntrypointNotFound: 11,
  EffectViolation: 12,
  TimeViolation: 13,
  Runtime: 14,
  UnsupportedRegime: 15,
  ContractViolation: 16,
  ResourceUnavailable: 17,
};

/** The requested comparison failed. */
export const EXIT_DIFFERENT = 1;
/** The log is damaged or was tampered with. */
export const EXIT_DAMAGED = 6;
/** An interrupted or unprovable log, or an effect in doubt. */
export const EXIT_INCOMPLETE = 7;

/** The exit code of a run that failed; upstream has a single one for every failure after loading. */
export function exitOfFailure(kind: FailureKind, semantics: Semantics): number {
  return semantics === "host-0.1" && kind !== "DirLoad" ? 10 : EXIT_CODES[kind];
}

/** What each exit code means, in their order: for help, the man page and the reference. */
export const EXIT_MEANINGS: readonly (readonly [number, string])[] = [
  [0, "executed, or the requested check holds"],
  [
    1,
    "the requested comparison failed: two runs differ, replay diverges, a conformance case fails",
  ],
  [2, "a file could not be read or written, or is of another kind"],
  [3, "the artifact is not DIR (DirLoad)"],
  [4, "internal error: a bug in dustrun, never a property of a program"],
  [5, "usage"],
  [6, "the log is damaged or was tampered with, or a note or proof about it is"],
  [
    7,
    "incomplete: an interrupted or unprovable log, an effect in doubt, or a realization that the host stopped (full disk, closed pipe, lock, permission)",
  ],
  [10, "the program is inadmissible: it does not exist (Inadmissible, ConstraintFailure)"],
  [11, "the artifact is DIR but breaks its rules (DirValidate, EntrypointNotFound)"],
  [12, "EffectViolation; no program of this version of the language fails so"],
  [13, "TimeViolation"],
  [14, "Runtime, limits included (ticks, depth, solver work)"],
  [
    15,
    "UnsupportedRegime: the regime cannot do what is asked, such as listing configurations of a K process",
  ],
  [16, "ContractViolation"],
  [17, "ResourceUnavailable"],
  [130, "interrupted by SIGINT (Ctrl-C); what was done until then is in the log"],
  [143, "terminated by SIGTERM; what was done until then is in the log"],
];
