/**
 * Predicates: a `constrain`, or the source of a `prove`, decided where it stands over the names bound so far.
 *
 * @module
 */
import { type Result, success } from "../base/result.ts";
import { type Environment, evaluateHostExpression } from "./evaluate.ts";
import { type HostFailure, hostFailure, hostFailureKind, renderHostError } from "./failure.ts";

/** Succeeds when the predicate is true. */
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
 * A constraint of a Φ process, decided before its first statement: no name is bound yet, and whatever goes wrong makes the
 * process inadmissible, an error of evaluation with its kind in words before its message.
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
