/**
 * Φ processes as in the upstream executor: all constraints are decided first, with no names bound; then the statements are
 * executed, effects and ticks included, but `return` is skipped; then the run always fails as unsupported. Only this failure and a
 * digest that is not a string report the effects and ticks before them.
 *
 * @module
 */
import { type Result, success, unreachable } from "../base/result.ts";
import { type HostFailure, hostFailure } from "./failure.ts";
import { type HostEnding, type HostFrame, NO_CONTEXT } from "./frame.ts";
import { parseIntrinsicCall } from "./intrinsic.ts";
import type { HostLet, HostStmt } from "./model.ts";
import { checkHostPredicate, checkPhiConstraint } from "./predicate.ts";
import { debugHostValue } from "./value.ts";

const REFUSAL = "Φ-regime execution wiring into engine is a later step";

/** Executes a Φ body up to its failure. */
export function runHostPhi(frame: HostFrame): HostEnding {
  const refused = decideConstraints(frame);
  if (refused !== undefined) return refused;
  for (const [index, stmt] of frame.entry.proc.body.entries()) {
    const step = runStmt(frame, index, stmt);
    if (step.ok) continue;
    const context = step.failure.code === "DR1208" ? frame.context : NO_CONTEXT;
    return { kind: "stopped", failure: step.failure, stmtIndex: index, context };
  }
  return {
    kind: "stopped",
    failure: { code: "DR1210", message: REFUSAL },
    stmtIndex: undefined,
    context: frame.context,
  };
}

/** Decides the constraints in order; the ending of the run if one fails. */
function decideConstraints(frame: HostFrame): HostEnding | undefined {
  const { proc } = frame.entry;
  let work = 0;
  for (const [index, stmt] of proc.body.entries()) {
    if (stmt.kind !== "Constrain") continue;
    work++;
    const checked = checkPhiConstraint(stmt.predicate);
    if (checked.ok) continue;
    const { failure } = checked;
    if (failure.code === "DR1205") emitVerdict(frame, work, [`body[${index}]`]);
    return { kind: "stopped", failure, stmtIndex: index, context: NO_CONTEXT };
  }
  emitVerdict(frame, work, undefined);
  return undefined;
}

/** Emits the verdict. No configuration is searched: `work` is the number of decided constraints. */
function emitVerdict(
  frame: HostFrame,
  work: number,
  conflict: readonly string[] | undefined,
): void {
  frame.emit({
    kind: "phi_resolved",
    proc: frame.entry.reference,
    gate: undefined,
    verdict: conflict === undefined ? "admissible" : "inadmissible",
    configuration: undefined,
    canonical: undefined,
    conflict,
    // One constraint that no name enters is a conflict without others.
    minimal: conflict === undefined ? undefined : true,
    bounds: undefined,
    work,
    certificate: undefined,
  });
}

function runStmt(frame: HostFrame, index: number, stmt: HostStmt): Result<true, HostFailure> {
  switch (stmt.kind) {
    case "Let":
      return runLet(frame, index, stmt);
    case "Constrain":
      frame.constraint(index, stmt.predicate);
      return success(true);
    case "Prove": {
      const checked = checkHostPredicate(stmt.from, frame.names);
      if (!checked.ok) return checked;
      frame.bindWitness(index, stmt.name, { from: stmt.from, digest: `pred:${stmt.from}` });
      return success(true);
    }
    case "Effect":
      return frame.effect(index, stmt);
    case "Return":
      frame.pass(index);
      return success(true);
    default:
      return unreachable(stmt);
  }
}

function runLet(frame: HostFrame, index: number, stmt: HostLet): Result<true, HostFailure> {
  const call = parseIntrinsicCall(stmt.expr, ["phi_witness"]);
  const value = frame.evaluate(call === undefined ? stmt.expr : call.argument);
  if (!value.ok) return value;
  if (call === undefined) {
    frame.bind(index, stmt.name, value.value);
    return success(true);
  }
  if (value.value.kind !== "String") {
    const got = debugHostValue(value.value);
    return hostFailure("DR1208", `phi_witness expects a String digest, got ${got}`);
  }
  frame.bindWitness(index, stmt.name, { from: call.argument, digest: value.value.value });
  return success(true);
}
