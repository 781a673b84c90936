/**
 * The Q regime at run time: which resource event a linear process owes next. The rules themselves are static
 * (`dvm/check/linearity.ts`); here they hold as assertions whose breach is a bug of dustrun.
 *
 * Every parameter and bound name of a linear process stands for a resource. A mention outside `constrain` and
 * `prove … from` spends it: moved to a new name, passed, projected, returned, measured or freed. After `observe`, the name
 * stands for the classical outcome and is free.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import {
  bindsLinear,
  boundName,
  linearSlots,
  type Mention,
  mentionsOf,
  wholeIntrinsic,
} from "../dir/linear_use.ts";
import type { Proc, Stmt } from "../dir/model.ts";
import type { MachineEvent, QAlloc } from "../event/event.ts";
import type { Frame, State } from "../event/state.ts";

/** A resource event. */
export type LinearEvent = Extract<MachineEvent, { kind: `q_${string}` }>;

/**
 * The resource event that comes before `stmt` goes on: its parameters first, then each mention in evaluation order, and,
 * once `isEvaluated`, the resource of the name it binds. `undefined` when none is owed.
 *
 * Asserts what the static check has shown: each name that is spent is live, and a measured one is read by field.
 */
export function nextLinearEvent(
  state: State,
  frame: Frame,
  owed: { readonly stmt: Stmt | undefined; readonly isEvaluated: boolean },
): LinearEvent | undefined {
  const { linear, proc } = frame;
  const param = proc.params[linear.introduced];
  if (param !== undefined) return allocated(state, proc, param.name, "parameter");
  const { stmt } = owed;
  if (stmt === undefined) return undefined;
  // Once a counted loop has begun, its bounds are not evaluated again.
  if (stmt.kind === "For" && frame.loops[frame.loops.length - 1]?.stmt === stmt) return undefined;
  const target = boundName(stmt);
  const owing = mentionsOf(stmt, proc).filter((mention) => isOwing(mention, frame));
  const mention = owing[linear.settled];
  if (mention !== undefined) return spent(state, frame, mention, target);
  if (
    owed.isEvaluated && target !== undefined && "slot" in stmt && bindsLinear(stmt, proc) &&
    !linear.live.has(stmt.slot)
  ) {
    return allocated(state, proc, target, originOf(stmt, proc));
  }
  return undefined;
}

/** Whether a mention has an event of its own: what is not linear has none, and what was measured is free to be read. */
function isOwing({ name, spending, isField }: Mention, { proc, linear }: Frame): boolean {
  if (!linearSlots(proc).has(name.slot)) return false;
  if (spending === "measured" && linear.settled > 0) return true; // its own event has made it classical
  if (!linear.classical.has(name.slot)) return true;
  assert(isField, `${name.name} was measured, and is used as a whole`);
  return false;
}

function spent(
  { seq }: State,
  { proc, linear }: Frame,
  { name: { name, slot }, spending }: Mention,
  target: string | undefined,
): LinearEvent {
  const resource = linear.live.get(slot);
  assert(resource !== undefined, `${name} is used, and it is not live`);
  const base = { proc: proc.name, resource };
  switch (spending) {
    case "borrowed":
      return { seq, kind: "q_use", ...base, name };
    case "moved":
      return target === undefined
        ? { seq, kind: "q_consume", ...base, name, reason: "passed" }
        : { seq, kind: "q_move", ...base, from: name, to: target };
    default:
      return { seq, kind: "q_consume", ...base, name, reason: spending };
  }
}

/** Asserts, when a linear process ends, that nothing is left over. */
export function assertNothingLeft(frame: Frame): void {
  const [left] = frame.linear.live.keys();
  if (left === undefined) return;
  assert(false, `${frame.proc.name} ends while ${frame.proc.slotNames[left]} is not used`);
}

function allocated(state: State, proc: Proc, name: string, origin: QAlloc["origin"]): LinearEvent {
  const { seq, resources } = state;
  const resource = `q${resources + 1}`;
  return { seq, kind: "q_alloc", proc: proc.name, resource, name, origin };
}

function originOf(stmt: Stmt, proc: Proc): QAlloc["origin"] {
  if (wholeIntrinsic(stmt, proc) === "q_alloc") return "allocated";
  if (stmt.kind === "Call") return "received";
  return stmt.kind === "Let" && stmt.expr.expr.kind === "call" ? "received" : "bound";
}
