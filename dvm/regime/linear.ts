/**
 * The Q regime at run time: which resource event a linear process owes next. The rules themselves are static
 * (`dvm/dir/check_linear.ts`); here they hold as assertions whose breach is a bug of dustrun.
 *
 * Every parameter and bound name of a linear process stands for a resource. A mention outside `constrain` and
 * `prove … from` spends it: moved to a new name, passed, projected, returned, measured or freed. After `observe`, the name
 * stands for the classical outcome and is free.
 *
 * @module
 */
import type { Expr, NameExpr } from "../expr/ast.ts";
import { partsOf } from "../expr/slots.ts";
import type { ExprText, Proc, QIntrinsic, Stmt } from "../dir/model.ts";
import { oncePer } from "../once_per.ts";
import { assert, unreachable } from "../result.ts";
import type { MachineEvent, QAlloc, QConsume } from "../machine/event.ts";
import type { Frame, State } from "../machine/state.ts";
import { stmtsOf, wholeExprOf } from "../dir/walk.ts";

/** A resource event. */
export type LinearEvent = Extract<MachineEvent, { kind: `q_${string}` }>;

/** How one mention spends its name. */
export type Spending = QConsume["reason"] | "moved" | "borrowed";

/** One mention of a name, and how it spends it. */
export interface Mention {
  readonly name: NameExpr;
  readonly spending: Spending;
  /** Whether the name is the base of a field access. */
  readonly isField: boolean;
  /** The expression of the statement that it stands in. */
  readonly expr: ExprText;
}

/** Whether every name of the process is linear: all of Q, and what carries the qualifier. */
export function isLinearProc(proc: Proc): boolean {
  return proc.regime === "Q" || proc.qualifiers.includes("linear");
}

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

/** The cell of a linear name that a statement mentions, -1 if it mentions none of that name. */
export function mentionedSlot(stmt: Stmt, proc: Proc, name: string): number {
  const slots = linearSlots(proc);
  const mention = mentionsOf(stmt, proc).find((mention) =>
    mention.name.name === name && slots.has(mention.name.slot)
  );
  return mention?.name.slot ?? -1;
}

/** The cells of a process that stand for resources: its parameters, and what its statements bind. */
export const linearSlots: (proc: Proc) => ReadonlySet<number> = oncePer((proc) => {
  const slots = new Set(proc.params.keys());
  for (const stmt of stmtsOf(proc)) {
    if ("slot" in stmt && stmt.slot >= 0 && bindsLinear(stmt, proc)) slots.add(stmt.slot);
  }
  return slots;
});

function allocated(state: State, proc: Proc, name: string, origin: QAlloc["origin"]): LinearEvent {
  const { seq, resources } = state;
  const resource = `q${resources + 1}`;
  return { seq, kind: "q_alloc", proc: proc.name, resource, name, origin };
}

function boundName(stmt: Stmt): string | undefined {
  switch (stmt.kind) {
    case "Let":
    case "Assign":
    case "Prove":
    case "For":
      return stmt.name;
    case "Call":
    case "Index":
    case "Field":
      return stmt.result;
    default:
      return undefined;
  }
}

/**
 * Whether what a statement binds stands for a resource: a witness, a loop's variable and the answers of `q_use` and
 * `q_consume` do not.
 */
export function bindsLinear(stmt: Stmt, proc: Proc): boolean {
  if (stmt.kind === "Prove" || stmt.kind === "For") return false;
  const intrinsic = wholeIntrinsic(stmt, proc);
  return intrinsic !== "q_use" && intrinsic !== "q_consume";
}

function originOf(stmt: Stmt, proc: Proc): QAlloc["origin"] {
  if (wholeIntrinsic(stmt, proc) === "q_alloc") return "allocated";
  if (stmt.kind === "Call") return "received";
  return stmt.kind === "Let" && stmt.expr.expr.kind === "call" ? "received" : "bound";
}

/** The intrinsic that is the whole right side of a statement, if one is. A process of that name hides it (DIR-26). */
function wholeIntrinsic(stmt: Stmt, proc: Proc): QIntrinsic | undefined {
  const expr = wholeExprOf(stmt);
  const callee = expr?.kind === "call" ? proc.callees.get(expr.callee) : undefined;
  return callee?.kind === "intrinsic" ? callee.name : undefined;
}

/** Every spending mention of a statement, in evaluation order. */
export function mentionsOf(stmt: Stmt, proc: Proc): Mention[] {
  switch (stmt.kind) {
    case "Constrain":
    case "Prove":
    case "Break":
    case "Continue":
      return [];
    case "Let":
    case "Assign":
      return mentionsIn(stmt.expr, "moved", proc);
    case "Effect":
      return mentionsIn(stmt.payload, stmt.effect === "observe" ? "measured" : "passed", proc);
    case "Return":
      return stmt.expr === undefined ? [] : mentionsIn(stmt.expr, "returned", proc);
    case "If":
    case "While":
      return mentionsIn(stmt.condition, "projected", proc);
    case "For":
      return [stmt.start, stmt.end].flatMap((bound) => mentionsIn(bound, "projected", proc));
    case "Call":
      return mentionsIn(stmt.call, "moved", proc);
    case "Index":
    case "Field":
      return mentionsIn(stmt.access, "projected", proc);
    case "Alloc":
    case "Dealloc":
    case "Load":
    case "Store":
      return stmt.operands.flatMap((operand) => mentionsIn(operand, "passed", proc));
    default:
      return unreachable(stmt);
  }
}

/** Mentions in one expression of a statement. */
function mentionsIn(expr: ExprText, spending: Spending, proc: Proc): Mention[] {
  const mentions: Mention[] = [];
  const visit = (part: Expr, spent: Spending, isField: boolean): void => {
    switch (part.kind) {
      case "name":
        if (part.slot >= 0) mentions.push({ name: part, spending: spent, isField, expr });
        return;
      case "field":
        visit(part.base, part.base.kind === "name" ? "projected" : spent, true);
        return;
      case "call": {
        const callee = proc.callees.get(part.callee);
        const passes = callee?.kind === "intrinsic" ? INTRINSIC_SPENDING[callee.name] : "passed";
        // The argument of q_alloc is a type's name.
        if (passes !== undefined) { for (const arg of part.args) visit(arg, passes, false); }
        return;
      }
      case "shape":
      case "array":
        for (const inner of partsOf(part)) {
          // Only a name alone is moved or measured; inside something else it is passed on.
          visit(inner, spent === "moved" || spent === "measured" ? "passed" : spent, false);
        }
        return;
      default:
        for (const inner of partsOf(part)) visit(inner, "projected", false);
    }
  };
  visit(expr.expr, spending, false);
  return mentions;
}

const INTRINSIC_SPENDING: { readonly [name in QIntrinsic]: Spending | undefined } = {
  q_alloc: undefined,
  q_move: "moved",
  q_use: "borrowed",
  q_consume: "freed",
};
