/**
 * Execution of K and Q processes as in the upstream executor, statement by statement. Q differs only in lets, which have four
 * intrinsics. After a failure, no earlier effects and ticks are reported.
 *
 * @module
 */
import { type Result, success, unreachable } from "../base/result.ts";
import { UNIT, type Value } from "../value/value.ts";
import type { HostFailure } from "./failure.ts";
import { type HostEnding, type HostFrame, NO_CONTEXT } from "./frame.ts";
import { HOST01_Q_INTRINSICS, type HostIntrinsicCall, type HostQIntrinsic } from "./intrinsic.ts";
import { parseIntrinsicCall } from "./intrinsic.ts";
import { HostLinearBindings } from "./linear.ts";
import type { HostLet, HostStmt } from "./model.ts";
import { checkHostPredicate } from "./predicate.ts";

/** The value that a let binds. */
type LetRule = (stmt: HostLet) => Result<Value, HostFailure>;

/** Runs a K body. */
export function runHostK(frame: HostFrame): HostEnding {
  return runBody(frame, (stmt) => frame.evaluate(stmt.expr));
}

/** Runs a Q body. Resources still live at its end are reported as events, and are no failure. */
export function runHostQ(frame: HostFrame): HostEnding {
  const bindings = new HostLinearBindings();
  const atEnd = () => {
    for (const { name, resource } of bindings.live()) {
      frame.emit({ kind: "q_leak", proc: frame.entry.reference, resource, name });
    }
  };
  return runBody(frame, (stmt) => {
    const call = parseIntrinsicCall(stmt.expr, HOST01_Q_INTRINSICS);
    if (call === undefined) return frame.evaluate(stmt.expr);
    const applied = applyIntrinsic(frame, bindings, call, stmt.name);
    return applied.ok ? success(UNIT) : applied;
  }, atEnd);
}

function runBody(frame: HostFrame, letRule: LetRule, atEnd?: () => void): HostEnding {
  for (const [index, stmt] of frame.entry.proc.body.entries()) {
    const step = runStmt(frame, letRule, index, stmt);
    if (!step.ok) {
      return { kind: "stopped", failure: step.failure, stmtIndex: index, context: NO_CONTEXT };
    }
    if (step.value.kind === "returned") {
      atEnd?.();
      return frame.leave(step.value.value);
    }
  }
  atEnd?.();
  return frame.leave(undefined);
}

type Step = { readonly kind: "next" } | { readonly kind: "returned"; readonly value: Value };
const NEXT: Result<Step, HostFailure> = success({ kind: "next" });

function runStmt(
  frame: HostFrame,
  letRule: LetRule,
  index: number,
  stmt: HostStmt,
): Result<Step, HostFailure> {
  switch (stmt.kind) {
    case "Let": {
      const value = letRule(stmt);
      if (!value.ok) return value;
      frame.bind(index, stmt.name, value.value);
      return NEXT;
    }
    case "Constrain": {
      const checked = checkHostPredicate(stmt.predicate, frame.names);
      if (checked.ok) {
        frame.constraint(index, stmt.predicate);
        return NEXT;
      }
      const { code, message } = checked.failure;
      if (code === "DR1205" || code === "DR1206") {
        frame.constraint(index, stmt.predicate, message);
      }
      return checked;
    }
    case "Prove": {
      const checked = checkHostPredicate(stmt.from, frame.names);
      if (!checked.ok) return checked;
      frame.bind(index, stmt.name, UNIT);
      return NEXT;
    }
    case "Effect": {
      const effect = frame.effect(index, stmt);
      return effect.ok ? NEXT : effect;
    }
    case "Return": {
      const value = frame.evaluate(stmt.expr);
      return value.ok ? success({ kind: "returned", value: value.value }) : value;
    }
    default:
      return unreachable(stmt);
  }
}

/** Applies an intrinsic in the let of `name`, and emits its event. */
function applyIntrinsic(
  frame: HostFrame,
  bindings: HostLinearBindings,
  call: HostIntrinsicCall<HostQIntrinsic>,
  name: string,
): Result<string, HostFailure> {
  const proc = frame.entry.reference;
  const { argument } = call;
  switch (call.name) {
    case "q_alloc": {
      const resource = bindings.alloc(name);
      if (resource.ok) {
        frame.emit({ kind: "q_alloc", proc, resource: resource.value, name, origin: "allocated" });
      }
      return resource;
    }
    case "q_move": {
      const resource = bindings.move(argument, name);
      if (resource.ok) {
        frame.emit({ kind: "q_move", proc, resource: resource.value, from: argument, to: name });
      }
      return resource;
    }
    case "q_use": {
      const resource = bindings.use(argument);
      if (resource.ok) {
        frame.emit({ kind: "q_use", proc, resource: resource.value, name: argument });
      }
      return resource;
    }
    case "q_consume": {
      const resource = bindings.consume(argument);
      if (resource.ok) {
        const reason = "freed";
        frame.emit({ kind: "q_consume", proc, resource: resource.value, name: argument, reason });
      }
      return resource;
    }
    default:
      return unreachable(call.name);
  }
}
