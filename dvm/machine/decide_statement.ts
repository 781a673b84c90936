/**
 * Decisions inside a process: what the current statement does.
 *
 * @module
 */
import { assert, type Result, success, unreachable } from "../base/result.ts";
import { localNamed } from "../dir/lookup.ts";
import type {
  AssignStmt,
  CallStmt,
  EffectStmt,
  ExprText,
  FieldStmt,
  ForStmt,
  IfStmt,
  IndexStmt,
  LetStmt,
  Proc,
  Stmt,
  WhileStmt,
} from "../dir/model.ts";
import { isValue } from "../eval/evaluated.ts";
import type { FitFailure } from "../eval/failure.ts";
import { fitValue } from "../eval/fit_value.ts";
import type { Control, StmtEvent } from "../event/event.ts";
import type { Frame } from "../event/frame.ts";
import { type LinearEvent, nextLinearEvent, type Progress } from "../regime/linear_events.ts";
import type { NamedValue, Value } from "../value/value.ts";
import { renderPayload } from "../value/wire_text.ts";
import { decideReturn, stopped } from "./decide_call.ts";
import { decideProof } from "./decide_constraint.ts";
import { movedOrCopied } from "./decide_memory.ts";
import { type Decision, type Machine, refused } from "./decision.ts";

/** The decision at a statement that the bounds on time allow. */
export function decideStmt(machine: Machine, frame: Frame, stmt: Stmt): Decision {
  switch (stmt.kind) {
    case "Let":
    case "Assign":
      return bind(machine, frame, stmt, stmt.expr);
    case "If":
    case "While":
      return condition(machine, frame, stmt);
    default:
      return decideOther(machine, frame, stmt);
  }
}

/** The other statements are less frequent in loops. */
function decideOther(
  machine: Machine,
  frame: Frame,
  stmt: Exclude<Stmt, LetStmt | AssignStmt | IfStmt | WhileStmt>,
): Decision {
  const { state } = machine;
  switch (stmt.kind) {
    case "Return":
      return decideReturn(machine, frame, stmt);
    case "Call":
      return bind(machine, frame, stmt, stmt.call);
    case "Index":
    case "Field":
      return bind(machine, frame, stmt, stmt.access);
    case "Constrain":
      return {
        seq: state.seq,
        kind: "constraint_added",
        at: stmt.at,
        id: `C${state.constraints + 1}`,
        predicate: stmt.predicate.text,
      };
    case "Prove":
      return decideProof(machine, frame, stmt);
    case "Effect":
      return effect(machine, frame, stmt);
    case "For":
      return loop(machine, frame, stmt);
    case "Break":
      return executed(machine, stmt, { control: "break" });
    case "Continue":
      return executed(machine, stmt, { control: "continue" });
    default:
      return unreachable(stmt);
  }
}

/** The resource event that comes before the current statement of a linear process is continued. */
export function pendingLinearEvent(
  { state, scope }: Machine,
  frame: Frame,
  progress: Omit<Progress, "chosenArms">,
): LinearEvent | undefined {
  const chosenArms = (stmt: Stmt) => scope.chosenArms(frame, stmt);
  return nextLinearEvent(state, frame, { ...progress, chosenArms });
}

/** What a statement did besides advancing the clock. */
interface Execution {
  readonly control?: Control;
  readonly set?: NamedValue;
  readonly range?: StmtEvent["range"];
}

function executed(
  { state }: Machine,
  { at }: Stmt,
  { control, set, range }: Execution,
): StmtEvent {
  return { seq: state.seq, kind: "stmt", at, control, set, range };
}

/** Statements that bind the value of one expression. */
function bind(
  machine: Machine,
  frame: Frame,
  stmt: LetStmt | AssignStmt | CallStmt | IndexStmt | FieldStmt,
  expr: ExprText,
): Decision {
  const { proc } = frame;
  const value = machine.scope.evaluate(frame, expr);
  if (!isValue(value)) return stopped(machine, { frame, stmt, expr }, value);
  if (proc.isLinear) {
    const event = pendingLinearEvent(machine, frame, { stmt, isEvaluated: true });
    if (event !== undefined) return event;
  }
  const name = stmt.kind === "Let" || stmt.kind === "Assign" ? stmt.name : stmt.result;
  if (name === undefined) return executed(machine, stmt, NOTHING_ELSE);
  if (value.kind === "Mem") {
    const moved = movedOrCopied(machine, frame, stmt, { handle: value, expr: expr.expr });
    return moved.kind === "Mem" ? executed(machine, stmt, { set: { name, value: moved } }) : moved;
  }
  const fitted = fitLocal(proc, name, value);
  return fitted.ok
    ? executed(machine, stmt, { set: { name, value: fitted.value } })
    : refused({ kind: "misfit", proc, stmt, expr, failure: fitted.failure, destination: LOCAL });
}

function condition(machine: Machine, frame: Frame, stmt: IfStmt | WhileStmt): Decision {
  const expr = stmt.condition;
  const value = machine.scope.evaluate(frame, expr);
  if (!isValue(value)) return stopped(machine, { frame, stmt, expr }, value);
  assert(value.kind === "Bool", "a condition that is no Bool");
  const control = value.value
    ? (stmt.kind === "While" ? "body" : "then")
    : (stmt.kind === "While" || stmt.elseBody === undefined ? "none" : "else");
  return executed(machine, stmt, { control });
}

function loop(machine: Machine, frame: Frame, stmt: ForStmt): Decision {
  const progress = frame.loops[frame.loops.length - 1];
  if (progress?.stmt === stmt) {
    const { next, end } = progress;
    if (next >= end) return executed(machine, stmt, { control: "none" });
    return iterate(machine, frame, stmt, { kind: "Int", value: next }, undefined);
  }
  const bounds = machine.scope.evaluateAll(frame, [stmt.start, stmt.end]);
  if ("stop" in bounds) {
    const expr = bounds.index === 0 ? stmt.start : stmt.end;
    return stopped(machine, { frame, stmt, expr }, bounds.stop);
  }
  const [start, end] = bounds;
  assert(start?.kind === "Int" && end?.kind === "Int", "bounds of a loop that are no Int");
  const range = { start, end };
  return start.value >= end.value
    ? executed(machine, stmt, { control: "none", range })
    : iterate(machine, frame, stmt, start, range);
}

function iterate(
  machine: Machine,
  frame: Frame,
  stmt: ForStmt,
  value: Value,
  range: StmtEvent["range"],
): Decision {
  const { name, end: expr } = stmt;
  const { proc } = frame;
  const fitted = fitLocal(proc, name, value);
  if (!fitted.ok) {
    const { failure } = fitted;
    return refused({ kind: "misfit", proc, stmt, expr, failure, destination: LOCAL });
  }
  return executed(machine, stmt, {
    control: "body",
    set: { name, value: fitted.value },
    range,
  });
}

function effect(machine: Machine, frame: Frame, stmt: EffectStmt): Decision {
  const { state } = machine;
  const { payload: expr } = stmt;
  const value = machine.scope.evaluate(frame, expr);
  if (!isValue(value)) return stopped(machine, { frame, stmt, expr }, value);
  if (stmt.effect === "expr") return executed(machine, stmt, NOTHING_ELSE);
  return {
    seq: state.seq,
    kind: "effect",
    at: stmt.at,
    index: state.effectCount,
    effect: stmt.effect,
    value,
    payload: renderPayload(value),
  };
}

/** The value as the local of that name holds it, where the process declares one (DIR v0.2). */
function fitLocal(proc: Proc, name: string, value: Value): Result<Value, FitFailure> {
  const local = localNamed(proc, name);
  return local === undefined ? success(value) : fitValue(value, local.type);
}

const LOCAL = { kind: "local" } as const;

const NOTHING_ELSE: Execution = {};
