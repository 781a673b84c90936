/**
 * The Q regime at run time: which resource event of a linear process comes next. The static rules (`dvm/check/linearity.ts`)
 * hold here as assertions, whose breach is a bug of dustrun.
 *
 * Every parameter and bound name of a linear process holds a resource. A mention outside `constrain` and `prove … from` uses it
 * (`dvm/dir/linear_use.ts`): it is moved to a new name, passed, projected, returned, measured or freed. After `observe`, the name
 * denotes the classical outcome, which may be read freely.
 *
 * Only the mentions that are evaluated have events: of a `match`, those of its subject and of the arm that is taken. The name of a
 * pattern exists within one evaluation only, and has none.
 *
 * @module
 */
import { assert } from "../base/result.ts";
import {
  bindsLinear,
  linearSlots,
  type Mention,
  mentionsAlong,
  targetName,
  usesOf,
  wholeIntrinsic,
} from "../dir/linear_use.ts";
import type { Proc, Stmt } from "../dir/model.ts";
import type { MachineEvent, QAlloc } from "../event/event.ts";
import type { Frame } from "../event/frame.ts";
import type { State } from "../event/state.ts";
import type { MatchArm, MatchExpr } from "../expr/ast.ts";

/** A resource event. */
export type LinearEvent = Extract<MachineEvent, { kind: `q_${string}` }>;

/** How far the current statement has been executed. */
export interface Progress {
  readonly stmt: Stmt | undefined;
  /** Whether its expressions have their values, so that only the name it binds is pending. */
  readonly isEvaluated: boolean;
  /** The arms that its expressions take, as far as they are known. Asked only if it has a `match`. */
  readonly chosenArms: (stmt: Stmt) => ReadonlyMap<MatchExpr, MatchArm>;
}

/**
 * The next pending resource event at a statement: first one for each parameter of the process, then one for each use in evaluation
 * order, and, once the statement is evaluated, one for the name it binds. `undefined` if none is pending.
 *
 * Asserts what the static check has shown: each name that is used is live, and a measured one is read by field.
 */
export function nextLinearEvent(
  state: State,
  frame: Frame,
  { stmt, isEvaluated, chosenArms }: Progress,
): LinearEvent | undefined {
  const { linear, proc } = frame;
  const param = proc.params[linear.introduced];
  if (param !== undefined) return allocated(state, proc, param.name, "parameter");
  if (stmt === undefined) return undefined;
  // Once a counted loop has begun, its bounds are not evaluated again.
  if (stmt.kind === "For" && frame.loops[frame.loops.length - 1]?.stmt === stmt) return undefined;
  const target = targetName(stmt);
  const uses = usesOf(stmt, proc);
  const arms = uses.some(({ kind }) => kind === "arms") ? chosenArms(stmt) : NO_ARMS;
  const pending = mentionsAlong(uses, (match) => arms.get(match))
    .filter((mention) => hasEvent(mention, frame))[linear.usesRecorded];
  if (pending !== undefined) return useEvent(state, frame, pending, target);
  if (
    isEvaluated && target !== undefined && "slot" in stmt && bindsLinear(stmt, proc) &&
    !linear.live.has(stmt.slot)
  ) {
    return allocated(state, proc, target, originOf(stmt, proc));
  }
  return undefined;
}

const NO_ARMS: ReadonlyMap<MatchExpr, MatchArm> = new Map();

/** Whether a mention has an event: a name that is not linear has none, and a measured one may be read freely. */
function hasEvent({ name, use, isField }: Mention, { proc, linear }: Frame): boolean {
  if (!linearSlots(proc).has(name.slot)) return false;
  if (use === "measured" && linear.usesRecorded > 0) return true; // that very event has made the name classical
  if (!linear.classical.has(name.slot)) return true;
  assert(isField, `${name.name} was measured, and is used as a whole`);
  return false;
}

function useEvent(
  { seq }: State,
  { proc, linear }: Frame,
  { name: { name, slot }, use }: Mention,
  target: string | undefined,
): LinearEvent {
  const resource = linear.live.get(slot);
  assert(resource !== undefined, `${name} is used and is not live`);
  const base = { proc: proc.reference, resource };
  switch (use) {
    case "borrowed":
      return { seq, kind: "q_use", ...base, name };
    case "moved":
      return target === undefined
        ? { seq, kind: "q_consume", ...base, name, reason: "passed" }
        : { seq, kind: "q_move", ...base, from: name, to: target };
    default:
      return { seq, kind: "q_consume", ...base, name, reason: use };
  }
}

/** Asserts, when a linear process ends, that every resource has been used. */
export function assertNothingLeft(frame: Frame): void {
  const [left] = frame.linear.live.keys();
  if (left === undefined) return;
  assert(false, `${frame.proc.name} ends while ${frame.proc.slotNames[left]} is not used`);
}

function allocated(state: State, proc: Proc, name: string, origin: QAlloc["origin"]): LinearEvent {
  const { seq, resources } = state;
  const resource = `q${resources + 1}`;
  return { seq, kind: "q_alloc", proc: proc.reference, resource, name, origin };
}

function originOf(stmt: Stmt, proc: Proc): QAlloc["origin"] {
  if (wholeIntrinsic(stmt, proc) === "q_alloc") return "allocated";
  if (stmt.kind === "Call") return "received";
  return stmt.kind === "Let" && stmt.expr.expr.kind === "call" ? "received" : "bound";
}
