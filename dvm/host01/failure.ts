/**
 * The failures of a host-0.1 run: the error kinds and messages of the upstream executor, and its `Display` form of each.
 *
 * @module
 */
import { HOST01_CODES } from "../diagnostic/host01_codes.ts";
import type { FailureKind } from "../diagnostic/failure.ts";
import { failure } from "../base/result.ts";

/** A diagnostic code of host-0.1, `DR12xx`. */
export type HostCode = keyof typeof HOST01_CODES;

/** A failure. The code determines the kind; the message is exactly that of upstream. */
export interface HostFailure {
  readonly code: HostCode;
  readonly message: string;
}

/** The failed result with this code and message. */
export function hostFailure(
  code: HostCode,
  message: string,
): { readonly ok: false; readonly failure: HostFailure } {
  return failure({ code, message });
}

/** The kind of a failure in traces. */
export function hostFailureKind({ code }: HostFailure): FailureKind {
  return HOST01_CODES[code].kind;
}

/** The upstream `Display` text of an error: the kind in words, then the message. */
export function renderHostError(kind: FailureKind, message: string): string {
  return `${KIND_IN_WORDS[kind]}: ${message}`;
}

const KIND_IN_WORDS: { readonly [kind in FailureKind]: string } = {
  DirLoad: "DIR load error",
  DirValidate: "DIR validation error",
  EntrypointNotFound: "entrypoint not found",
  UnsupportedRegime: "regime not supported by this execution path",
  Inadmissible: "inadmissible program",
  ConstraintFailure: "constraint failure",
  ContractViolation: "contract violation",
  ResourceUnavailable: "resource unavailable",
  EffectViolation: "effect violation",
  TimeViolation: "time violation",
  Runtime: "runtime error",
};
