/**
 * The certificate of the process without a configuration at which the run of a log failed. The log has its digest; the solver finds it
 * again.
 *
 * @module
 */
import { certificateOfQuestion } from "../../../dvm/api/certificates.ts";
import { failure, type Result, success } from "../../../dvm/base/result.ts";
import type { PhiResolved } from "../../../dvm/event/event.ts";
import type { Readable } from "../../file/byte_file.ts";
import { sha256 } from "../../file/sha256.ts";
import type { BlockStep } from "../../log/block_check.ts";
import type { LogDamage } from "../../log/log_damage.ts";
import { scanLog } from "../../log/scan.ts";
import { questionAt } from "./refused_question.ts";

/** The certificate of a log. */
export interface LogCertificate {
  /** The number of the event that has its digest. */
  readonly event: number;
  /** The certificate file, without a line feed at its end. */
  readonly file: string;
  /** `sha256:` digest of the refutation in it. */
  readonly digest: string;
  /** Whether the log has the same digest. If not, another version of the solver made it. */
  readonly isRecorded: boolean;
}

/** Why a log has no certificate: it is damaged, no process in it was refuted, or its refutation is not found again. */
export type NoCertificate =
  | LogDamage
  /** The log may end before its outcome. */
  | { readonly code: "no-refutation"; readonly isComplete: boolean; readonly reason: string }
  | { readonly code: "not-found-again"; readonly reason: string };

/** The certificate of a log, all of which is verified first. */
export function certificateOfLog(source: Readable): Result<LogCertificate, NoCertificate> {
  let event: PhiResolved | undefined;
  let isComplete = false;
  const scanned = scanLog(source, (steps) => {
    event ??= refutedIn(steps);
    isComplete ||= steps.some((step) =>
      step.kind !== "statements" && step.event.kind === "outcome"
    );
  });
  if (!scanned.ok) return scanned;
  if (event === undefined) {
    return failure({
      code: "no-refutation",
      isComplete,
      reason: isComplete
        ? "the run has refuted no process"
        : "the log has no outcome, and no refuted process until its end",
    });
  }
  const { seq, certificate } = event;
  const asked = questionAt(source, event);
  const found = asked && certificateOfQuestion(asked.question, asked.budgets);
  if (found === undefined) {
    return failure({
      code: "not-found-again",
      reason: `event ${seq} records a refutation that this version does not find again`,
    });
  }
  const digest = `sha256:${sha256(found.refutation)}`;
  return success({ event: seq, file: found.file, digest, isRecorded: digest === certificate });
}

/** The event of the process without a configuration: a log has at most one, as it ends the run. */
function refutedIn(steps: readonly BlockStep[]): PhiResolved | undefined {
  for (const step of steps) {
    if (step.kind === "statements" || step.event.kind !== "phi_resolved") continue;
    if (step.event.verdict === "inadmissible") return step.event;
  }
  return undefined;
}
