/**
 * Exit codes (`docs/cli.md` lists them for users).
 *
 * @module
 */
import type { FailureKind, Semantics } from "../mod.ts";

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

/** The comparison asked for failed. */
export const EXIT_DIFFERENT = 1;
/** The log is damaged or was tampered with. */
export const EXIT_DAMAGED = 6;
/** An interrupted or unprovable log, or an effect in doubt. */
export const EXIT_INCOMPLETE = 7;

/** The exit code of a run that failed; upstream knows but one for everything after loading. */
export function exitOfFailure(kind: FailureKind, semantics: Semantics): number {
  return semantics === "host-0.1" && kind !== "DirLoad" ? 10 : EXIT_CODES[kind];
}
