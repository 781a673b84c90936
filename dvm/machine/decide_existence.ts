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
  const maxWork = state.input?.limits.max_work ?? 0;
  const resolution = analysis.resolvePhi(analysis.program, proc, given, { maxWork });
  const { verdict, work } = resolution;
  const isRefuted = verdict === "inadmissible";
  return {
    seq: state.seq,
    kind: "phi_resolved",
    proc: proc.reference,
    gate: gate || undefined,
    verdict,
    configuration: verdict === "admissible" ? nonEmpty(resolution.configuration) : undefined,
    conflict: isRefuted ? nonEmpty(resolution.conflict) : undefined,
    minimal: isRefuted ? true : undefined,
    bounds: isRefuted ? nonEmpty(resolution.bounds) : undefined,
    work,
    certificate: isRefuted ? `sha256:${analysis.sha256(resolution.certificate)}` : undefined,
  };
}

function nonEmpty<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}
