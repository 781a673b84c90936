/**
 * Predicates of `constrain` and sources of `prove`, decided in statement order over the names bound so far.
 *
 * @module
 */
import { type Result, success } from "../base/result.ts";
import { type Environment, evaluateHostExpression } from "./evaluate.ts";
import { type HostFailure, hostFailure, hostFailureKind, renderHostError } from "./failure.ts";

/** Succeeds if the predicate is true. */
export function checkHostPredicate(
  predicate: string,
  names: Environment,
): Result<true, HostFailure> {
  const value = evaluateHostExpression(predicate, names);
  if (!value.ok) return value;
  if (value.value.kind !== "Bool") {
    return hostFailure("DR1206", "constraint predicate did not evaluate to bool");
  }
  if (!value.value.value) return hostFailure("DR1205", `constraint failed: ${predicate}`);
  return success(true);
}

/**
 * Decides a constraint of a Φ process before its first statement, when no name is bound. Every failure makes the process
 * inadmissible; the message of an evaluation error is prefixed with its kind.
 */
export function checkPhiConstraint(predicate: string): Result<true, HostFailure> {
  const checked = checkHostPredicate(predicate, new Map());
  if (checked.ok) return checked;
  const { code, message } = checked.failure;
  switch (code) {
    case "DR1205":
    case "DR1211":
      return checked;
    case "DR1206":
      return hostFailure("DR1205", message);
    default:
      return hostFailure("DR1205", renderHostError(hostFailureKind(checked.failure), message));
  }
}
