/**
 * The sentences of refusals: what `reason` of the events `bind_checked` and `resource_denied` says.
 *
 * @module
 */
import { unreachable } from "../base/result.ts";
import { renderValue } from "../dir/notation.ts";
import type { ContractRefusal, OfferRefusal, RefusedClause } from "../event/refusal.ts";

/** Why a contract forbids a call or its result. */
export function contractReason(refusal: ContractRefusal): string {
  switch (refusal.kind) {
    case "unusable":
      return `cannot be interpreted: ${clauseText(refusal.clause)}`;
    case "effects":
      return `effects_allowed is not granted and ${refusal.proc} has effects`;
    case "witness":
      return refusal.carrier === "argument"
        ? "witness_transfer is not granted and an argument holds a witness"
        : "witness_transfer is not granted and the result holds a witness";
    case "direction":
      return "witness_transfer grants no witness against the bind's direction";
    case "latency":
      return `${clauseText(refusal.clause)} does not hold: the call ${
        isTooLong(refusal) ? "needs at least" : "takes"
      } ${refusal.actual_us} us`;
    default:
      return unreachable(refusal);
  }
}

/** Whether a call breaks the upper side of a latency clause; else it ends too early. */
export function isTooLong(
  { clause: { operator, bound }, actual_us }: Extract<ContractRefusal, { kind: "latency" }>,
): boolean {
  return operator === "==" ? actual_us > Number(bound) : operator === "<" || operator === "<=";
}

function clauseText({ attribute, operator, bound }: RefusedClause): string {
  return `${attribute} ${operator} ${bound}`;
}

/** Why the environment does not offer a resource. */
export function offerReason(resource: string, refusal: OfferRefusal): string {
  switch (refusal.kind) {
    case "absent":
      return `${resource} is not on offer`;
    case "argument_missing":
      return `${resource} is offered without ${refusal.argument}`;
    case "argument_differs": {
      const { argument, declared, offered } = refusal;
      return `${resource} is offered with ${argument}=${renderValue(offered)}, not ${
        renderValue(declared)
      }`;
    }
    default:
      return unreachable(refusal);
  }
}
