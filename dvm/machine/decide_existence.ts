/**
 * The decision whether a configuration of a Φ process exists.
 *
 * @module
 */
import type { Proc } from "../dir/model.ts";
import { isDecidable } from "../dir/type.ts";
import type { Value } from "../value/value.ts";
import { type Decision, type Machine, refused } from "./decision.ts";

/** Resolves `proc` with the parameters that are given; as the gate of a bind, without any. */
export function resolveExistence(
  { analysis, state }: Machine,
  proc: Proc,
  given: ReadonlyMap<string, Value>,
  gate: boolean,
): Decision {
  const missing = proc.params.find(({ name, type }) => !given.has(name) && !isDecidable(type));
  if (missing !== undefined) {
    return refused({ kind: "missing_argument", proc, param: missing, isGate: gate });
  }
  const limits = state.input?.limits;
  const resolution = analysis.resolvePhi(analysis.program, proc, given, {
    maxWork: limits?.max_work ?? 0,
    maxConfigurationWork: limits?.max_configuration_work ?? 0,
    maxConflictWork: limits?.max_conflict_work ?? 0,
    demand: "configuration",
    ...(analysis.observeWork === undefined ? {} : { observe: analysis.observeWork }),
  });
  const { verdict } = resolution, isAdmitted = verdict === "admissible";
  const conflict = verdict === "inadmissible" ? resolution.explain() : undefined;
  // A gate asks for the verdict alone: it records the least configuration where that is found, and holds without.
  const isUnneeded = gate && isAdmitted && !resolution.isLeast;
  return {
    seq: state.seq,
    kind: "phi_resolved",
    proc: proc.reference,
    gate: gate || undefined,
    verdict,
    configuration: isAdmitted && !isUnneeded ? nonEmpty(resolution.configuration ?? []) : undefined,
    canonical: isAdmitted && !resolution.isLeast && !isUnneeded ? false : undefined,
    conflict: conflict && nonEmpty(conflict.conflict),
    minimal: conflict?.isMinimal,
    bounds: conflict && nonEmpty(conflict.bounds),
    work: conflict?.work ?? resolution.work,
    certificate: conflict && `sha256:${analysis.sha256(conflict.certificate)}`,
  };
}

function nonEmpty<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}
