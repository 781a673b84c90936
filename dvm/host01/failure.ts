/**
 * What a host-0.1 run can fail with: the upstream executor's error kinds and message texts, and how its `Display` form
 * introduces each kind.
 *
 * @module
 */
import { HOST01_CODES } from "../diagnostic/host01_codes.ts";
import type { FailureKind } from "../diagnostic/failure.ts";
import { failure } from "../base/result.ts";

/** A code of family 12. */
export type HostCode = keyof typeof HOST01_CODES;

/** A failure: its code gives its kind, the message is the upstream one word for word. */
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

/** The kind a failure is traced under. */
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
